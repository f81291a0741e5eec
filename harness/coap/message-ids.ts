import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Address } from '../link/link.js';

/** Message IDs are told apart in runs of so many, as a time for each of the 65,536 would be waste. */
const RUN = 256;
/** Peers remembered before those silent for a lifetime are forgotten. */
const MANY_PEERS = 1_000;

interface Sequence {
  next: number;
  used: number;
  /** When each run was last drawn from. */
  readonly runs: Map<number, number>;
}

/**
 * Message IDs for each peer: from a random start upwards, none twice within its lifetime (RFC 7252 §4.4).
 */
export class MessageIds {
  readonly #sequences = new Map<Address, Sequence>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly lifetime: number,
  ) {}

  /** The next ID for messages to `to`; undefined while all are taken. */
  next(to: Address): number | undefined {
    const now = this.clock.now();
    const sequence = this.#sequences.get(to) ?? this.#begin(to);
    const run = Math.floor(sequence.next / RUN);
    if (sequence.next % RUN === 0 && now - (sequence.runs.get(run) ?? -Infinity) < this.lifetime) return undefined;
    const id = sequence.next;
    sequence.runs.set(run, now);
    sequence.used = now;
    sequence.next = (id + 1) % 65_536;
    return id;
  }

  #begin(to: Address): Sequence {
    if (this.#sequences.size >= MANY_PEERS) this.#forgetSilent();
    const sequence = { next: this.random.integer(65_536), used: 0, runs: new Map<number, number>() };
    this.#sequences.set(to, sequence);
    return sequence;
  }

  #forgetSilent(): void {
    const silentSince = this.clock.now() - this.lifetime;
    for (const [peer, { used }] of this.#sequences) if (used < silentSince) this.#sequences.delete(peer);
  }
}
