import { EMPTY, equalBytes } from '../base/bytes.js';
import type { Peer } from '../model/party.js';
import type { Exchange } from '../record/exchange.js';
import type { Datagram, WireView } from '../record/wire-view.js';
import { isRequest, isResponse } from '../wire/coap/code.js';
import { encodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { isAnswer, type Spoken } from './own-hands.js';

/** A message to be sent as it is: confirmable, with a free Message ID and an empty rest where it says nothing else. */
export type ToSend = Partial<CoapMessage> & Pick<CoapMessage, 'code'>;

/** A datagram of ours, and what came back by now. */
export interface Sent {
  /** Place in the record. */
  readonly position: number;
  /** Seconds since the case began. */
  readonly t: number;
  /** Its Message ID; -1 of a datagram too short to have one. */
  readonly id: number;
  /** `RST`, or the code of the response; else `ACK` where an empty one came, or `none`. */
  readonly code: string;
  /** The response, or the RST. */
  readonly answer: CoapMessage | undefined;
  /** All that came back, in order: what repeats its Message ID, and responses with its token. */
  readonly replies: readonly CoapMessage[];
}

/** Where in the record, and when, something was sent and answered: for what has to come after it. */
export const placeOf = (after: Exchange | Sent): { readonly position: number; readonly t: number } =>
  'request' in after ? { position: after.request.position, t: after.response.t } : after;

export const wholeMessage = (message: ToSend): Spoken => ({ token: EMPTY, options: [], payload: EMPTY, ...message });

/** Whether a datagram is the one that was to be sent. */
export function isSame({ bytes, message }: Datagram, sent: Uint8Array | ToSend): boolean {
  if (sent instanceof Uint8Array) return equalBytes(bytes, sent);
  if (!message || !equalBytes(message.token, sent.token ?? EMPTY)) return false;
  const { type = 'CON', id = message.id } = sent;
  const whole = encodeMessage({ ...wholeMessage(sent), type, id });
  return equalBytes(bytes, whole) || equalBytes(encodeMessage(message), whole);
}

/** A datagram with what the opposite party sends back. */
export function sentOf(view: WireView, datagram: Datagram): Sent {
  const { position, t, bytes } = datagram;
  return {
    position,
    t,
    id: idOf(bytes),
    get replies() {
      return repliesTo(view, datagram);
    },
    get answer() {
      const last = repliesTo(view, datagram, endsWaiting).at(-1);
      return last && endsWaiting(last) ? last : undefined;
    },
    get code() {
      const { answer } = this;
      return answer?.type === 'RST' ? 'RST' : (answer?.code ?? (this.replies.length > 0 ? 'ACK' : 'none'));
    },
  };
}

const endsWaiting = ({ type, code }: CoapMessage): boolean => type === 'RST' || isResponse(code);

/** What came back until it was sent again: a duplicate has replies of its own. No more of it than up to one that `ends`. */
function repliesTo(view: WireView, datagram: Datagram, ends?: (reply: CoapMessage) => boolean): readonly CoapMessage[] {
  const { position, from, bytes } = datagram;
  const id = idOf(bytes);
  const replies: CoapMessage[] = [];
  firstAfter(view, position, (later) => {
    if (later.from === from && isAgain(later, id)) return true;
    if (later.to !== from || !later.message || !answers(later.message, datagram, view)) return false;
    replies.push(later.message);
    return ends?.(later.message) === true;
  });
  return replies;
}

/** The first such datagram after a position. Looked for in the place, as there may be thousands, and many who look. */
function firstAfter(
  { datagrams }: WireView,
  position: number,
  isIt: (datagram: Datagram) => boolean,
): Datagram | undefined {
  // Positions count from 1.
  for (let at = position; at < datagrams.length; at++) {
    const datagram = datagrams[at];
    if (datagram && isIt(datagram)) return datagram;
  }
  return undefined;
}

const isAgain = ({ message }: Datagram, id: number): boolean =>
  message?.id === id && (message.type === 'CON' || message.type === 'NON');

/** Whether nothing more is to be waited for: a request has its response, anything else has any reply. */
export const isSettled = (sent: Sent, { message }: Datagram): boolean =>
  message && isRequest(message.code) ? sent.answer !== undefined : sent.replies.length > 0;

/** The first such datagram of a peer after a position. */
export const findSent = (view: WireView, from: Peer, since: number, sent: Uint8Array | ToSend): Datagram | undefined =>
  firstAfter(view, since, (datagram) => datagram.from === from && isSame(datagram, sent));

function answers(message: CoapMessage, { bytes, message: own, from }: Datagram, { datagrams }: WireView): boolean {
  if (own) return isAnswer(message, own);
  if (message.type !== 'ACK' && message.type !== 'RST') return false;
  if (bytes.length >= HEADER) return message.id === idOf(bytes);
  return !datagrams.some((other) => other.from === from && idOf(other.bytes) === message.id);
}

/** Bytes up to the Message ID. What is shorter has none: a reply to it is one to nothing. */
const HEADER = 4;

const idOf = (bytes: Uint8Array): number => (bytes.length < HEADER ? -1 : ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0));
