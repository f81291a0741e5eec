import { failed, ok, ProblemError, type Result } from '../../base/error.js';

/** Classes of decode and encode errors, the same as in the vector files. */
export type ErrorClass =
  | 'truncated'
  | 'not-well-formed'
  | 'trailing-data'
  | 'bad-structure'
  | 'bad-length'
  | 'bad-type'
  | 'bad-value'
  | 'out-of-range'
  | 'bad-path'
  | 'outside-base'
  | 'duplicate'
  | 'unknown-label'
  | 'unsupported'
  | 'invalid-utf8'
  | 'too-deep'
  | 'not-encodable';

/**
 * Leaves the work inside `attempt` with a problem. A reader is many calls deep when it meets the first wrong byte;
 * handing a Result back through each of them would cost more than the reading.
 *
 * @param at byte offset, or undefined where there is none (encoding)
 * @param expected what would be right, for the hint
 */
export function fail(code: ErrorClass, message: string, at?: number, expected?: string): never {
  const hint = expected === undefined ? {} : { hint: `expected ${expected}` };
  throw new ProblemError({ code, message, ...(at !== undefined && { at }), ...hint });
}

/** Runs `work`; what it leaves with `fail` comes back as a value. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

/** `1 byte`, `2 bytes`. */
export const countBytes = (count: number | bigint): string => `${count} ${Number(count) === 1 ? 'byte' : 'bytes'}`;
