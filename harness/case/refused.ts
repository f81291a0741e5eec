import { formatProblem, type Result } from '../base/error.js';
import type { ExchangeKind, ObservedRequest } from '../record/exchange.js';
import type { WireView } from '../record/wire-view.js';
import { isSuccess } from '../wire/coap/code.js';
import { getQuery } from '../wire/coap/read.js';
import { parseBootstrap } from '../wire/queries-bootstrap.js';
import { parseRegister } from '../wire/queries-registration.js';

/** Content-Format of a list of objects, `application/link-format`. */
const LINK_FORMAT = 40;

/**
 * A request of the registration or bootstrap interface that was refused, and rightly: it is malformed, and no good one
 * came after it. Nothing that the other party left undone can be told from that. Undefined where there is none.
 */
export function rightlyRefused({ exchanges, channel }: WireView): string | undefined {
  const isProtected = channel.records.length > 0;
  for (const { claimed, from, to, kind, request, response } of exchanges) {
    if (claimed || from !== 'client' || !response.code.startsWith('4.')) continue;
    const problem = PROBLEMS[kind]?.(request, isProtected);
    const isMended = exchanges.some(
      (later) =>
        later.kind === kind &&
        later.to === to &&
        later.request.position > request.position &&
        isSuccess(later.response.code),
    );
    if (problem !== undefined && !isMended)
      return `the client's ${kind} at ${request.t.toFixed(2)} s was refused, and is malformed: ${problem}`;
  }
  return undefined;
}

type ProblemOf = (request: ObservedRequest, isProtected: boolean) => string | undefined;

const problemIn = (parsed: Result<unknown>): string | undefined =>
  parsed.ok ? undefined : formatProblem(parsed.problem);

/** What else names a client is a channel alone. */
const nameless: ProblemOf = ({ query }, isProtected) =>
  query.has('ep') || isProtected ? undefined : 'it names no endpoint, and nothing proves one';

const misnamed: ProblemOf = ({ payload, contentFormat }) =>
  payload.length === 0 || contentFormat === LINK_FORMAT ? undefined : `the list is no link format (${contentFormat})`;

const PROBLEMS: Readonly<Partial<Record<ExchangeKind, ProblemOf>>> = {
  'bootstrap-request': (request, isProtected) =>
    problemIn(parseBootstrap(getQuery(request.message))) ?? nameless(request, isProtected),
  register: (request, isProtected) =>
    problemIn(parseRegister(getQuery(request.message))) ??
    nameless(request, isProtected) ??
    (request.payload.length === 0 ? 'it lists no objects' : misnamed(request, isProtected)),
  update: misnamed,
};
