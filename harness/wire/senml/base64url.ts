import type { Leniency } from '../codec.js';
import { fail } from '../cbor/attempt.js';

/** Deviations in `vd` that can be let pass by name (F-12, X-40). */
export const dataLeniencies = {
  'base64-padding': 'data values padded with "="',
  'base64-standard-alphabet': 'data values with "+" and "/" in place of "-" and "_"',
  'base64-trailing-bits': 'data values whose last character has bits that belong to no byte',
} as const;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding (RFC 4648 §5, RFC 8428 §4.3). */
export const formatBase64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');

/**
 * The bytes of base64url text.
 *
 * @param at offset of the text, for problems
 * @throws ProblemError `bad-value` for anything that a strict encoder does not write
 */
export function parseBase64url(text: string, at: number, lenient?: ReadonlySet<Leniency>): Uint8Array {
  const url = lenient?.has('base64-standard-alphabet') ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
  const bare = lenient?.has('base64-padding') && url.length % 4 === 0 ? url.replace(/={1,2}$/, '') : url;
  const wrong = bare.search(/[^A-Za-z0-9_-]/);
  if (wrong >= 0)
    fail('bad-value', `${JSON.stringify(bare[wrong])} in a data value`, at, 'base64url without padding (RFC 4648 §5)');
  const over = bare.length % 4;
  if (over === 1) fail('bad-value', `a data value of ${bare.length} characters`, at, 'a length that makes whole bytes');
  const spare = over === 2 ? 0x0f : over === 3 ? 0x03 : 0;
  if (ALPHABET.indexOf(bare.slice(-1)) & spare && !lenient?.has('base64-trailing-bits'))
    fail('bad-value', 'the last character of a data value has bits that belong to no byte', at, 'zero bits');
  return Uint8Array.from(Buffer.from(bare, 'base64url'));
}
