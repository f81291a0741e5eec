import { equalBytes } from '../base/bytes.js';
import { isRequest, isResponse, isSuccess } from '../wire/coap/code.js';
import { decodeMessage } from '../wire/coap/codec.js';
import type { Datagram } from '../record/wire-view.js';
import type { CoapMessage, CoapOption } from '../wire/coap/message.js';
import {
  blockSizeOf,
  decodeBlock,
  formatBlock,
  formatOptionName,
  hasValidLength,
  isRepeatable,
  OptionNumber,
  OPTIONS,
} from '../wire/coap/options.js';
import type { StandingCheck } from './standing.js';
import type { Message, Traffic } from './standing-traffic.js';

/** Seconds within which a Message ID stands for one message (RFC 7252 §4.8.2), and for which an answer is waited. */
const EXCHANGE_LIFETIME = 247;
const MAX_TRANSMIT_WAIT = 93;

/** What RFC 7252 and 7959 ask of every message. */
export const messageChecks: readonly StandingCheck[] = [
  {
    id: 'wire.message',
    level: 'must',
    req: 'rfc7252#3',
    says: 'sends nothing but well-formed messages',
    concerns: () => true,
    fault: ({ bytes, message }) => {
      if (message) return undefined;
      const decoded = decodeMessage(bytes);
      return decoded.ok ? undefined : `at ${decoded.problem.at}: ${decoded.problem.message}`;
    },
  },
  {
    id: 'wire.type-and-code',
    level: 'must',
    req: 'rfc7252#4.3',
    says: 'sends requests and responses in the types that can carry them',
    concerns: ({ message }) => message !== undefined,
    fault: ({ message }) => (message ? typeFault(message) : undefined),
  },
  {
    id: 'wire.reply',
    level: 'must',
    req: 'P-12',
    says: 'acknowledges and resets what it has received, and nothing else',
    needsAll: true,
    concerns: ({ message }) => message?.type === 'ACK' || message?.type === 'RST',
    fault: ({ position, t, from, to, bytes, message }, traffic) =>
      message && replyFault({ position, t, from, to, bytes, message }, traffic),
  },
  {
    id: 'wire.token',
    level: 'must',
    req: 'P-13',
    says: 'gives every response the token of a request that it has received',
    needsAll: true,
    concerns: ({ message }) => message !== undefined && isResponse(message.code),
    fault: ({ position, t, from, to, bytes, message }, traffic) =>
      message && tokenFault({ position, t, from, to, bytes, message }, traffic),
  },
  {
    id: 'wire.message-id',
    level: 'must',
    req: 'rfc7252#4.4',
    says: 'gives no two messages one Message ID within 247 s',
    concerns: ({ message }) => message?.type === 'CON' || message?.type === 'NON',
    fault: (datagram, traffic) => reuseFault(datagram, traffic),
  },
  {
    id: 'wire.outstanding',
    level: 'must',
    req: 'P-6',
    says: 'has one confirmable message at a time waiting for its acknowledgement',
    concerns: ({ message }) => message?.type === 'CON',
    fault: (datagram, traffic) => outstandingFault(datagram, traffic),
  },
  {
    id: 'wire.options',
    level: 'must',
    req: 'P-15',
    says: 'sends options of the lengths that they can have, and no more of each than there can be',
    concerns: ({ message }) => (message?.options.length ?? 0) > 0,
    fault: ({ message }) => first(message, optionFault),
  },
  {
    id: 'wire.strings',
    level: 'must',
    req: 'P-20',
    says: 'sends segments and parameters in UTF-8, and no segment . or ..',
    concerns: ({ message }) => message?.options.some(isString) ?? false,
    fault: ({ message }) => first(message, stringFault),
  },
  {
    id: 'wire.uint',
    level: 'should',
    req: 'rfc7252#3.2',
    says: 'writes numbers in options with the fewest bytes',
    concerns: ({ message }) => message?.options.some(isUint) ?? false,
    fault: ({ message }) =>
      first(message, (option) =>
        isUint(option) && option.value[0] === 0 ? `${nameOf(option)} begins with a zero` : undefined,
      ),
  },
  {
    id: 'wire.size',
    level: 'should',
    req: 'P-16',
    says: 'sends messages of at most 1152 bytes, with payloads of at most 1024',
    concerns: () => true,
    fault: ({ bytes, message }) => {
      if (bytes.length > 1152) return `a message of ${bytes.length} bytes`;
      const length = message?.payload.length ?? 0;
      return length > 1024 ? `a payload of ${length} bytes` : undefined;
    },
  },
  {
    id: 'wire.block',
    level: 'must',
    req: 'P-28',
    says: 'fills every block but the last, and uses no reserved size',
    concerns: ({ message }) => message?.options.some(isBlock) ?? false,
    fault: ({ message }) => first(message, (option) => (message ? blockFault(option, message) : undefined)),
  },
];

/** The first fault of an option. */
function first(
  message: CoapMessage | undefined,
  fault: (option: CoapOption, i: number, all: readonly CoapOption[]) => string | undefined,
): string | undefined {
  for (const [i, option] of message?.options.entries() ?? []) {
    const found = fault(option, i, message?.options ?? []);
    if (found !== undefined) return found;
  }
  return undefined;
}

function typeFault({ type, code }: CoapMessage): string | undefined {
  if (type === 'RST' && code !== '0.00') return `a Reset with code ${code}`;
  if (type === 'ACK' && isRequest(code)) return `a request, ${code}, in an acknowledgement`;
  return type === 'NON' && code === '0.00' ? 'an empty non-confirmable message' : undefined;
}

