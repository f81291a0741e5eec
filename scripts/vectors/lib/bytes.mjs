/** Bytes are lower-case hexadecimal strings throughout the generator: they concatenate with `+` and read as they are printed. */

const encoder = new TextEncoder();

/** @param {Iterable<number>} bytes */
export const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {string} hex */
export const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** UTF-8 of a text; a lone surrogate is a mistake here, write such bytes by hand. @param {string} text */
export function utf8(text) {
  if (!text.isWellFormed()) throw new Error(`lone surrogate in ${JSON.stringify(text)}`);
  return hexOf(encoder.encode(text));
}

/** The last `width` bytes of an integer in two's complement, big-endian. @param {bigint | number} value @param {number} width */
export const bigEndian = (value, width) =>
  BigInt.asUintN(width * 8, BigInt(value))
    .toString(16)
    .padStart(width * 2, '0');

/** @param {string} hex */
export const sizeOf = (hex) => hex.length / 2;

/** Blanks are for the reader of the generator. @param {string} hex */
export function hex(hex) {
  const packed = hex.replace(/\s+/g, '').toLowerCase();
  if (!/^([0-9a-f]{2})*$/.test(packed)) throw new Error(`not hexadecimal: ${hex}`);
  return packed;
}

/** IEEE 754 binary64. @param {number} value */
export function float64(value) {
  if (Number.isNaN(value)) return '7ff8000000000000';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** IEEE 754 binary32, rounded to nearest even. @param {number} value */
export function float32(value) {
  if (Number.isNaN(value)) return '7fc00000';
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

/** IEEE 754 binary16 of a value that it holds exactly, else undefined. @param {number} value */
export function float16(value) {
  if (Number.isNaN(value)) return '7e00';
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return hexOf16(sign);
  if (size === Infinity) return hexOf16(sign | 0x7c00);
  const exponent = Math.max(Math.floor(Math.log2(size)), -14);
  const steps = size / 2 ** (exponent - 10);
  if (!Number.isInteger(steps) || steps >= 2048 || exponent > 15) return undefined;
  return hexOf16(sign | (steps >= 1024 ? ((exponent + 15) << 10) | (steps - 1024) : steps));
}

const hexOf16 = (/** @type {number} */ bits) => bits.toString(16).padStart(4, '0');

/** @param {number} value @returns {'f16' | 'f32' | 'f64'} the narrowest width that holds the value */
export function narrowest(value) {
  if (Number.isNaN(value) || float16(value) !== undefined) return 'f16';
  return Math.fround(value) === value ? 'f32' : 'f64';
}
