const WIDTH = 64;
const MASK = (1n << BigInt(WIDTH)) - 1n;

/** Which sequence numbers of an epoch have been seen: the newest and the 63 before it (RFC 6347 §4.1.2.6). */
export class ReplayWindow {
  #newest = -1;
  #seen = 0n;

  get newest(): number {
    return this.#newest;
  }

  /** Not seen before, and not older than the window. */
  isFresh(sequence: number): boolean {
    const age = this.#newest - sequence;
    return age < 0 || (age < WIDTH && (this.#seen & (1n << BigInt(age))) === 0n);
  }

  /** To be called only for a record whose protection held: a forged one must not move the window. */
  accept(sequence: number): void {
    const age = this.#newest - sequence;
    if (age >= 0) {
      this.#seen |= 1n << BigInt(age);
      return;
    }
    this.#seen = -age < WIDTH ? ((this.#seen << BigInt(-age)) | 1n) & MASK : 1n;
    this.#newest = sequence;
  }
}

/**
 * Which sequence numbers of epoch 0 have been seen lately. Nothing protects those records: a window would let anyone close it
 * with one high number, so that only exact repeats are told here.
 */
export class RecentNumbers {
  readonly #seen = new Set<number>();

  /** False when the number is one of the last 64 that were given. */
  take(sequence: number): boolean {
    if (this.#seen.has(sequence)) return false;
    this.#seen.add(sequence);
    for (const oldest of this.#seen) {
      if (this.#seen.size <= WIDTH) break;
      this.#seen.delete(oldest);
    }
    return true;
  }
}
