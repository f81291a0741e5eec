import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Enabler } from '../model/party.js';
import { formatPath, parsePath, type Path } from '../model/path.js';
import { ContentFormat } from './codec.js';
import { formatLinks, parseLinks } from './core-link-grammar.js';

/** The query of a Bootstrap-Request, or in 1.2 of a Bootstrap-Pack-Request (Core 1.1 §6.1.7.1, Core 1.2 §6.1.7.7). */
export interface BootstrapParameters {
  /** `ep`; may be missing from 1.1 where the security layer proves it. */
  readonly endpoint?: string;
  /** `pct`, from 1.1: the Content-Format that the client prefers for Writes. */
  readonly preferredFormat?: number;
  /** `acc` of a Pack-Request, from 1.2: instances of the current Bootstrap-Server account. */
  readonly account?: readonly Path[];
}

export interface BootstrapContext {
  /** Of the receiver. */
  readonly enabler?: Enabler;
  /** A Bootstrap-Pack-Request: `acc` instead of `pct`. */
  readonly pack?: boolean;
  readonly lenient?: ReadonlySet<string>;
}

/** Deviations that {@link parseBootstrap} accepts by name. */
export const BOOTSTRAP_LENIENCIES = {
  'query-unknown-parameter': 'parameters that LwM2M does not know are passed over',
  'query-no-endpoint': 'LwM2M 1.0 without ep, where the security layer proves it',
} as const;

const FORMATS: Readonly<Record<Enabler, readonly number[]>> = {
  '1.0': [],
  '1.1': [ContentFormat.tlv, ContentFormat.senmlJson, ContentFormat.senmlCbor],
  '1.2': [ContentFormat.tlv, ContentFormat.senmlJson, ContentFormat.senmlCbor, ContentFormat.lwm2mCbor],
};

/**
 * Reads the Uri-Query options of a Bootstrap-Request.
 *
 * Problem codes, with the parameter as `place`: `missing`, `bad-value`, `duplicate`, `unknown-label` → 4.00 (E-10);
 * `unsupported` for a `pct` outside the formats of the enabler → 4.15 (E-11).
 *
 * @example
 * parseBootstrap(['ep=urn:dev:os:1', 'pct=110'])
 * // => { ok: true, value: { endpoint: 'urn:dev:os:1', preferredFormat: 110 } }
 */
export function parseBootstrap(query: readonly string[], context: BootstrapContext = {}): Result<BootstrapParameters> {
  const { enabler = '1.2', pack = false, lenient } = context;
  let parameters: BootstrapParameters = {};
  const seen = new Set<string>();
  for (const option of query) {
    const [name = '', ...rest] = option.split('=');
    const text = rest.length === 0 ? undefined : rest.join('=');
    if (seen.has(name)) return refuse('duplicate', name, `the parameter ${name} stands twice`);
    seen.add(name);
    const parsed = parseParameter(name, text, enabler, pack);
    if (parsed.ok) parameters = { ...parameters, ...parsed.value };
    else if (parsed.problem.code !== 'unknown-label' || !lenient?.has('query-unknown-parameter')) return parsed;
  }
  if (parameters.endpoint === undefined && enabler === '1.0' && !lenient?.has('query-no-endpoint'))
    return refuse('missing', 'ep', 'the endpoint client name is missing');
  return ok(parameters);
}

const refuse = (code: string, place: string, message: string, hint?: string): Result<never> => {
  const problem: Problem = { code, message, place, ...(hint !== undefined && { hint }) };
  return failed(problem);
};

const bad = (place: string, text: string | undefined, hint: string): Result<never> =>
  refuse('bad-value', place, `${JSON.stringify(text ?? '')} is no value of ${place}`, hint);

function parseParameter(
  name: string,
  text: string | undefined,
  enabler: Enabler,
  pack: boolean,
): Result<BootstrapParameters> {
  if (name === 'ep') return text ? ok({ endpoint: text }) : bad('ep', text, 'expected an endpoint client name');
  if (name === 'pct' && enabler !== '1.0' && !pack) return parseFormat(text, enabler);
  if (name === 'acc' && enabler === '1.2' && pack) return parseAccount(text);
  const operation = pack ? 'Bootstrap-Pack-Request' : 'Bootstrap-Request';
  return refuse('unknown-label', name, `${JSON.stringify(name)} is no parameter of a ${operation} of LwM2M ${enabler}`);
}

function parseFormat(text: string | undefined, enabler: Enabler): Result<BootstrapParameters> {
  if (text === undefined || !/^(0|[1-9]\d{0,4})$/.test(text) || Number(text) > 65_535)
    return bad('pct', text, 'expected one Content-Format number');
  const preferredFormat = Number(text);
  if (FORMATS[enabler].includes(preferredFormat)) return ok({ preferredFormat });
  return refuse(
    'unsupported',
    'pct',
    `Content-Format ${text} is none for a bootstrap`,
    `expected ${FORMATS[enabler].join(', ')}`,
  );
}

function parseAccount(text: string | undefined): Result<BootstrapParameters> {
  const links = text ? parseLinks(text) : undefined;
  if (!links?.ok) return bad('acc', text, 'expected links such as </0/2>,</21/0>');
  const account: Path[] = [];
  for (const link of links.value) {
    const path = parsePath(link.path);
    if (!path.ok || path.value.length !== 2 || link.attributes.length > 0)
      return bad('acc', text, 'expected links of Object Instances without attributes');
    account.push(path.value);
  }
  return ok({ account });
}

/** The Uri-Query options, in the order ep, pct, acc. What is undefined is left out. */
export function formatBootstrap({ endpoint, preferredFormat, account }: BootstrapParameters): string[] {
  const links = account?.map((path) => ({ path: formatPath(path), attributes: [] }));
  return [
    ...(endpoint === undefined ? [] : [`ep=${endpoint}`]),
    ...(preferredFormat === undefined ? [] : [`pct=${preferredFormat}`]),
    ...(links === undefined ? [] : [`acc=${formatLinks(links)}`]),
  ];
}
