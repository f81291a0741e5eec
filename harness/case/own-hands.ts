import { EMPTY, toHex } from '../base/bytes.js';
import type { Clock, Timer } from '../base/clock.js';
import type { Address, Link, Receive } from '../link/link.js';
import { isRequest } from '../wire/coap/code.js';
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
  /** Sends a confirmable request past the role, which hears nothing of what comes back. */
  ask(request: Pick<CoapMessage, 'code' | 'token' | 'options' | 'payload'>): void;
}

/** RFC 7252 §4.8: ACK_TIMEOUT in seconds, and MAX_RETRANSMIT. */
const ACK_TIMEOUT = 2;
const MAX_RETRANSMIT = 4;

/** A request of ours that is under way. */
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
  readonly #asked: Asked[] = [];
  /** Message ID of the last datagram of the role. */
  #lastId = 0;

  constructor(
    private readonly inner: Link,
    private readonly clock: Clock,
  ) {
    inner.onReceive((from, datagram) => this.#arrive(from, datagram));
  }

  get local(): Address {
    return this.inner.local;
  }

  send(to: Address, datagram: Uint8Array): void {
    this.#opposite = to;
    this.#lastId = ((datagram[2] ?? 0) << 8) | (datagram[3] ?? 0);
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

  /** Its Message ID is half a round away from those of the role. */
  ask(request: Parameters<OwnHands['ask']>[0]): void {
    const id = (this.#lastId + 0x8000 + this.#asked.length) & 0xffff;
    const asked: Asked = { message: { ...request, type: 'CON', id } };
    this.#asked.push(asked);
    this.#transmit(asked, 0);
  }

  #transmit(asked: Asked, attempt: number): void {
    this.raw(encodeMessage(asked.message));
    if (attempt === MAX_RETRANSMIT) return;
    asked.repeat = this.clock.after(ACK_TIMEOUT * 2 ** attempt, () => this.#transmit(asked, attempt + 1));
  }

  /** Whether a message belongs to a request of ours: then it ends the repeats, and a confirmable one is acknowledged. */
  #isForUs(from: Address, message: CoapMessage): boolean {
    const isEmpty = message.code === '0.00';
    const asked = this.#asked.find(({ message: own }) =>
      isEmpty ? own.id === message.id && message.type !== 'CON' : toHex(own.token) === toHex(message.token),
    );
    if (!asked || (!isEmpty && isRequest(message.code))) return false;
    asked.repeat?.cancel();
    if (message.type === 'CON') {
      const ack: CoapMessage = { type: 'ACK', code: '0.00', id: message.id, token: EMPTY, options: [], payload: EMPTY };
      this.clock.after(0, () => this.inner.send(from, encodeMessage(ack)));
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
