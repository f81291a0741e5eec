/** A timer that can be taken back. */
export interface Timer {
  cancel(): void;
}

/** Time in seconds since the clock was made. Everything that waits or measures goes through one. */
export interface Clock {
  readonly mode: 'real' | 'virtual';
  now(): number;
  /** Runs `action` once, `seconds` from now (at once if not positive, but never before this call returns). */
  after(seconds: number, action: () => void): Timer;
  /** Marks work of the machine (files, processes, asynchronous crypto) that virtual time must wait for. */
  hold<T>(work: Promise<T>): Promise<T>;
}

/** Resolves when `seconds` have passed on `clock`. */
export function sleep(clock: Clock, seconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(seconds, resolve));
}

/** The same clock with now() counted from this call. */
export function fromNow(clock: Clock): Clock {
  const origin = clock.now();
  return {
    mode: clock.mode,
    now: () => clock.now() - origin,
    after: (seconds, action) => clock.after(seconds, action),
    hold: (work) => clock.hold(work),
  };
}

/** The longest delay setTimeout takes; a registration lifetime can be longer. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Time of the machine, monotonic. */
export class RealClock implements Clock {
  readonly mode = 'real';
  readonly #start = performance.now();

  now(): number {
    return (performance.now() - this.#start) / 1000;
  }

  after(seconds: number, action: () => void): Timer {
    const due = this.now() + seconds;
    let handle: NodeJS.Timeout;
    // setTimeout may fire up to a millisecond early and overflows above MAX_DELAY_MS: arm again until due.
    const arm = (): void => {
      const left = Math.ceil((due - this.now()) * 1000);
      handle = setTimeout(() => (this.now() >= due ? action() : arm()), Math.min(Math.max(left, 0), MAX_DELAY_MS));
    };
    arm();
    return { cancel: () => clearTimeout(handle) };
  }

  hold<T>(work: Promise<T>): Promise<T> {
    return work;
  }
}

/** Virtual time cannot go on: nothing is pending, or the limit of the run has passed. */
export class Stuck extends Error {
  override readonly name = 'Stuck';
}

/** Timers that may fire in one run: a thousand clients need a tenth of them. */
const MAX_STEPS = 100_000;

interface Entry {
  readonly due: number;
  readonly order: number;
  readonly label: string | undefined;
  action: (() => void) | undefined;
}

/**
 * A clock that jumps to the next timer whenever nothing else can happen.
 *
 * One `setImmediate` tells that nothing can: Node runs it only when the tick and microtask queues are empty.
 * Asynchronous work of the machine must be passed through `hold`, or time runs past it.
 */
export class VirtualClock implements Clock {
  readonly mode = 'virtual';
  #now = 0;
  #order = 0;
  #held = 0;
  readonly #heap: Entry[] = [];

  now(): number {
    return this.#now;
  }

  after(seconds: number, action: () => void, label?: string): Timer {
    const entry: Entry = { due: this.#now + Math.max(0, seconds), order: this.#order++, label, action };
    this.#push(entry);
    return {
      cancel: () => {
        entry.action = undefined;
      },
    };
  }

  async hold<T>(work: Promise<T>): Promise<T> {
    this.#held++;
    try {
      return await work;
    } finally {
      this.#held--;
    }
  }

  /**
   * Runs `body` to its end.
   *
   * @param limit virtual seconds after which the run counts as stuck
   * @throws Stuck when no timer is left, the next one lies past the limit, or so many have fired that something goes in
   * circles: where time stands still, no limit in seconds is ever passed
   */
  async run<T>(body: () => Promise<T>, limit = 86_400): Promise<T> {
    const end = this.#now + limit;
    let steps = 0;
    const state = { done: false };
    const result = body().finally(() => {
      state.done = true;
    });
    result.catch(() => undefined); // handled below, or the run is stuck and says so
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (state.done) return result;
      if (this.#held > 0) continue;
      const next = this.#next();
      if (!next) throw new Stuck(`nothing is pending at ${this.#now} s, and the run has not ended`);
      if (next.due > end)
        throw new Stuck(
          `virtual time passed ${limit} s; waiting: ${this.#waiters().join(', ') || next.label || 'a timer'}`,
        );
      if (++steps > MAX_STEPS) {
        this.#heap.length = 0; // or the circles would go on in the next run
        throw new Stuck(`something goes in circles: ${MAX_STEPS} timers have fired by ${next.due} s`);
      }
      this.#now = next.due;
      next.action?.();
    }
  }

  #waiters(): string[] {
    return this.#heap.filter((entry) => entry.action && entry.label).map((entry) => `${entry.label} (${entry.due} s)`);
  }

  #next(): Entry | undefined {
    let entry = this.#pop();
    while (entry && !entry.action) entry = this.#pop();
    return entry;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || isBefore(above, entry)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || top === last) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      let least = left;
      if (right && isBefore(right, left)) {
        child++;
        least = right;
      }
      if (isBefore(last, least)) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}
