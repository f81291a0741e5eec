import type { Clock } from '../base/clock.js';
import type { Address } from '../link/link.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { TimedMap } from './timed-map.js';
import type { TransmissionTimes } from './transmission.js';

/** A message that came in, and what it was answered with so far: what a duplicate of it gets (RFC 7252 §4.5). */
export interface Received {
  /** Bytes of the acknowledgement or reset that answered it. */
  reply?: Uint8Array;
  /** What to do at a duplicate while there is no reply. */
  onDuplicate?: () => void;
  /** It was ignored: a repetition may be looked at anew. */
  forget(): void;
}

/** Messages remembered at most: a flood from invented addresses must not fill the memory. */
const MOST = 100_000;

/** Messages received within their lifetime, by sender and Message ID. */
export class Recent {
  readonly #confirmable: TimedMap<Received>;
  readonly #other: TimedMap<Received>;

  constructor(clock: Clock, lifetimes: Pick<TransmissionTimes, 'exchangeLifetime' | 'nonLifetime'>) {
    this.#confirmable = new TimedMap(clock, lifetimes.exchangeLifetime, MOST);
    this.#other = new TimedMap(clock, lifetimes.nonLifetime, MOST);
  }

  /** What is remembered of the message that `message` repeats. */
  find(from: Address, message: CoapMessage): Received | undefined {
    return this.#mapOf(message).get(keyOf(from, message));
  }

  remember(from: Address, message: CoapMessage): Received {
    const map = this.#mapOf(message);
    const key = keyOf(from, message);
    const received: Received = { forget: () => map.delete(key) };
    map.set(key, received);
    return received;
  }

  #mapOf(message: CoapMessage): TimedMap<Received> {
    return message.type === 'CON' ? this.#confirmable : this.#other;
  }
}

const keyOf = (from: Address, message: CoapMessage): string => `${from} ${message.id}`;
