/** CoAP messages by RFC 7252 §3, and RFC 8323 §3.2 for TCP; options may be given in any order of delta, headers may lie. */
import { bigEndian, sizeOf } from '../lib/bytes.mjs';

export const TYPES = { CON: 0, NON: 1, ACK: 2, RST: 3 };
/** `2.05` as one byte. @param {string} code */
export const codeByte = (code) => bigEndian((Number(code.slice(0, 1)) << 5) | Number(code.slice(2)), 1);

/** Nibble and extension of a delta or length. @param {number} value */
function extended(value) {
  if (value < 13) return { nibble: value, bytes: '' };
  if (value < 269) return { nibble: 13, bytes: bigEndian(value - 13, 1) };
  return { nibble: 14, bytes: bigEndian(value - 269, 2) };
}

/** One option. @param {number} delta @param {string} value hexadecimal */
export function option(delta, value) {
  const d = extended(delta);
  const l = extended(sizeOf(value));
  return bigEndian((d.nibble << 4) | l.nibble, 1) + d.bytes + l.bytes + value;
}

/** @typedef {[number, string]} Option number and value */

/** Options in ascending order, those of one number in the order given. @param {readonly Option[]} list */
export function options(list) {
  let last = 0;
  return [...list]
    .sort((a, b) => a[0] - b[0])
    .map(([number, value]) => {
      const bytes = option(number - last, value);
      last = number;
      return bytes;
    })
    .join('');
}

/**
 * @typedef {object} Message
 * @property {keyof typeof TYPES} [type] CON without it
 * @property {string} code
 * @property {number} [mid]
 * @property {string} [token]
 * @property {readonly Option[]} [options]
 * @property {string | null} [payload] hexadecimal; null or absent: no marker
 */

/** @param {Message} message @param {{ version?: number, tkl?: number }} [lies] */
export function message(
  { type = 'CON', code, mid = 1, token = '', options: list = [], payload = null },
  { version = 1, tkl = sizeOf(token) } = {},
) {
  return (
    bigEndian((version << 6) | (TYPES[type] << 4) | tkl, 1) +
    codeByte(code) +
    bigEndian(mid, 2) +
    token +
    options(list) +
    (payload === null ? '' : `ff${payload}`)
  );
}

/** The message over TCP: no type, no Message ID. @param {Message} message */
export function tcpMessage({ code, token = '', options: list = [], payload = null }) {
  const rest = options(list) + (payload === null ? '' : `ff${payload}`);
  const length = sizeOf(rest);
  const tkl = sizeOf(token);
  const [nibble, bytes] =
    length < 13
      ? [length, '']
      : length < 269
        ? [13, bigEndian(length - 13, 1)]
        : length < 65805
          ? [14, bigEndian(length - 269, 2)]
          : [15, bigEndian(length - 65805, 4)];
  return bigEndian((Number(nibble) << 4) | tkl, 1) + bytes + codeByte(code) + token + rest;
}

/** Shortest unsigned integer; zero is empty. @param {number} value */
export function uint(value) {
  if (value === 0) return '';
  return bigEndian(value, value < 256 ? 1 : value < 65536 ? 2 : value < 16777216 ? 3 : 4);
}