function replyFault(datagram: Message, traffic: Traffic): string | undefined {
  const { type, id } = datagram.message;
  const referred = traffic.receivedBefore(datagram, id);
  const suits = referred.some(
    ({ message }) => !message || message.type === 'CON' || (type === 'RST' && message.type === 'NON'),
  );
  return suits ? undefined : `${type} with Message ID ${id}, of which nothing came that wants one`;
}

function tokenFault(datagram: Message, traffic: Traffic): string | undefined {
  const { message } = datagram;
  if (message.type !== 'ACK')
    return traffic.wasAsked(datagram) ? undefined : `${message.code} with a token of which no request came`;
  const requests = traffic.receivedBefore(datagram, message.id);
  // What could not be read may have had any token; what there is no request to is the matter of another check.
  if (requests.length === 0 || requests.some((request) => !request.message)) return undefined;
  const suits = requests.some((request) => request.message && equalBytes(request.message.token, message.token));
  return suits ? undefined : `${message.code} to a request with another token`;
}

/** What the party sent before to the same peer in this life of it: one that registers anew knows nothing of its old ids. */
function sentBefore({ position, to }: Datagram, { sent }: Traffic): readonly Datagram[] {
  const begun = sent.findLast((other) => other.position <= position && begins(other.message));
  return sent.filter(
    (other) => other.to === to && other.position < position && other.position >= (begun?.position ?? 0),
  );
}

function reuseFault(datagram: Datagram, traffic: Traffic): string | undefined {
  const { t, bytes, message } = datagram;
  const same = sentBefore(datagram, traffic).findLast(
    (other) => other.message?.id === message?.id && (other.message?.type === 'CON' || other.message?.type === 'NON'),
  );
  if (!same || t - same.t > EXCHANGE_LIFETIME || equalBytes(same.bytes, bytes)) return undefined;
  return `Message ID ${message?.id ?? 0} stood for another message ${(t - same.t).toFixed(1)} s before`;
}

function outstandingFault(datagram: Datagram, traffic: Traffic): string | undefined {
  const { position, t, bytes, message } = datagram;
  const before = sentBefore(datagram, traffic).filter((other) => other.message?.type === 'CON');
  if (before.some((other) => equalBytes(other.bytes, bytes))) return undefined; // sent again
  const isSettled = ({ position: since, message: sent }: Datagram): boolean =>
    traffic.received.some(
      (reply) => reply.position > since && reply.position < position && settles(reply.message, sent),
    );
  // The wait counts from the first transmission, whenever the last was.
  const began = ({ bytes: sent, t: last }: Datagram): number =>
    before.find((other) => last - other.t < MAX_TRANSMIT_WAIT && equalBytes(other.bytes, sent))?.t ?? last;
  const waiting = before.findLast((other) => t - began(other) < MAX_TRANSMIT_WAIT && !isSettled(other));
  if (!waiting) return undefined;
  return `${message?.code ?? ''} while ${waiting.message?.code ?? ''} of ${waiting.t.toFixed(2)} s was not acknowledged`;
}

const begins = (message: CoapMessage | undefined): boolean =>
  message?.code === '0.02' &&
  message.options.filter(({ number }) => number === OptionNumber.uriPath).length === 1 &&
  message.options.some(({ number, value }) => number === OptionNumber.uriPath && equalBytes(value, RD));
const RD = new TextEncoder().encode('rd');

/** Whether a message that came ends the wait of one that was sent. */
function settles(reply: CoapMessage | undefined, sent: CoapMessage | undefined): boolean {
  if (!reply || !sent) return false;
  if (reply.type === 'ACK' || reply.type === 'RST') return reply.id === sent.id;
  return isRequest(sent.code) && isResponse(reply.code) && equalBytes(reply.token, sent.token);
}

const nameOf = ({ number }: CoapOption): string => formatOptionName(number);
const isString = ({ number }: CoapOption): boolean => OPTIONS.get(number)?.format === 'string';
const isUint = ({ number }: CoapOption): boolean => OPTIONS.get(number)?.format === 'uint';
const isBlock = ({ number }: CoapOption): boolean => number === OptionNumber.block1 || number === OptionNumber.block2;

function optionFault(option: CoapOption, i: number, all: readonly CoapOption[]): string | undefined {
  if (!hasValidLength(option)) return `${nameOf(option)} of ${option.value.length} bytes`;
  return all[i - 1]?.number === option.number && !isRepeatable(option.number) ? `${nameOf(option)} twice` : undefined;
}

function stringFault(option: CoapOption): string | undefined {
  if (!isString(option)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(option.value);
  } catch {
    return `${nameOf(option)} is not UTF-8`;
  }
  const isSegment = option.number === OptionNumber.uriPath || option.number === OptionNumber.locationPath;
  return isSegment && (text === '.' || text === '..') ? `${nameOf(option)} ${JSON.stringify(text)}` : undefined;
}

/** Block1 describes the payload of a request, Block2 that of a response (RFC 7959 §2.3). */
function blockFault(option: CoapOption, { code, payload }: CoapMessage): string | undefined {
  const block = isBlock(option) ? decodeBlock(option.value) : undefined;
  if (!block) return undefined;
  if (block.szx === 7) return `${nameOf(option)} with the reserved size exponent 7`;
  const describes = option.number === OptionNumber.block1 ? isRequest(code) : isSuccess(code);
  const size = blockSizeOf(block.szx);
  if (!describes || (block.more ? payload.length === size : payload.length <= size)) return undefined;
  return `${payload.length} bytes in the block ${formatBlock(block)}`;
}
