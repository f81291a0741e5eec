import type { Enabler } from '../../harness/model/party.js';
import { ambiguityRows } from './graded-ambiguities.js';
import { errorRows } from './graded-errors.js';

/** Values by enabler; an enabler that is missing is one for which the row says nothing. */
export type ByEnabler = Readonly<Partial<Record<Enabler, readonly string[]>>>;

/**
 * What may be seen in a situation that several readings of the texts cover.
 *
 * Values are response codes (`4.06`, `none` when no answer came) or, where `words` lists them, words for what was seen.
 * `4.xx` stands for every code of a class, `*` for anything.
 */
export interface GradedRow {
  /** Row of the error table or the ambiguity table that allows it. */
  readonly row: string;
  /** What a caller may report instead of a code. */
  readonly words?: readonly string[];
  readonly expected: ByEnabler;
  /** Accepted with a remark that names the row. */
  readonly tolerated?: ByEnabler;
  /** Never accepted, whatever the other lists say. */
  readonly forbidden?: readonly string[];
}

export type Grade = 'met' | 'tolerated' | 'missed';

/**
 * The graded rows by key: the id without its dash, and a word where one id covers several situations
 * (`E33` for inconsistent attributes, `E33Unknown` for unknown ones).
 */
export const graded = { ...errorRows, ...ambiguityRows };

/** Keys of the rows that grade `id`, such as `E-33`. */
export const gradedKeys = (id: string): readonly string[] =>
  Object.entries(graded).flatMap(([key, row]) => (row.row === id ? [key] : []));

/**
 * Judges what was seen.
 *
 * @param actual a response code, `none`, or one of the words of the row
 * @throws Error when the row says nothing for `enabler`: the case should not run there
 */
export function grade(row: GradedRow, enabler: Enabler, actual: string): Grade {
  const expected = row.expected[enabler];
  if (!expected) throw new Error(`row ${row.row} says nothing for LwM2M ${enabler}`);
  if (covers(row.forbidden, actual)) return 'missed';
  if (covers(expected, actual)) return 'met';
  return covers(row.tolerated?.[enabler], actual) ? 'tolerated' : 'missed';
}

const covers = (patterns: readonly string[] | undefined, actual: string): boolean =>
  patterns?.some((pattern) => pattern === '*' || pattern === actual || isOfClass(pattern, actual)) ?? false;

const isOfClass = (pattern: string, actual: string): boolean =>
  /^\d\.xx$/.test(pattern) && /^\d\.\d\d$/.test(actual) && pattern[0] === actual[0];
