import type { Interruption } from './verdict.js';

/** A state that the procedure needs was not reached: *inconclusive*. */
export class Precondition extends Error {
  override readonly name = 'Precondition';
}

/** Ends a procedure with a verdict that no check gives. */
export class Interrupt extends Error {
  override readonly name = 'Interrupt';
  constructor(
    readonly verdict: Interruption['verdict'],
    reason: string,
  ) {
    super(reason);
  }
}

/** Ends a procedure after a missed must-check: the miss is recorded already. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** What an exception of a procedure means for the verdict; undefined when the record already says it. */
export function interruptionOf(thrown: unknown): Interruption | undefined {
  if (thrown instanceof Ended) return undefined;
  if (thrown instanceof Interrupt) return { verdict: thrown.verdict, reason: thrown.message };
  if (thrown instanceof Precondition) return { verdict: 'inconclusive', reason: thrown.message };
  return { verdict: 'error', reason: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
}
