import type { Clock } from '../base/clock.js';
import type { Address } from '../link/link.js';
import type { CoapMessage } from '../wire/coap/message.js';

/** A message that came in, and what it was answered with so far: what a duplicate of it gets (RFC 7252 §4.5). */
export interface Received {
  /** Bytes of the acknowledgement or reset that answered it. */
  reply?: Uint8Array;
  /** What to do at a duplicate while there is no reply. */
  onDuplicate?: () => void;
}

/** Messages remembered at most: a flood from invented addresses must not fill the memory. */
const MOST = 200_000;

/** Messages received within their lifetime, by sender and Message ID. */
export class Recent {
  readonly #confirmable: Table;
  readonly #other: Table;

  constructor(clock: Clock, lifetimes: { readonly exchangeLifetime: number; readonly nonLifetime: number }) {
    this.#confirmable = new Table(clock, lifetimes.exchangeLifetime);
    this.#other = new Table(clock, lifetimes.nonLifetime);
  }

  /** What is remembered of the message that `message` repeats. */
  find(from: Address, message: CoapMessage): Received | undefined {
    return this.#tableOf(message).find(keyOf(from, message));
  }

  remember(from: Address, message: CoapMessage): Received {
    return this.#tableOf(message).add(keyOf(from, message));
  }

  #tableOf(message: CoapMessage): Table {
    return message.type === 'CON' ? this.#confirmable : this.#other;
  }
}

/** Entries of one lifetime: the order of insertion is the order of expiry. */
class Table {
  readonly #entries = new Map<string, Received & { readonly expires: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly lifetime: number,
  ) {}

  find(key: string): Received | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expires > this.clock.now() ? entry : undefined;
  }

  add(key: string): Received {
    this.#expire();
    const entry = { expires: this.clock.now() + this.lifetime };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #expire(): void {
    const now = this.clock.now();
    for (const [key, { expires }] of this.#entries) {
      if (expires > now && this.#entries.size < MOST) return;
      this.#entries.delete(key);
    }
  }
}

const keyOf = (from: Address, message: CoapMessage): string => `${from} ${message.id}`;
