/** Exact decimals: a whole number of units of 10^-scale. NaN and the infinities stay JavaScript numbers. */

/** @typedef {{ digits: bigint, scale: number }} Decimal */

/** @param {string} text @returns {Decimal | number} */
export function decimalOf(text) {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text);
  if (!match) return Number(text);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(sign + whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Both in the unit of the finer one. @param {Decimal} a @param {Decimal} b @returns {[bigint, bigint]} */
function aligned(a, b) {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale)];
}

/** @param {Decimal | number} value */
const asNumber = (value) => (typeof value === 'number' ? value : Number(value.digits) / 10 ** value.scale);

/** -1, 0, 1; NaN where one of them is no number. @param {Decimal | number} a @param {Decimal | number} b */
export function compare(a, b) {
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [asNumber(a), asNumber(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? NaN : Math.sign(x === y ? 0 : x - y);
  }
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** |a - b| @param {Decimal | number} a @param {Decimal | number} b @returns {Decimal | number} */
export function distance(a, b) {
  if (typeof a === 'number' || typeof b === 'number') return Math.abs(asNumber(a) - asNumber(b));
  const [x, y] = aligned(a, b);
  return { digits: x > y ? x - y : y - x, scale: Math.max(a.scale, b.scale) };
}
