import { failed, ok, type Result } from '../base/error.js';
import { readUtf8 } from './text-value.js';

/** One argument of an Execute: a digit, and a text when there is a value (`0='U'`). */
export interface ExecuteArgument {
  /** 0 to 9 */
  readonly digit: number;
  readonly value?: string;
}

/** Deviations that {@link parseArguments} accepts by name. */
export const ARGUMENT_LENIENCIES = {
  'arguments-repeated': 'one digit twice, not forbidden in so many words before 1.2.1 (X-43)',
  'arguments-blanks': 'blanks inside a value, as an example of the standard prints them (OMA#487, X-42)',
} as const;

/** `!`, 23-26, 28-5B, 5D-7E: printable ASCII without blank, quotes and backslash. */
const CHAR = /[!\x23-\x26\x28-\x5b\x5d-\x7e]/;
const VALUE = new RegExp(`^${CHAR.source}*$`);

/**
 * Reads the arguments of an Execute: `arg *("," arg)`, `arg = DIGIT ["=" "'" *CHAR "'"]`; the empty text has none
 * (Core 1.1 §6.3.5, M-30). Problem codes, all 4.00: `not-well-formed`, `truncated`, `duplicate`; `at` is a character offset.
 *
 * @example
 * parseArguments("7,0='https://www.oma.org',4")
 * // => { ok: true, value: [{ digit: 7 }, { digit: 0, value: 'https://www.oma.org' }, { digit: 4 }] }
 */
export function parseArguments(
  text: string,
  lenient: ReadonlySet<string> = new Set(),
): Result<readonly ExecuteArgument[]> {
  const found: ExecuteArgument[] = [];
  if (text === '') return ok(found);
  let at = 0;
  for (;;) {
    const one = parseArgument(text, at, lenient.has('arguments-blanks'));
    if (!one.ok) return one;
    const { argument, end } = one.value;
    if (found.some(({ digit }) => digit === argument.digit) && !lenient.has('arguments-repeated'))
      return failed({ code: 'duplicate', message: `the argument ${argument.digit} stands twice`, at });
    found.push(argument);
    if (end === text.length) return ok(found);
    if (text[end] !== ',') return unexpected(text, end, '"," or "=" or the end');
    at = end + 1;
  }
}

function parseArgument(
  text: string,
  at: number,
  blanks: boolean,
): Result<{ readonly argument: ExecuteArgument; readonly end: number }> {
  const letter = text[at];
  if (letter === undefined || letter < '0' || letter > '9') return unexpected(text, at, 'a digit');
  const digit = Number(letter);
  if (text[at + 1] !== '=') return ok({ argument: { digit }, end: at + 1 });
  if (text[at + 2] !== "'") return unexpected(text, at + 2, 'a single quote');
  let end = at + 3;
  while (CHAR.test(text[end] ?? '') || (blanks && text[end] === ' ')) end++;
  if (text[end] !== "'") return unexpected(text, end, 'the closing single quote');
  return ok({ argument: { digit, value: text.slice(at + 3, end) }, end: end + 1 });
}

function unexpected(text: string, at: number, expected: string): Result<never> {
  const letter = text[at];
  if (letter === undefined) return failed({ code: 'truncated', message: `${expected} is missing at the end`, at });
  const message = `${JSON.stringify(letter)} has no place here`;
  return failed({ code: 'not-well-formed', message, at, hint: `expected ${expected}` });
}

/** As {@link parseArguments}, of a payload. Further problem code: `invalid-utf8`. */
export function decodeArguments(
  payload: Uint8Array,
  lenient?: ReadonlySet<string>,
): Result<readonly ExecuteArgument[]> {
  const text = readUtf8(payload);
  return text.ok ? parseArguments(text.value, lenient) : text;
}

/**
 * The text of arguments, in the order given. Problem codes: `not-encodable`, for a digit that is none or a value with
 * characters outside CHAR. Whoever wants it wrong writes the text by hand.
 */
export function formatArguments(list: readonly ExecuteArgument[]): Result<string> {
  for (const { digit, value } of list) {
    if (!Number.isInteger(digit) || digit < 0 || digit > 9)
      return failed({ code: 'not-encodable', message: `${digit} is no single digit` });
    if (value !== undefined && !VALUE.test(value))
      return failed({ code: 'not-encodable', message: `${JSON.stringify(value)} has characters outside the grammar` });
  }
  return ok(list.map(({ digit, value }) => (value === undefined ? `${digit}` : `${digit}='${value}'`)).join(','));
}
