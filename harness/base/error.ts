/**
 * An error as a value: what is wrong, where, and what would be right.
 *
 * `at` is a byte or character offset (codecs), or undefined; `place` names a file, element or field.
 */
export interface Problem {
  /** Stable, kebab-case class of the error, for programs. */
  readonly code: string;
  /** One sentence for a person, without a final stop. */
  readonly message: string;
  readonly at?: number;
  readonly place?: string;
  /** What to do about it. */
  readonly hint?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (problem: Problem): Result<never> => ({ ok: false, problem });

/** The same problem where a caller wants an exception. The host prints it without a stack. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problem: Problem) {
    super(formatProblem(problem));
  }
}

/** `place, offset 12: message (hint)` with the parts that are there. */
export function formatProblem(problem: Problem): string {
  const where = [problem.place, problem.at === undefined ? undefined : `offset ${problem.at}`]
    .filter((x) => x !== undefined)
    .join(', ');
  return `${where ? `${where}: ` : ''}${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`;
}

/** The value, or a thrown ProblemError. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problem);
}
