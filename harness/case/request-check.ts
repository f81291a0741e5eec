import type { Model } from '../model/definition.js';
import { formatPath, MAX_ID, parsePath } from '../model/path.js';
import type { Plain } from '../model/plain.js';
import type { Exchange, ObservedResponse } from '../record/exchange.js';
import type { Content, ServerStimulus } from '../sut/contract.js';
import { blockSizeOf, getBlock } from '../wire/coap/block.js';
import { OptionNumber } from '../wire/coap/options.js';
import { entriesOf, toPlain } from '../wire/coerce.js';
import type { CheckMeta } from './context.js';
import { absent, having, matcher, present, same, show, type Matcher } from './matcher.js';

/** Orders that make a server send one request to a path. */
export type Order = Extract<ServerStimulus, { readonly path: string }> & { readonly do: keyof typeof METHODS };

const METHODS = {
  read: 'GET',
  discover: 'GET',
  observe: 'GET',
  cancel: 'GET',
  write: 'PUT',
  'write-attributes': 'PUT',
  execute: 'POST',
  create: 'POST',
  delete: 'DELETE',
} as const;

/** The check that every order is: that the request says what was ordered. */
export const REQUEST_CHECK: CheckMeta = {
  by: 'server',
  level: 'must',
  req: 'M-1',
  says: 'sends the request that was ordered: method, path, options and content; and fetches the whole answer',
};

/** The properties of a request that `REQUEST_CHECK` compares. */
export function shownRequest({ request, response }: Exchange): Readonly<Record<string, unknown>> {
  const { method, path, confirmable, contentFormat, accept, observe } = request;
  const text = new TextDecoder().decode(request.payload);
  const query = Object.fromEntries(request.query);
  return {
    method,
    path,
    confirmable,
    contentFormat,
    accept,
    observe,
    query,
    text,
    values: request.content.values,
    problem: request.content.problem,
    fetched: response.whole || !isFullBlock(response),
  };
}

/** A block that the client filled, and that more follow: the server has to fetch the rest (RFC 7959 §2.4). */
export function isFullBlock({ message }: ObservedResponse): boolean {
  const block = message && getBlock(message, OptionNumber.block2);
  return block?.more === true && message?.payload.length === blockSizeOf(block.szx);
}

/** What an order asks of the request, for `shownRequest`. */
export function expectedRequest(order: Order, model: Model): Matcher {
  const expected: Record<string, unknown> = {
    method: order.do === 'write' && order.mode === 'update' ? 'POST' : METHODS[order.do],
    path: order.path,
    fetched: true,
  };
  // Only Execute and Notify may be NON (P-1).
  if (order.do !== 'execute') expected['confirmable'] = true;
  switch (order.do) {
    case 'read':
      if (order.format !== undefined) expected['accept'] = order.format;
      break;
    case 'discover':
      expected['accept'] = 40;
      if (order.depth !== undefined) expected['query'] = { depth: String(order.depth) };
      break;
    case 'observe':
      expected['observe'] = 0;
      if (order.format !== undefined) expected['accept'] = order.format;
      break;
    case 'cancel':
      expected['observe'] = 1;
      break;
    case 'write-attributes':
      expected['query'] = attributes(order.attributes);
      expected['contentFormat'] = absent;
      break;
    case 'execute':
      expected['text'] = order.arguments ?? '';
      break;
    case 'write':
      expected['contentFormat'] = order.format ?? present;
      expected['problem'] = absent;
      expected['values'] = values(order.path, order.value, model);
      break;
    case 'create':
      expected['contentFormat'] = order.format ?? present;
      expected['problem'] = absent;
      expected['values'] =
        order.instance === undefined
          ? ofSomeInstance(order.path, order.value, model)
          : values(`${order.path}/${order.instance}`, order.value, model);
      break;
    case 'delete':
      break;
  }
  return having(expected);
}

/** Attribute texts by name: numbers are compared as numbers, as `5` and `5.0` are one. */
function attributes(ordered: Readonly<Record<string, number | string | null>>): Matcher {
  const entries = Object.entries(ordered);
  return matcher(show(ordered), (actual) => {
    if (typeof actual !== 'object' || actual === null) return false;
    const seen = new Map<string, unknown>(Object.entries(actual));
    return seen.size === entries.length && entries.every(([name, value]) => sameAttribute(seen.get(name), value));
  });
}

const sameAttribute = (seen: unknown, ordered: number | string | null): boolean =>
  typeof ordered === 'number' ? seen !== '' && Number(seen) === ordered : seen === (ordered ?? '');

/** Values by absolute path, compared as the model types them. */
function values(path: string, content: Content, model: Model): Matcher {
  const expected = typedValues(path, content, model);
  return matcher(show(expected), (actual) => same(actual, expected));
}

/** The same where the instance is left to the client, or the server chooses one. */
function ofSomeInstance(path: string, content: Content, model: Model): Matcher {
  const anywhere = (seen: object): unknown =>
    Object.fromEntries(Object.entries(seen).map(([at, value]) => [at.replace(/^(\/\d+)\/\d+/, '$1/*'), value]));
  const expected = anywhere(typedValues(`${path}/${MAX_ID}`, content, model));
  return matcher(
    show(expected),
    (actual) => typeof actual === 'object' && actual !== null && same(anywhere(actual), expected),
  );
}

function typedValues(path: string, content: Content, model: Model): Readonly<Record<string, Plain>> {
  const parsed = parsePath(path);
  const entries = parsed.ok ? entriesOf(parsed.value, content, model) : parsed;
  if (!entries.ok) throw new Error(`${path}: ${entries.problem.message}`);
  return Object.fromEntries(
    entries.value.flatMap((entry) => (entry.value ? [[formatPath(entry.path), toPlain(entry.value)]] : [])),
  );
}
