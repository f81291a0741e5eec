import { fromUtf8 } from '../../base/bytes.js';
import { fail } from './attempt.js';

/** Below this length joining characters beats a call into the engine's decoder; measured on Node 20. */
const SHORT = 24;

/**
 * The UTF-8 text of `bytes[from..to)`.
 *
 * @throws ProblemError `invalid-utf8` with the offset of the first wrong byte (RFC 3629)
 */
export function readText(bytes: Uint8Array, from: number, to: number): string {
  return (to - from <= SHORT ? shortAscii(bytes, from, to) : undefined) ?? strictText(bytes, from, to);
}

function shortAscii(bytes: Uint8Array, from: number, to: number): string | undefined {
  let text = '';
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    if ((a | b | c | d) > 0x7f) return undefined;
    text += String.fromCharCode(a, b, c, d);
  }
  for (; at < to; at++) {
    const a = bytes[at] ?? 0;
    if (a > 0x7f) return undefined;
    text += String.fromCharCode(a);
  }
  return text;
}

function strictText(bytes: Uint8Array, from: number, to: number): string {
  const text = fromUtf8(bytes.subarray(from, to));
  if (text !== undefined) return text;
  return fail('invalid-utf8', 'the text is not UTF-8', firstInvalid(bytes, from, to), 'well-formed UTF-8 (RFC 3629)');
}

/** Lead bytes by range: continuation bytes that follow, and the bounds of the first of them (RFC 3629 §4). */
const SEQUENCES: readonly (readonly [number, number, number, number, number])[] = [
  [0xc2, 0xdf, 1, 0x80, 0xbf],
  [0xe0, 0xe0, 2, 0xa0, 0xbf],
  [0xe1, 0xec, 2, 0x80, 0xbf],
  [0xed, 0xed, 2, 0x80, 0x9f],
  [0xee, 0xef, 2, 0x80, 0xbf],
  [0xf0, 0xf0, 3, 0x90, 0xbf],
  [0xf1, 0xf3, 3, 0x80, 0xbf],
  [0xf4, 0xf4, 3, 0x80, 0x8f],
];

/** Offset of the first byte of the first malformed sequence; `to` when there is none. */
export function firstInvalid(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const sequence = SEQUENCES.find(([low, high]) => lead >= low && lead <= high);
    if (!sequence) return at;
    const [, , more, low, high] = sequence;
    const second = bytes[at + 1] ?? 0;
    if (at + more >= to || second < low || second > high) return at;
    for (let i = 2; i <= more; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return at;
    at += more + 1;
  }
  return to;
}

/** Whether UTF-8 can carry `text`: no lone surrogate. */
export const isEncodable = (text: string): boolean => !/\p{Surrogate}/u.test(text);
