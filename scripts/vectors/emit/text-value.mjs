/** Single values as plain text (Core 1.0 §6.4.1, Core 1.1 §7.4.1, Core 1.2.2 §7.5.1, Appendix C). */
import { bytesOf } from '../lib/bytes.mjs';

/** Standard alphabet with padding, RFC 4648 §4. @param {string} hex */
export const base64 = (hex) => btoa(String.fromCharCode(...bytesOf(hex)));

/** URL alphabet without padding, RFC 4648 §5. @param {string} hex */
export const base64url = (hex) => base64(hex).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** A finite float without exponent: digits, a dot where one is needed. @param {number} value */
export function decimal(value) {
  const shortest = Object.is(value, -0) ? '-0' : String(value);
  const split = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest);
  if (!split) return shortest;
  const [, sign = '', first = '', rest = '', power = '0'] = split;
  const digits = first + rest;
  const point = 1 + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length
    ? sign + digits.padEnd(point, '0')
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** @param {import('../lib/values.mjs').Node} node */
export function textOf(node) {
  switch (node.type) {
    case 'float':
      return decimal(Number(node.value));
    case 'boolean':
      return node.value ? '1' : '0';
    case 'opaque':
      return base64(String(node.value));
    default:
      return String(node.value);
  }
}
