import type { Clock } from '../base/clock.js';
import type { Address, Link, Receive } from '../link/link.js';
import { encodeMessage } from '../wire/coap/codec.js';
import { decodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';

/** An answer of ours instead of the role's: undefined is silence. */
export type Answer = (request: CoapMessage) => Partial<CoapMessage> | undefined;

/** What a procedure can do with a party that is certain to be ours. */
export interface OwnHands {
  /** Sends a datagram as it is to the opposite party. */
  raw(datagram: Uint8Array): void;
  /** Answers the next request that `matches` instead of the role, once. */
  answer(matches: (request: CoapMessage) => boolean, answer: Answer): void;
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
    this.inner.send(to, datagram);
  }

  onReceive(receive: Receive): void {
    this.#receive = receive;
  }

  close(): Promise<void> {
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

  #arrive(from: Address, datagram: Uint8Array): void {
    this.#opposite = from;
    const decoded = this.#pending.length > 0 ? decodeMessage(datagram) : undefined;
    const message = decoded?.ok ? decoded.message : undefined;
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
