/** IEEE 754 binary16, binary32 and binary64 without loss, and the narrowest of them that holds a number (RFC 8949 §4.1). */

const word = new Uint8Array(8);
const view = new DataView(word.buffer);

/** Bytes of a float on the wire. */
export type FloatWidth = 2 | 4 | 8;

/** What the last bit of a half is worth, by exponent: a power is as slow as reading a whole item. */
const UNIT = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 25));

/** The number of 16 bits (RFC 8949 appendix D). */
export function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction : fraction + 1024) * (UNIT[exponent] ?? 0);
}

/** The float of `width` bytes at `at`, which must be there. */
export function readFloat(bytes: Uint8Array, at: number, width: FloatWidth): number {
  if (width === 2) return fromHalf(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  for (let i = 0; i < width; i++) word[i] = bytes[at + i] ?? 0;
  return width === 8 ? view.getFloat64(0) : view.getFloat32(0);
}

/** The 16 bits that hold `value` exactly, or -1. Every NaN is 7E00. */
export function toHalf(value: number): number {
  if (value !== value) return 0x7e00;
  view.setFloat32(0, value);
  if (view.getFloat32(0) !== value) return -1;
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude === 0) return sign;
  if (magnitude === 0x7f800000) return sign | 0x7c00;
  const exponent = (magnitude >>> 23) - 127;
  const fraction = magnitude & 0x7fffff;
  if (exponent >= -14 && exponent <= 15)
    return (fraction & 0x1fff) === 0 ? sign | ((exponent + 15) << 10) | (fraction >>> 13) : -1;
  const units = Math.abs(value) * 2 ** 24; // subnormal halves are whole multiples of 2^-24
  return units < 1024 && Number.isInteger(units) ? sign | units : -1;
}

/** The narrowest width, not below `least`, that holds `value` exactly. */
export function floatWidth(value: number, least: FloatWidth = 2): FloatWidth {
  if (value === value && Math.fround(value) !== value) return 8;
  return least === 2 && toHalf(value) >= 0 ? 2 : least === 8 ? 8 : 4;
}

/** Puts `value` at `at` in `width` bytes; a width that is too narrow rounds. */
export function writeFloat(bytes: Uint8Array, at: number, value: number, width: FloatWidth): void {
  if (width === 8) view.setFloat64(0, value);
  else if (width === 4) view.setFloat32(0, value);
  else view.setUint16(0, roundToHalf(value));
  for (let i = 0; i < width; i++) bytes[at + i] = word[i] ?? 0;
}

function roundToHalf(value: number): number {
  const exact = toHalf(value);
  if (exact >= 0) return exact;
  const size = Math.abs(value);
  if (size >= 65520) return value < 0 ? 0xfc00 : 0x7c00;
  const step = 2 ** Math.max(Math.floor(Math.log2(size)) - 10, -24);
  const below = Math.floor(size / step);
  const rest = size / step - below;
  const rounded = (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below) * step;
  return toHalf(value < 0 ? -rounded : rounded);
}
