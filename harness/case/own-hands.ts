import { EMPTY, equalBytes } from '../base/bytes.js';
import type { Clock, Timer } from '../base/clock.js';
import type { Address, Link, Receive } from '../link/link.js';
import { formatCode, isRequest, isResponse } from '../wire/coap/code.js';
import { decodeMessage, encodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';

/** An answer of ours instead of the role's: undefined is silence. */
export type Answer = (request: CoapMessage) => Partial<CoapMessage> | undefined;

/** What a procedure can do with a party that is certain to be ours. */
export interface OwnHands {
  /** Sends a datagram as it is to the opposite party. */
  raw(datagram: Uint8Array): void;
  /** Answers the next request that `matches` instead of the role, once. */
  answer(matches: (request: CoapMessage) => boolean, answer: Answer): void;
  /** Sends a message past the role, which hears nothing of what comes back; a confirmable one until something does, unless `once`. */
  ask(message: Spoken, once?: 'once'): void;
}

/** A message of ours: confirmable, and of a Message ID that is free, where it says neither. */
export type Spoken = Pick<CoapMessage, 'code' | 'token' | 'options' | 'payload'> &
  Partial<Pick<CoapMessage, 'type' | 'id'>>;

/** RFC 7252 §4.8: ACK_TIMEOUT in seconds, and MAX_RETRANSMIT. */
const ACK_TIMEOUT = 2;
const MAX_RETRANSMIT = 4;
/** Messages of ours whose answers are kept from the role. */
const MOST = 200;

/** A message of ours that is under way. */
interface Asked {
  readonly message: CoapMessage;
  repeat?: Timer;
}

interface Pending {
  readonly matches: (request: CoapMessage) => boolean;
  readonly answer: Answer;
}

/**
 * A link between a role of ours and the tap, through which a procedure can misbehave:
 * the role neither knows nor helps.
 */
export class InterposedLink implements Link, OwnHands {
  #receive: Receive = () => undefined;
  #opposite: Address | undefined;
  #pending: Pending[] = [];
  #asked: Asked[] = [];
  /** Last Message ID that the role chose. */
  #lastId = 0;
  #chosen = 0;

  constructor(
    private readonly inner: Link,
    private readonly clock: Clock,
    opposite?: Address,
  ) {
    this.#opposite = opposite;
    inner.onReceive((from, datagram) => this.#arrive(from, datagram));
  }

  get local(): Address {
    return this.inner.local;
  }

  send(to: Address, datagram: Uint8Array): void {
    this.#opposite = to;
    const answers = ((datagram[0] ?? 0) & 0x20) !== 0; // ACK and RST repeat the ID of another
    if (!answers) this.#chose(datagram);
    this.inner.send(to, datagram);
  }

  onReceive(receive: Receive): void {
    this.#receive = receive;
  }

  close(): Promise<void> {
    for (const asked of this.#asked) asked.repeat?.cancel();
    return this.inner.close();
  }

  /** @throws Error before any datagram came from, or went to, the opposite party */
  raw(datagram: Uint8Array): void {
    if (this.#opposite === undefined) throw new Error('the opposite party has no address yet');
    this.inner.send(this.#opposite, datagram);
  }

  answer(matches: (request: CoapMessage) => boolean, answer: Answer): void {
    this.#pending.push({ matches, answer });
  }

  /** A free Message ID is half a round away from those of the role. */
  ask(message: Spoken, once?: 'once'): void {
    const { type = 'CON', id = (this.#lastId + 0x8000 + this.#chosen++) & 0xffff } = message;
    const asked: Asked = { message: { ...message, type, id } };
    if (type === 'CON' || type === 'NON') this.#asked.push(asked);
    if (this.#asked.length > MOST) this.#asked.shift();
    this.#transmit(asked, type === 'CON' && once === undefined ? 0 : MAX_RETRANSMIT);
  }

  #transmit(asked: Asked, attempt: number): void {
    this.raw(encodeMessage(asked.message));
    if (attempt === MAX_RETRANSMIT) return;
    asked.repeat = this.clock.after(ACK_TIMEOUT * 2 ** attempt, () => this.#transmit(asked, attempt + 1));
  }

  /** The role sends a message of its own: its token is the role's from now on. */
  #chose(datagram: Uint8Array): void {
    this.#lastId = ((datagram[2] ?? 0) << 8) | (datagram[3] ?? 0);
    const token = datagram.subarray(4, 4 + ((datagram[0] ?? 0) & 15));
    if (isRequest(formatCode(datagram[1] ?? 0)))
      this.#asked = this.#asked.filter(({ message }) => !equalBytes(message.token, token));
  }

  /** Whether a message answers one of ours: then it ends the repeats, and a confirmable one is acknowledged. */
  #isForUs(from: Address, message: CoapMessage): boolean {
    const asked = this.#asked.findLast(({ message: own }) => isAnswer(message, own));
    if (!asked) return false;
    asked.repeat?.cancel();
    if (message.type === 'CON') {
      const ack: CoapMessage = { type: 'ACK', code: '0.00', id: message.id, token: EMPTY, options: [], payload: EMPTY };
      // At once: before the next request of the procedure, whose answer would be a second one that waits (RFC 7252 §4.7).
      this.inner.send(from, encodeMessage(ack));
    }
    return true;
  }

  #arrive(from: Address, datagram: Uint8Array): void {
    this.#opposite = from;
    const decoded = this.#pending.length + this.#asked.length > 0 ? decodeMessage(datagram) : undefined;
    const message = decoded?.ok ? decoded.message : undefined;
    if (message && this.#isForUs(from, message)) return;
    const pending = message && this.#pending.find((candidate) => candidate.matches(message));
    if (!message || !pending) return this.#receive(from, datagram);
    this.#pending = this.#pending.filter((candidate) => candidate !== pending);
    const answer = pending.answer(message);
    if (!answer) return;
    const type = message.type === 'CON' ? 'ACK' : 'NON';
    const whole: CoapMessage = {
      type,
      code: '2.05',
      id: message.id,
      token: message.token,
      options: [],
      payload: new Uint8Array(0),
      ...answer,
    };
    this.clock.after(0, () => this.inner.send(from, encodeMessage(whole)));
  }
}

/** ACK and RST belong to a Message ID, other responses to the token of a request (RFC 7252 §4.2, §5.3.2). */
export function isAnswer(message: CoapMessage, own: CoapMessage): boolean {
  if (message.type === 'ACK' || message.type === 'RST') return message.id === own.id;
  return isRequest(own.code) && isResponse(message.code) && equalBytes(message.token, own.token);
}
