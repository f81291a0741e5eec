/** CBOR by the rules of RFC 8949 §3; heads may be forced longer than needed, and lengths may lie. All results are hexadecimal. */
import { bigEndian, float16, float32, float64, sizeOf, utf8 } from '../lib/bytes.mjs';

/**
 * Initial byte and argument. @param {number} major 0 to 7 @param {bigint | number | string} argument
 * @param {0 | 1 | 2 | 4 | 8} [width] bytes of the argument; the fewest without it
 */
export function head(major, argument, width) {
  const value = BigInt(argument);
  const bytes = width ?? (value < 24n ? 0 : value < 256n ? 1 : value < 65536n ? 2 : value < 4294967296n ? 4 : 8);
  const info = bytes === 0 ? Number(value) : { 1: 24, 2: 25, 4: 26, 8: 27 }[bytes];
  return bigEndian((major << 5) | (info ?? 0), 1) + (bytes ? bigEndian(value, bytes) : '');
}

/** @param {bigint | number | string} value @param {0 | 1 | 2 | 4 | 8} [width] */
export const int = (value, width) => (BigInt(value) < 0n ? head(1, -1n - BigInt(value), width) : head(0, value, width));
/** @param {string} value @param {0 | 1 | 2 | 4 | 8} [width] */
export const text = (value, width) => head(3, sizeOf(utf8(value)), width) + utf8(value);
/** @param {string} hex @param {0 | 1 | 2 | 4 | 8} [width] */
export const bytes = (hex, width) => head(2, sizeOf(hex), width) + hex;
/** @param {...string} items */
export const array = (...items) => head(4, items.length) + items.join('');
/** @param {...(readonly [string, string])} pairs */
export const map = (...pairs) => head(5, pairs.length) + pairs.flat().join('');
/** @param {number} number @param {string} item */
export const tag = (number, item) => head(6, number) + item;

const BREAK = 'ff';
/** @param {...string} items */
export const arrayIndefinite = (...items) => `9f${items.join('')}${BREAK}`;
/** @param {...(readonly [string, string])} pairs */
export const mapIndefinite = (...pairs) => `bf${pairs.flat().join('')}${BREAK}`;
/** @param {...string} chunks */
export const textIndefinite = (...chunks) => `7f${chunks.map((chunk) => text(chunk)).join('')}${BREAK}`;
/** @param {...string} chunks hexadecimal */
export const bytesIndefinite = (...chunks) => `5f${chunks.map((chunk) => bytes(chunk)).join('')}${BREAK}`;

export const TRUE = 'f5';
export const FALSE = 'f4';
export const NULL = 'f6';
export const UNDEFINED = 'f7';

/** @param {number} value */
export function half(value) {
  const bits = float16(value);
  if (bits === undefined) throw new Error(`${value} has no binary16`);
  return `f9${bits}`;
}
/** @param {number} value */
export const single = (value) => `fa${float32(value)}`;
/** @param {number} value */
export const double = (value) => `fb${float64(value)}`;

/** Every width that holds the value, narrowest first. @param {number} value */
export function floatForms(value) {
  const forms = [double(value)];
  if (Number.isNaN(value) || Math.fround(value) === value) forms.unshift(single(value));
  if (float16(value) !== undefined) forms.unshift(half(value));
  return forms;
}

/** Decimal fraction, RFC 8949 §3.4.4. @param {number} exponent @param {bigint | number | string} mantissa */
export const decimalFraction = (exponent, mantissa) => tag(4, array(int(exponent), int(mantissa)));

/** @typedef {import('../lib/values.mjs').Node} Node */

/** The preferred item of a node (Core 1.2.2 §7.5.3, §7.5.4): a float in its narrowest width, a time without a tag. @param {Node} node */
export function valueItem({ type, value }) {
  switch (type) {
    case 'integer':
    case 'unsigned':
    case 'time':
      return int(String(value));
    case 'float':
      return floatForms(Number(value))[0] ?? '';
    case 'boolean':
      return value ? TRUE : FALSE;
    case 'opaque':
      return bytes(String(value));
    case 'none':
      return NULL;
    case 'string':
    case 'corelnk':
    case 'objlnk':
      return text(String(value));
    default:
      throw new Error(`no CBOR item for ${type}`);
  }
}

/** Other permitted items of the same value, with the reason. @param {Node} node @returns {{ item: string, why: string }[]} */
export function otherItems(node) {
  if (node.type !== 'float') return [];
  return floatForms(Number(node.value))
    .slice(1)
    .map((item) => ({ item, why: item.startsWith('fa') ? 'binary32' : 'binary64' }));
}
