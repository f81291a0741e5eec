import { failed, ok, ProblemError, type Problem, type Result } from '../base/error.js';

/** The JSON value of a line or body. */
export function parseJson(text: string): Result<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch (error) {
    return failed({
      code: 'control-json',
      message: `not JSON (${error instanceof Error ? error.message : String(error)})`,
    });
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of a text that may be megabytes, for a message. */
export const excerpt = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

/** The problem of an exception. */
export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'internal', message: error instanceof Error ? error.message : String(error) };
