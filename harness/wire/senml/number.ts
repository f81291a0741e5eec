import { addDecimals, formatDecimal, parseDecimal, type Decimal } from '../cbor/decimal.js';
import { fail } from '../cbor/attempt.js';
import type { Scalar } from '../cbor/scalar.js';

/** A number of SenML as it was written. */
export type Numeric = Extract<Scalar, { kind: 'integer' | 'float' | 'decimal' }>;

export const isNumeric = (scalar: Scalar): scalar is Numeric =>
  scalar.kind === 'integer' || scalar.kind === 'float' || scalar.kind === 'decimal';

/**
 * Base plus own number (RFC 8428 §4.5.2, §4.5.3): exact for integers and for what is written in decimal;
 * two binary floats are added as such.
 */
export function addNumbers(base: Numeric | undefined, own: Numeric | undefined, at: number): Numeric | undefined {
  if (!base || !own) return base ?? own;
  if (base.kind === 'integer' && own.kind === 'integer') return addIntegers(base.value, own.value);
  if (base.kind !== 'decimal' && own.kind !== 'decimal')
    return { kind: 'float', value: Number(base.value) + Number(own.value) };
  return { kind: 'decimal', value: formatDecimal(addDecimals(decimalOf(base, at), decimalOf(own, at))) };
}

function addIntegers(base: number | bigint, own: number | bigint): Numeric {
  if (typeof base === 'number' && typeof own === 'number' && Number.isSafeInteger(base + own))
    return { kind: 'integer', value: base + own };
  return { kind: 'integer', value: BigInt(base) + BigInt(own) };
}

function decimalOf(number: Numeric, at: number): Decimal {
  const exact = parseDecimal(String(number.value));
  return (
    exact ?? fail('out-of-range', `${number.value} cannot be added`, at, 'a finite number of less than 400 digits')
  );
}

/** Seconds of a time. */
export function toSeconds(time: Numeric, at: number): number {
  const seconds = Number(time.value);
  return Number.isFinite(seconds)
    ? seconds
    : fail('out-of-range', `${time.value} is no time`, at, 'a finite number of seconds');
}
