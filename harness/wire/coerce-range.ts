import { utf8 } from '../base/bytes.js';
import type { Problem } from '../base/error.js';
import type { ResourceDefinition } from '../model/definition.js';
import { formatValue, type Value } from '../model/value.js';

/** One alternative of a range: from `low` to `high`, both included. */
type Interval = readonly [low: number | bigint, high: number | bigint];

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const INTERVAL = new RegExp(`^(${NUMBER})\\s*(?:\\.{2,3}|-)\\s*(${NUMBER})$`);

/**
 * Whether a value lies in the range of its definition: `0..255`, `0-100`, `-90..90`, `0..247, 255`, `5, 10, 15`, `0: off 1: on`,
 * `1..64 bytes`, or for a String a list of words such as `U,S,T`. Of a String or Opaque the length in bytes is meant (F-8, E-29).
 *
 * The registry holds prose there too, and single numbers whose meaning is open: these are no limit. Undefined is no problem;
 * the problem code is `out-of-range`.
 */
export function checkRange(value: Value, definition: ResourceDefinition): Problem | undefined {
  const range = definition.range.trim();
  if (range === '' || value.type === 'boolean' || value.type === 'objlnk') return undefined;
  const isIn = value.type === 'string' && isWordList(range) ? hasWord(range, value.value) : isWithinAny(range, value);
  if (isIn) return undefined;
  return {
    code: 'out-of-range',
    message: `${formatValue(value)} is out of range for ${definition.name}`,
    hint: `expected ${range.replace(/\s+/g, ' ')}`,
  };
}

/** Words in capitals with a separator, of which at least one is no number. */
const isWordList = (range: string): boolean =>
  /^[A-Z\d_]+(\s*[,;|]\s*[A-Z\d_]+)+$/.test(range) ? /[A-Z]/.test(range) : /^[A-Z]$/.test(range);

const hasWord = (range: string, word: string): boolean => range.split(/\s*[,;|]\s*/).includes(word);

function isWithinAny(range: string, value: Value): boolean {
  const intervals = parseRange(range);
  if (!intervals) return true;
  const measure = measureOf(value);
  return measure === undefined || intervals.some(([low, high]) => measure >= low && measure <= high);
}

/** What the range limits: the number itself, or the number of bytes. */
function measureOf(value: Value): number | bigint | undefined {
  switch (value.type) {
    case 'string':
    case 'corelnk':
      return utf8(value.value).length;
    case 'opaque':
      return value.value.length;
    case 'integer':
    case 'unsigned':
    case 'time':
    case 'float':
      return value.value;
    default:
      return undefined;
  }
}

/** The alternatives of a range, or undefined when it is none. */
function parseRange(range: string): readonly Interval[] | undefined {
  const named = [...range.matchAll(/(?:^|\s)(-?\d+)\s*:/g)].map((match) => match[1] ?? '');
  if (named.length > 0) return named.map((text) => [BigInt(text), BigInt(text)]);
  const parts = range.replace(/\s*bytes?$/i, '').split(/\s*[,;]\s*/);
  const intervals = parts.map(parseInterval);
  const isSingleNumber = intervals.length === 1 && new RegExp(`^${NUMBER}$`).test(parts[0] ?? '');
  if (isSingleNumber || intervals.includes(undefined)) return undefined;
  return intervals.filter((interval) => interval !== undefined);
}

/** The registry has an interval or two with its ends the wrong way round. */
function parseInterval(text: string): Interval | undefined {
  const [, first, second] = INTERVAL.exec(text) ?? (new RegExp(`^(${NUMBER})$`).test(text) ? [text, text, text] : []);
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = [exact(first), exact(second)];
  return a <= b ? [a, b] : [b, a];
}

/** Exact beyond 2^53: bounds such as 18446744073709551615 are common. */
const exact = (text: string): number | bigint => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text));
