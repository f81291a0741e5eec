import type { ResourceType, Value } from './value.js';

/** Closed intervals of numbers, or of lengths in bytes for strings and opaque values. */
export type Range = readonly (readonly [from: number, to: number])[];

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const INTERVAL = new RegExp(String.raw`^\[?(${NUMBER})\s*(?:\.{2,3}|:|-)\s*(${NUMBER})\]?$`);
const SINGLE = new RegExp(`^(${NUMBER})$`);
const WIDTH = /^(\d+)[\s-]*(bits?|bytes?)$/i;

/**
 * Reads the RangeEnumeration of a resource. The registry writes it freely: `0..255`, `0-100`, `1...15`, `[1:4]`, `16,32,48`,
 * `10 or 26 Bytes`, `8 bit`.
 *
 * @returns undefined where it is empty or says nothing that a program can check
 */
export function parseRange(text: string, type: ResourceType): Range | undefined {
  const isLength = type === 'string' || type === 'opaque' || type === 'corelnk';
  const width = WIDTH.exec(text.trim());
  if (width && !isLength) return [widthOf(Number(width[1]), /^byte/i.test(width[2] ?? ''))];
  if (width && /^bit/i.test(width[2] ?? '')) return undefined;
  const bare = text.trim().replace(/\s*bytes?$/i, '');
  const parts = /^\d+(-\d+){2,}$/.test(bare) ? bare.split('-') : bare.split(/\s*(?:[,;]|\bor\b)\s*/);
  const single = parts.length === 1 && SINGLE.test(bare);
  // A lone number is the longest string, or the length of an opaque value; for a number it can mean anything.
  if (single) return isLength ? [[type === 'opaque' ? Number(bare) : 0, Number(bare)]] : undefined;
  const range = parts.map(parsePart);
  return range.every((part) => part !== undefined) ? range : undefined;
}

/** Either reading of a width in bits or bytes, signed or not. */
function widthOf(width: number, bytes: boolean): [number, number] {
  const bits = bytes ? width * 8 : width;
  return [-(2 ** (bits - 1)), 2 ** bits - 1];
}

function parsePart(part: string): readonly [number, number] | undefined {
  const single = SINGLE.exec(part);
  if (single) return [Number(part), Number(part)];
  const interval = INTERVAL.exec(part);
  if (!interval) return undefined;
  const [from, to] = [Number(interval[1]), Number(interval[2])];
  return from <= to ? [from, to] : undefined;
}

/** Whether a value lies in the range of its resource; always where that is open. */
export function inRange(value: Value, range: string): boolean {
  const parsed = parseRange(range, value.type);
  const measure = parsed && measureOf(value);
  return measure === undefined || !parsed || parsed.some(([from, to]) => measure >= from && measure <= to);
}

function measureOf(value: Value): number | bigint | undefined {
  switch (value.type) {
    case 'integer':
    case 'unsigned':
    case 'time':
    case 'float':
      return value.value;
    case 'string':
    case 'corelnk':
      return new TextEncoder().encode(value.value).length;
    case 'opaque':
      return value.value.length;
    default:
      return undefined;
  }
}
