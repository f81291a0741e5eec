import type { NotificationAttributes } from './attributes.js';
import { equalValues, type Value } from './value.js';

/**
 * Whether a value that changed calls for a notification: any change does, unless thresholds or an edge are in force
 * for its type; then one of these must fire (Core 1.1 §5.1.2).
 *
 * @param reported what the last notification told: thresholds compare with it
 * @param seen the value at the last evaluation: an edge is a transition, whether or not it was told
 */
export function isCandidate(attributes: NotificationAttributes, reported: Value, seen: Value, now: Value): boolean {
  if (now.type === 'boolean' && attributes.edge !== undefined) return isEdge(seen, now.value, attributes.edge === 1);
  const { gt, lt, st } = attributes;
  const [before, after] = [magnitude(reported), magnitude(now)];
  const conditions = [gt, lt, st].some((threshold) => threshold !== undefined);
  if (before === undefined || after === undefined || !conditions) return !equalValues(reported, now);
  return (
    (gt !== undefined && before > gt !== after > gt) ||
    (lt !== undefined && before < lt !== after < lt) ||
    (st !== undefined && isStep(before, after, st))
  );
}

const isEdge = (seen: Value, now: boolean, rising: boolean): boolean =>
  seen.type === 'boolean' && seen.value !== now && now === rising;

/** The number that thresholds compare; mixed comparisons of bigint and number are exact. */
function magnitude(value: Value): number | bigint | undefined {
  switch (value.type) {
    case 'integer':
    case 'unsigned':
    case 'time':
    case 'float':
      return value.value;
    default:
      return undefined;
  }
}

function isStep(before: number | bigint, after: number | bigint, step: number): boolean {
  if (typeof before === 'bigint' && typeof after === 'bigint')
    return (before > after ? before - after : after - before) >= step;
  const [a, b] = [Number(before), Number(after)];
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Math.abs(a - b) >= step;
  // On the decimals as written: as binary fractions, 0.3 - 0.2 is less than 0.1.
  const [x, y, s] = alignDecimals([a, b, step]);
  return (x > y ? x - y : y - x) >= s;
}

/** The numbers as integers of one common decimal unit. */
function alignDecimals(numbers: readonly [number, number, number]): [bigint, bigint, bigint] {
  const parts = numbers.map((number) => {
    const [mantissa = '0', exponent = '0'] = number.toString().split('e');
    const [whole = '0', fraction = ''] = mantissa.split('.');
    return { digits: BigInt(whole + fraction), scale: Number(exponent) - fraction.length };
  });
  const unit = Math.min(...parts.map(({ scale }) => scale));
  const [x = 0n, y = 0n, s = 0n] = parts.map(({ digits, scale }) => digits * 10n ** BigInt(scale - unit));
  return [x, y, s];
}
