/** A number written in decimal: `digits` × 10^`exponent`, exact. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Digits beyond which a number is no resource value any more; arithmetic on longer ones could be made to run for hours. */
const LIMIT = 400;

/** The exact value of `-12.5e-3`; undefined when it has more than 400 digits written out. */
export function parseDecimal(text: string): Decimal | undefined {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!found) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = found;
  if (whole.length + fraction.length > LIMIT) return undefined;
  const digits = BigInt(sign + whole + fraction);
  if (digits === 0n) return { digits, exponent: 0 };
  const exponent = Number(power) - fraction.length;
  return Math.abs(exponent) <= LIMIT ? { digits, exponent } : undefined;
}

/** The exact sum. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scale(a, exponent) + scale(b, exponent), exponent };
}

const scale = (value: Decimal, exponent: number): bigint => value.digits * 10n ** BigInt(value.exponent - exponent);

/** The integer that the decimal is; undefined when it has a fraction. */
export function toInteger(value: Decimal): bigint | undefined {
  if (value.exponent >= 0) return scale(value, 0);
  const unit = 10n ** BigInt(-value.exponent);
  return value.digits % unit === 0n ? value.digits / unit : undefined;
}

/** `125e-4`: what `Number` rounds correctly to the nearest float. */
export const formatDecimal = (value: Decimal): string => `${value.digits}e${value.exponent}`;
