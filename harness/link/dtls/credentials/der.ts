import { concatBytes, utf8 } from '../../../base/bytes.js';

/** ASN.1 tags in use (X.690 §8). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bit_string: 0x03,
  octet_string: 0x04,
  oid: 0x06,
  utf8_string: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utc_time: 0x17,
  generalized_time: 0x18,
} as const;

/** Tag, length in the shortest form, content (X.690 §10.1). */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return concatBytes(Uint8Array.of(tag), encodeLength(length), ...content);
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >>> 8, length);
}

/** Object identifier of dotted numbers (X.690 §8.19). */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const digits = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) | 0x80);
  return digits;
}

/** A BIT STRING of whole bytes. */
export const bitString = (bytes: Uint8Array): Uint8Array => der(TAG.bit_string, Uint8Array.of(0), bytes);

/** A Name with a common name only (RFC 5280 §4.1.2.4). */
export const commonName = (name: string): Uint8Array =>
  der(TAG.sequence, der(TAG.set, der(TAG.sequence, oid('2.5.4.3'), der(TAG.utf8_string, utf8(name)))));

/** An instant of a certificate: UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). @param seconds since 1970 */
export function time(seconds: number): Uint8Array {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const { year, month, day } = civil(days);
  const two = (value: number): string => String(value).padStart(2, '0');
  const tail = [month, day, Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(two).join('');
  return year >= 1950 && year < 2050
    ? der(TAG.utc_time, utf8(`${two(year % 100)}${tail}Z`))
    : der(TAG.generalized_time, utf8(`${String(year).padStart(4, '0')}${tail}Z`));
}

/** One element: its tag, content, and the bytes of both. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly bytes: Uint8Array;
}

/** The elements that lie one after another in `bytes`, or undefined when they do not add up (X.690 §8.1). */
export function decodeElements(bytes: Uint8Array): Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = decodeLength(bytes, at + 1);
    if (!length || (bytes[at] ?? 0) % 32 === 31) return undefined;
    const end = length.end + length.value;
    if (end > bytes.length) return undefined;
    elements.push({ tag: bytes[at] ?? 0, content: bytes.subarray(length.end, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

function decodeLength(bytes: Uint8Array, at: number): { value: number; end: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, end: at + 1 };
  const digits = bytes.subarray(at + 1, at + 1 + (first & 0x7f));
  if (digits.length === 0 || digits.length > 3 || digits.length < (first & 0x7f)) return undefined;
  return { value: digits.reduce((value, digit) => value * 256 + digit, 0), end: at + 1 + digits.length };
}

/** Dotted numbers of the content of an object identifier. */
export function formatOid(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** Seconds since 1970 of UTCTime or GeneralizedTime in the forms of RFC 5280 §4.1.2.5, or undefined. */
export function parseTime({ tag, content }: Element): number | undefined {
  const text = String.fromCharCode(...content);
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!match) return undefined;
  const [given = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (match[1]?.length !== (tag === TAG.utc_time ? 2 : 4)) return undefined;
  const year = tag === TAG.utc_time ? given + (given < 50 ? 2000 : 1900) : given;
  return daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** Days of a Gregorian date; the year is counted from March, so that the leap day comes last. */
export function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civil(days: number): { year: number; month: number; day: number } {
  let year = 1970 + Math.floor(days / 365.2425);
  while (daysSince1970(year, 1, 1) > days) year--;
  while (daysSince1970(year + 1, 1, 1) <= days) year++;
  let month = 12;
  while (daysSince1970(year, month, 1) > days) month--;
  return { year, month, day: days - daysSince1970(year, month, 1) + 1 };
}
