/** Sequence numbers of notifications have 24 bits (RFC 7641 §3.4). */
export const OBSERVE_MODULUS = 2 ** 24;

/** Seconds after which any notification counts as newer (RFC 7641 §3.4). */
const FRESH_WITHIN = 128;

/**
 * Whether the notification `next` is newer than `previous` (RFC 7641 §3.4).
 *
 * @param previous Observe value, 24 bits
 * @param next Observe value, 24 bits
 * @param secondsBetween from the arrival of `previous` to that of `next`
 */
export function isNewer(previous: number, next: number, secondsBetween: number): boolean {
  if (secondsBetween > FRESH_WITHIN) return true;
  const half = OBSERVE_MODULUS / 2;
  return (previous < next && next - previous < half) || (previous > next && previous - next > half);
}
