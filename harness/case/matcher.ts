import type { Enabler } from '../model/party.js';
import { toHex } from '../base/bytes.js';

/** Time allowances of a bench, by row of the tolerance table, for a period in seconds. */
export type Tolerance = (
  row: 'early' | 'late' | 'retransmission' | 'expiry' | 'retry',
  period: number,
) => { readonly early: number; readonly late: number };

export interface Judging {
  readonly enabler: Enabler;
  readonly tolerance: Tolerance;
}

export type Finding =
  | { readonly outcome: 'met' }
  | { readonly outcome: 'missed'; readonly why?: string }
  /** Accepted with a remark; `row` is the graded row that allows it. */
  | { readonly outcome: 'tolerated'; readonly row: string; readonly why?: string };

/** What a check expects: a judgement with three outcomes, and its text. */
export interface Matcher {
  readonly [MATCHER]: true;
  readonly text: string;
  /** Depends on the clock: a bench that was too slow must not count it as missed. */
  readonly timed?: boolean;
  judge(actual: unknown, judging: Judging): Finding;
}

const MATCHER = Symbol('matcher');

export const isMatcher = (value: unknown): value is Matcher =>
  typeof value === 'object' && value !== null && MATCHER in value;

/** Makes a matcher from its text and a judgement. */
export function matcher(
  text: string,
  judge: (actual: unknown, judging: Judging) => Finding | boolean,
  timed = false,
): Matcher {
  return {
    [MATCHER]: true,
    text,
    ...(timed && { timed }),
    judge: (actual, judging) => {
      const found = judge(actual, judging);
      if (typeof found !== 'boolean') return found;
      return { outcome: found ? 'met' : 'missed' };
    },
  };
}

/** A value stands for equality with it; a list, for a list of as many elements that match one by one. */
export function asMatcher(expected: unknown): Matcher {
  if (isMatcher(expected)) return expected;
  if (Array.isArray(expected) && expected.some(isMatcher)) return inOrder(expected);
  return matcher(show(expected), (actual) => same(actual, expected));
}

function inOrder(expected: readonly unknown[]): Matcher {
  const inner = expected.map(asMatcher);
  const judge = (actual: unknown, judging: Judging): Finding | boolean =>
    isList(actual) &&
    actual.length === inner.length &&
    worst(inner.map((element, i) => at(i, element.judge(actual[i], judging))));
  return matcher(
    `[${inner.map((element) => element.text).join(', ')}]`,
    judge,
    inner.some((element) => element.timed),
  );
}

export const oneOf = (...expected: readonly unknown[]): Matcher =>
  matcher(`one of ${expected.map(show).join(', ')}`, (actual) => expected.some((value) => same(actual, value)));

export const not = (expected: unknown): Matcher => {
  const inner = asMatcher(expected);
  return matcher(`not ${inner.text}`, (actual, judging) => inner.judge(actual, judging).outcome === 'missed');
};

/** A duration in seconds from `from` to `to`, with the bench's allowances for what is early and late. */
export const seconds = (from: number, to: number): Matcher => duration(from, to, 'early', 'late');

/** The same for the gap between two transmissions of one message (RFC 7252 §4.2). */
export const retransmittedAfter = (from: number, to: number): Matcher =>
  duration(from, to, 'retransmission', 'retransmission');

type Row = Parameters<Tolerance>[0];

const duration = (from: number, to: number, earlyRow: Row, lateRow: Row): Matcher =>
  matcher(
    from === to ? `${round(from)} s` : `${round(from)} to ${round(to)} s`,
    (actual, { tolerance }) => {
      const early = tolerance(earlyRow, from).early;
      const late = tolerance(lateRow, to).late;
      const met = typeof actual === 'number' && actual >= from - early && actual <= to + late;
      return met
        ? { outcome: 'met' }
        : { outcome: 'missed', why: `allowed: ${round(early)} s early, ${round(late)} s late` };
    },
    true,
  );

/** Every element matches; a list of fewer than `atLeast` misses. */
export const each = (expected: unknown, atLeast = 1): Matcher => {
  const inner = asMatcher(expected);
  return matcher(
    `at least ${atLeast}, each ${inner.text}`,
    (actual, judging) => {
      if (!Array.isArray(actual) || actual.length < atLeast) return false;
      return worst(actual.map((element, i) => at(i, inner.judge(element, judging))));
    },
    inner.timed,
  );
};

export const contains = (expected: unknown): Matcher => {
  const inner = asMatcher(expected);
  return matcher(
    `contains ${inner.text}`,
    (actual, judging) => isList(actual) && actual.some((element) => inner.judge(element, judging).outcome === 'met'),
  );
};

export const lacks = (expected: unknown): Matcher => {
  const inner = asMatcher(expected);
  return matcher(
    `lacks ${inner.text}`,
    (actual, judging) =>
      isList(actual) && actual.every((element) => inner.judge(element, judging).outcome === 'missed'),
  );
};

/** A string that the expression finds. */
export const matches = (expression: RegExp): Matcher =>
  matcher(String(expression), (actual) => typeof actual === 'string' && expression.test(actual));

/** Any value but undefined. */
export const present: Matcher = matcher('present', (actual) => actual !== undefined);
export const absent: Matcher = matcher('absent', (actual) => actual === undefined);

/** A number in [from, to]. */
export const between = (from: number, to: number): Matcher =>
  matcher(`${from} to ${to}`, (actual) => typeof actual === 'number' && actual >= from && actual <= to);

/** Properties of an object, each with its matcher; others are free. */
export const having = (expected: Readonly<Record<string, unknown>>): Matcher => {
  const inner = Object.entries(expected).map(([key, value]) => [key, asMatcher(value)] as const);
  return matcher(`{ ${inner.map(([key, value]) => `${key}: ${value.text}`).join(', ')} }`, (actual, judging) => {
    if (typeof actual !== 'object' || actual === null) return false;
    const properties = new Map<string, unknown>(Object.entries(actual));
    return worst(inner.map(([key, value]) => at(key, value.judge(properties.get(key), judging))));
  });
};

function worst(findings: readonly Finding[]): Finding {
  return (
    findings.find((finding) => finding.outcome === 'missed') ??
    findings.find((finding) => finding.outcome === 'tolerated') ?? { outcome: 'met' }
  );
}

function at(place: string | number, finding: Finding): Finding {
  return finding.outcome === 'met'
    ? finding
    : { ...finding, why: `at ${place}${finding.why ? `: ${finding.why}` : ''}` };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Deep equality of plain data; bytes by content. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const other = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => other.has(key) && same(value, other.get(key)));
}

/** A value for a report: JSON, bytes as hexadecimal, times to the millisecond, long texts cut. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string' && isCode(value)) return value;
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Uint8Array) return toHex(part);
    if (typeof part === 'bigint') return String(part);
    return typeof part === 'number' ? round(part) : part;
  });
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}

const isCode = (value: string): boolean => /^(\d\.\d\d|none|RST)$/.test(value);
