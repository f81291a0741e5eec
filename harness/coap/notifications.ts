import { equalBytes } from '../base/bytes.js';
import type { Clock } from '../base/clock.js';
import type { Address } from '../link/link.js';
import type { Consignment, Outbox } from './outbox.js';
import { TimedMap } from './timed-map.js';
import type { Delivery } from './types.js';

/** A confirmable notification that is not settled. */
interface Pending {
  readonly to: Address;
  readonly token: Uint8Array;
  consignment?: Consignment;
  readonly settle: (outcome: Delivery) => void;
}

/** Non-confirmable notifications that a Reset is still matched with. */
const MOST = 10_000;

/** Notifications that were sent, until it is known what became of them (RFC 7641 §4.5). */
export class Notifications {
  readonly #pending = new Set<Pending>();
  readonly #unconfirmed: TimedMap<() => void>;

  constructor(
    clock: Clock,
    nonLifetime: number,
    private readonly outbox: Outbox,
  ) {
    this.#unconfirmed = new TimedMap(clock, nonLifetime, MOST);
  }

  /** Sends a confirmable one; a Reset or silence ends the observation, and with it what waits behind (RFC 7641 §4.5). */
  confirm(to: Address, token: Uint8Array, id: number, datagram: Uint8Array, onReset?: () => void): Promise<Delivery> {
    return new Promise((resolve) => {
      const pending: Pending = {
        to,
        token,
        settle: (outcome) => {
          pending.consignment?.end();
          this.#pending.delete(pending);
          resolve(outcome);
        },
      };
      this.#pending.add(pending);
      pending.consignment = this.outbox.send({
        to,
        id,
        datagram,
        confirmable: true,
        settled: (outcome) => {
          if (outcome === 'acknowledged') return pending.settle(outcome);
          const end = outcome === 'closed' ? 'timeout' : outcome;
          for (const other of this.#pending) if (other.to === to && equalBytes(other.token, token)) other.settle(end);
          if (outcome === 'reset') onReset?.();
        },
      });
    });
  }

  /** Remembers a non-confirmable one that was sent. */
  remember(to: Address, id: number, onReset: () => void): void {
    this.#unconfirmed.set(`${to} ${id}`, onReset);
  }

  /** A Reset came that belongs to nothing underway. */
  reset(from: Address, id: number): void {
    const key = `${from} ${id}`;
    const onReset = this.#unconfirmed.get(key);
    this.#unconfirmed.delete(key);
    onReset?.();
  }
}
