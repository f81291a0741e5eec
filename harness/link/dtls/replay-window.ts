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
