import type { Clock, Timer } from '../base/clock.js';
import type { Address } from '../link/link.js';
import type { Delivery } from './types.js';

/** A message that a peer is expected to react to. */
export interface Parcel {
  readonly to: Address;
  readonly id: number;
  readonly datagram: Uint8Array;
  readonly confirmable: boolean;
  /** Told once, unless the parcel is taken back before. */
  readonly settled: (outcome: Delivery | 'closed') => void;
  /** Told when it leaves for the first time. */
  readonly sent?: () => void;
  /** Goes before what waits: a response that a peer is waiting for. */
  readonly urgent?: boolean;
}

/** A parcel on its way. */
export interface Consignment {
  /** No reaction is expected any more: it is neither sent again nor told about. */
  end(): void;
}

interface Entry extends Parcel {
  state: 'waiting' | 'underway' | 'done';
  holdsPlace: boolean;
  timer?: Timer;
  attempt: number;
  delay: number;
}

interface Lane {
  underway: number;
  readonly waiting: Entry[];
}

export interface OutboxRules {
  /** Seconds to the next transmission, or after the last one to giving up. */
  retransmissionDelay(attempt: number, previous: number): number;
  readonly maxRetransmit: number;
  readonly nstart: number;
  /** Seconds that a non-confirmable request keeps its place when nothing comes back. */
  readonly nonConfirmableWait: number;
}

/**
 * Sends confirmable messages until they are settled, and lets only so many interactions be outstanding at a peer
 * (RFC 7252 §4.2, §4.7). Every place becomes free in bounded time: nothing in here waits for a handler.
 */
export class Outbox {
  readonly #lanes = new Map<Address, Lane>();
  readonly #underway = new Map<string, Entry>();

  constructor(
    private readonly clock: Clock,
    private readonly rules: OutboxRules,
    private readonly transmit: (to: Address, datagram: Uint8Array) => void,
  ) {}

  send(parcel: Parcel): Consignment {
    const entry: Entry = { ...parcel, state: 'waiting', holdsPlace: false, attempt: 0, delay: 0 };
    const lane = this.#lane(parcel.to);
    if (parcel.urgent) lane.waiting.unshift(entry);
    else lane.waiting.push(entry);
    this.#advance(parcel.to, lane);
    return { end: () => this.#end(entry) };
  }

  /** An ACK or RST came. Whether it belongs to something underway. */
  react(from: Address, id: number, reaction: 'acknowledged' | 'reset'): boolean {
    const entry = this.#underway.get(keyOf(from, id));
    if (!entry || (reaction === 'acknowledged' && !entry.confirmable)) return false;
    this.#settle(entry, reaction);
    return true;
  }

  close(): void {
    const all = [...this.#underway.values(), ...[...this.#lanes.values()].flatMap((lane) => lane.waiting.splice(0))];
    for (const entry of all) this.#settle(entry, 'closed');
  }

  #lane(to: Address): Lane {
    let lane = this.#lanes.get(to);
    if (!lane) this.#lanes.set(to, (lane = { underway: 0, waiting: [] }));
    return lane;
  }

  #advance(to: Address, lane: Lane): void {
    while (lane.underway < this.rules.nstart) {
      const entry = lane.waiting.shift();
      if (!entry) break;
      this.#start(entry, lane);
    }
    if (lane.underway === 0 && lane.waiting.length === 0) this.#lanes.delete(to);
  }

  #start(entry: Entry, lane: Lane): void {
    entry.state = 'underway';
    entry.holdsPlace = true;
    lane.underway++;
    this.#underway.set(keyOf(entry.to, entry.id), entry);
    this.transmit(entry.to, entry.datagram);
    if (entry.confirmable) this.#await(entry);
    else entry.timer = this.clock.after(this.rules.nonConfirmableWait, () => this.#givePlace(entry));
    entry.sent?.();
  }

  #await(entry: Entry): void {
    entry.delay = this.rules.retransmissionDelay(entry.attempt, entry.delay);
    entry.timer = this.clock.after(entry.delay, () => {
      if (entry.attempt >= this.rules.maxRetransmit) return this.#settle(entry, 'timeout');
      entry.attempt++;
      this.transmit(entry.to, entry.datagram);
      this.#await(entry);
    });
  }

  #settle(entry: Entry, outcome: Delivery | 'closed'): void {
    if (entry.state === 'done') return;
    this.#takeBack(entry);
    // Its sender hears before the next one goes, and may take that back too.
    try {
      entry.settled(outcome);
    } finally {
      this.#givePlace(entry);
    }
  }

  #end(entry: Entry): void {
    if (entry.state === 'done') return;
    this.#takeBack(entry);
    this.#givePlace(entry);
  }

  #takeBack(entry: Entry): void {
    if (entry.state === 'waiting') {
      const waiting = this.#lanes.get(entry.to)?.waiting;
      const at = waiting?.indexOf(entry) ?? -1;
      if (at >= 0) waiting?.splice(at, 1);
    }
    entry.state = 'done';
    entry.timer?.cancel();
    const key = keyOf(entry.to, entry.id);
    if (this.#underway.get(key) === entry) this.#underway.delete(key);
  }

  #givePlace(entry: Entry): void {
    if (!entry.holdsPlace) return;
    entry.holdsPlace = false;
    const lane = this.#lane(entry.to);
    lane.underway--;
    this.#advance(entry.to, lane);
  }
}

const keyOf = (peer: Address, id: number): string => `${peer} ${id}`;
