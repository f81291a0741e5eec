import type { Entry } from '../../model/value.js';
import { formatDecimal, addDecimals, parseDecimal } from '../cbor/decimal.js';

/** The times of a record; undefined: the field is not there. */
export interface Times {
  readonly bt: number | undefined;
  readonly t: number | undefined;
}

/**
 * Divides times into a base time, that of the first entry, and offsets from it (RFC 8428 §4.5.3). When an entry has no
 * time, or an offset would not add up to just the same time again, every time stands whole in t.
 */
export function planTimes(
  entries: readonly Entry[],
  style: ReadonlySet<string> | undefined,
): readonly Times[] | undefined {
  let timed = 0;
  for (const { time } of entries) if (time !== undefined) timed++;
  if (timed === 0) return undefined;
  const first = entries[0]?.time;
  const whole = entries.map(({ time }) => ({ bt: undefined, t: time }));
  if (first === undefined || timed < entries.length || style?.has('absolute-time')) return whole;
  const offsets = entries.map(({ time }) => offsetOf(first, time ?? 0));
  if (offsets.includes(undefined)) return whole;
  return offsets.map((offset, i) => ({ bt: i === 0 ? first : undefined, t: offset === 0 ? undefined : offset }));
}

/** What added to `base` gives `time`, both as decimals (JSON) and as binary floats (CBOR); undefined when nothing short does. */
function offsetOf(base: number, time: number): number | undefined {
  if (Number.isSafeInteger(base) && Number.isSafeInteger(time) && Number.isSafeInteger(time - base)) return time - base;
  const [from, to] = [parseDecimal(String(-base)), parseDecimal(String(time))];
  if (!from || !to) return undefined;
  const offset = Number(formatDecimal(addDecimals(from, to)));
  const [a, b] = [parseDecimal(String(base)), parseDecimal(String(offset))];
  const sum = a && b ? Number(formatDecimal(addDecimals(a, b))) : NaN;
  return sum === time && base + offset === time ? offset : undefined;
}
