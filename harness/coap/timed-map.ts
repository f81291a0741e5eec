import type { Clock } from '../base/clock.js';

/** Values that are forgotten a lifetime after they were last set, the oldest sooner where there would be too many. */
export class TimedMap<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly expires: number }>();

  /**
   * @param lifetime seconds
   * @param most entries held at a time
   */
  constructor(
    private readonly clock: Clock,
    private readonly lifetime: number,
    private readonly most: number,
  ) {}

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expires > this.clock.now() ? entry.value : undefined;
  }

  set(key: string, value: V): void {
    const now = this.clock.now();
    // One lifetime for all: the order of insertion is the order of expiry.
    this.#entries.delete(key);
    for (const [oldest, { expires }] of this.#entries) {
      if (expires > now && this.#entries.size < this.most) break;
      this.#entries.delete(oldest);
    }
    this.#entries.set(key, { value, expires: now + this.lifetime });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Entries held, those not yet swept out among them. */
  get size(): number {
    return this.#entries.size;
  }
}
