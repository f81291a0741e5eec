import { isNewer } from '../coap/observe.js';
import { formatProblem } from '../base/error.js';
import { ENABLERS } from '../model/party.js';
import type { Exchange, ExchangeKind } from '../record/exchange.js';
import { isRequest, isSuccess } from '../wire/coap/code.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { OptionNumber } from '../wire/coap/options.js';
import { getQuery, getUint, hasOption, queryMap } from '../wire/coap/read.js';
import { parseRegister, parseUpdate } from '../wire/queries-registration.js';
import type { StandingCheck } from './standing.js';
import type { Traffic } from './standing-traffic.js';

/** Numbers that the formats had before their registration. */
const OBSOLETE: ReadonlySet<number> = new Set([1541, 1542, 1543, 1544]);

/** What LwM2M asks of every request, response and notification. */
export const requestChecks: readonly StandingCheck[] = [
  {
    id: 'wire.content-format',
    level: 'must',
    req: 'F-3',
    says: 'names the format of every content, and by its registered number',
    concerns: ({ message }) => message !== undefined && message.payload.length > 0,
    fault: (datagram, traffic) => {
      const { message } = datagram;
      const format = message && getUint(message, OptionNumber.contentFormat);
      if (format !== undefined) return OBSOLETE.has(format) ? `the obsolete number ${format}` : undefined;
      return message && isContent(message, traffic.exchangeOf(datagram))
        ? 'a payload without Content-Format'
        : undefined;
    },
  },
  {
    id: 'wire.confirmable',
    level: 'must',
    req: 'P-1',
    says: 'sends its requests as confirmable messages, but for Execute and, from 1.2, Send',
    concerns: ({ message }) => message !== undefined && isRequest(message.code),
    fault: (datagram, traffic) => {
      if (datagram.message?.type === 'CON') return undefined;
      const kind = traffic.exchangeOf(datagram)?.kind;
      const isFree = kind === undefined || kind === 'execute' || (kind === 'send' && traffic.enabler === '1.2');
      return isFree ? undefined : `a non-confirmable ${kind}`;
    },
  },
  {
    id: 'wire.registration-parameters',
    level: 'must',
    req: 'V-1',
    says: 'sends the parameters of a registration that the version has, each well-formed',
    concerns: ({ from, message }) => from === 'client' && message?.code === '0.02',
    fault: (datagram, traffic) => {
      const exchange = traffic.exchangeOf(datagram);
      return exchange && parameterFault(exchange, traffic);
    },
  },
  {
    id: 'wire.notification-order',
    level: 'must',
    req: 'P-31',
    says: 'numbers every notification higher than the one before, modulo 2^24',
    concerns: ({ message }) =>
      message !== undefined &&
      message.type !== 'ACK' &&
      isSuccess(message.code) &&
      hasOption(message, OptionNumber.observe),
    fault: ({ position }, { view }) => {
      for (const { response, notifications } of view.exchanges) {
        const at = notifications.findIndex((notification) => notification.position === position);
        const one = notifications[at];
        if (!one) continue;
        const before = [response, ...notifications.slice(0, at)].findLast(({ observe }) => observe !== undefined);
        if (before?.observe === undefined || one.observe === undefined) return undefined;
        return isNewer(before.observe, one.observe, one.t - before.t)
          ? undefined
          : `${one.observe} after ${before.observe}`;
      }
      return undefined;
    },
  },
];

/** A payload that is content: of a success but for its diagnostics, or of a request that brings values. */
function isContent({ code, type }: CoapMessage, exchange: Exchange | undefined): boolean {
  if (type === 'RST') return false;
  return isRequest(code) ? exchange !== undefined && !WITHOUT_FORMAT.has(exchange.kind) : code === '2.05';
}

/** Arguments are text with or without its number; of what is no operation nothing is known. */
const WITHOUT_FORMAT: ReadonlySet<ExchangeKind> = new Set<ExchangeKind>(['execute', 'other', 'write-attributes']);

function parameterFault({ kind, request }: Exchange, { view }: Traffic): string | undefined {
  if (kind !== 'register' && kind !== 'update') return undefined;
  const query = getQuery(request.message);
  if (kind === 'register') {
    const parsed = parseRegister(query, { lenient: BY_VERSION });
    return parsed.ok ? undefined : formatProblem(parsed.problem);
  }
  const register = view.exchanges.findLast(
    (other) => other.kind === 'register' && other.request.position < request.position,
  );
  const version = register && queryMap(register.request.message).get('lwm2m');
  const enabler = ENABLERS.find((known) => known === version);
  if (!enabler) return undefined;
  const parsed = parseUpdate(query, { enabler });
  return parsed.ok ? undefined : formatProblem(parsed.problem);
}

/** What the texts leave open, or another check judges. */
const BY_VERSION: ReadonlySet<string> = new Set(['query-no-endpoint', 'query-no-lifetime']);
