import type { Clock, Timer } from '../../base/clock.js';

/** Delays of one party that all end when it stops. */
export class Waits {
  readonly #pending = new Map<Timer, (elapsed: boolean) => void>();

  constructor(readonly clock: Clock) {}

  /** True when `seconds` have passed, false when the wait was given up. */
  wait(seconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (elapsed: boolean): void => {
        this.#pending.delete(timer);
        timer.cancel();
        resolve(elapsed);
      };
      const timer = this.clock.after(seconds, () => settle(true));
      this.#pending.set(timer, settle);
    });
  }

  /** Ends every wait at once. */
  giveUp(): void {
    for (const settle of [...this.#pending.values()]) settle(false);
  }
}
