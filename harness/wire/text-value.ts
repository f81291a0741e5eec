import { fromUtf8 } from '../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import { MAX_ID } from '../model/path.js';
import type { ObjectLink, ResourceType, Value } from '../model/value.js';

const INTEGER_LIMITS = {
  integer: [-(2n ** 63n), 2n ** 63n - 1n],
  time: [-(2n ** 63n), 2n ** 63n - 1n],
  unsigned: [0n, 2n ** 64n - 1n],
} as const;

/** Deviations from the strict reading that {@link parseTextValue} accepts by name. */
export const TEXT_LENIENCIES = {
  'text-plus': 'a leading "+" before a number (§6.9)',
  'text-leading-zeros': 'leading zeros and "-0" in an integer, leading zeros in a link',
  'text-bare-point': 'a decimal that starts or ends with its point: ".5", "5."',
  'text-not-finite': 'the words NaN, Infinity and INF for a Float',
  'text-boolean-words': 'true and false for a Boolean (F-9)',
  'hex-null-link': 'FFFF:FFFF for the null link (X-41)',
  'text-base64-unpadded': 'Base64 without its padding',
  'text-base64-trailing-bits': 'Base64 whose unused bits are not zero',
} as const;

export type TextLeniency = keyof typeof TEXT_LENIENCIES;

const bad = (message: string, hint?: string, at = 0): Result<never> =>
  failed({ code: 'bad-value', message, at, ...(hint !== undefined && { hint }) });

const STRICTLY: ReadonlySet<string> = new Set();

/**
 * Reads the text form of a value (Core 1.1 §7.4.1, App. C).
 *
 * Problem codes: `bad-value`, `out-of-range` (64 bits, 16 bits of a link), `bad-type` (an executable has no value);
 * `at` is a character offset.
 */
export function parseTextValue(text: string, type: ResourceType, lenient = STRICTLY): Result<Value> {
  const allows = (leniency: TextLeniency): boolean => lenient.has(leniency);
  switch (type) {
    case 'string':
    case 'corelnk':
      return ok({ type, value: text });
    case 'integer':
    case 'unsigned':
    case 'time': {
      const value = parseInteger(text, type, allows);
      return value.ok ? ok({ type, value: value.value }) : value;
    }
    case 'float': {
      const value = parseFloatText(text, allows);
      return value.ok ? ok({ type, value: value.value }) : value;
    }
    case 'boolean':
      return parseBoolean(text, allows);
    case 'opaque': {
      const value = parseBase64(text, allows);
      return value.ok ? ok({ type, value: value.value }) : value;
    }
    case 'objlnk': {
      const value = parseObjectLink(text, allows);
      return value.ok ? ok({ type, value: value.value }) : value;
    }
    case 'none':
      return failed({ code: 'bad-type', message: 'an executable Resource has no value', at: 0 });
  }
}

type Allows = (leniency: TextLeniency) => boolean;

function parseInteger(text: string, type: keyof typeof INTEGER_LIMITS, allows: Allows): Result<bigint> {
  const digits = allows('text-plus') ? text.replace(/^\+/, '') : text;
  const form = allows('text-leading-zeros') ? /^-?\d+$/ : /^(0|-?[1-9]\d*)$/;
  if (!form.test(digits))
    return bad(`${quote(text)} is not a decimal integer`, 'expected digits with an optional "-" and no leading zeros');
  const [least, most] = INTEGER_LIMITS[type];
  // 25 digits exceed 64 bits; longer ones are not worth converting.
  const value = digits.length > 25 && !/^-?0/.test(digits) ? undefined : BigInt(digits);
  if (value === undefined || value < least || value > most)
    return failed({
      code: 'out-of-range',
      message: `${quote(text)} exceeds the type ${type}`,
      at: 0,
      hint: `expected ${least} to ${most}`,
    });
  return ok(value);
}

function parseFloatText(text: string, allows: Allows): Result<number> {
  const number = allows('text-plus') ? text.replace(/^\+/, '') : text;
  if (allows('text-not-finite') && /^(NaN|-?(Infinity|INF))$/.test(number))
    return ok(Number(number.replace('INF', 'Infinity')));
  const point = allows('text-bare-point') ? /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/ : /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
  if (!point.test(number))
    return bad(`${quote(text)} is not a decimal number`, 'expected digits with an optional "-" and one point');
  const value = Number(number);
  if (!Number.isFinite(value))
    return failed({ code: 'out-of-range', message: `${quote(text)} exceeds a 64-bit Float`, at: 0 });
  return ok(value);
}

function parseBoolean(text: string, allows: Allows): Result<Value> {
  if (text === '0' || text === '1') return ok({ type: 'boolean', value: text === '1' });
  if (allows('text-boolean-words') && (text === 'true' || text === 'false'))
    return ok({ type: 'boolean', value: text === 'true' });
  return bad(`${quote(text)} is not a Boolean`, 'expected 0 or 1');
}

/**
 * Reads `3:0`; the null link is `65535:65535` (F-10). Problem codes: `bad-value`, `out-of-range`.
 * Shared by text, SenML and LwM2M JSON, which write links alike.
 */
export function parseObjectLink(text: string, allows: Allows = () => false): Result<ObjectLink> {
  if (allows('hex-null-link') && /^ffff:ffff$/i.test(text)) return ok({ object: MAX_ID, instance: MAX_ID });
  const id = allows('text-leading-zeros') ? '(\\d{1,9})' : '(0|[1-9]\\d{0,8})';
  const parts = new RegExp(`^${id}:${id}$`).exec(text);
  if (!parts) return bad(`${quote(text)} is not an object link`, 'expected two decimal identifiers, as in 3:0');
  const [object, instance] = [Number(parts[1]), Number(parts[2])];
  if (object > MAX_ID || instance > MAX_ID)
    return failed({ code: 'out-of-range', message: `${quote(text)} has an identifier above ${MAX_ID}`, at: 0 });
  return ok({ object, instance });
}

/** Reads Base64 of RFC 4648 §4: standard alphabet, padded, no blanks. Problem code: `bad-value`. */
export function parseBase64(text: string, allows: Allows = () => false): Result<Uint8Array> {
  const wrong = /[^A-Za-z0-9+/=]|=(?=[^=])/.exec(text);
  if (wrong)
    return bad(`${quote(wrong[0])} has no place in Base64 here`, 'expected the standard alphabet', wrong.index);
  const digits = text.replace(/=+$/, '');
  const padding = text.length - digits.length;
  const complete = (4 - (digits.length % 4)) % 4;
  if (digits.length % 4 === 1) return bad('the last group of Base64 has one digit only', undefined, digits.length);
  if (padding !== complete && !(padding === 0 && allows('text-base64-unpadded')))
    return bad(`the Base64 ends with ${padding} "="`, `expected ${complete}`, digits.length);
  const bytes = Uint8Array.from(Buffer.from(digits, 'base64'));
  if (!allows('text-base64-trailing-bits') && formatBase64(bytes).replace(/=+$/, '') !== digits)
    return bad('the unused bits at the end of the Base64 are not zero', undefined, digits.length - 1);
  return ok(bytes);
}

/** Base64 of RFC 4648 §4, padded. */
export const formatBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

/**
 * The text form of a value (Core 1.1 §7.4.1); a Float in the shortest decimal notation that reads back as the same number,
 * without an exponent. Problem code: `not-encodable`, for NaN, infinities and integers of more than 64 bits.
 */
export function formatTextValue(value: Value): Result<string> {
  switch (value.type) {
    case 'string':
    case 'corelnk':
      return /\p{Surrogate}/u.test(value.value) ? refuse('the text holds half of a surrogate pair') : ok(value.value);
    case 'integer':
    case 'unsigned':
    case 'time': {
      const [least, most] = INTEGER_LIMITS[value.type];
      if (value.value < least || value.value > most) return refuse(`${value.value} exceeds the type ${value.type}`);
      return ok(String(value.value));
    }
    case 'float':
      return Number.isFinite(value.value)
        ? ok(formatDecimal(value.value))
        : refuse(`${value.value} has no decimal form`);
    case 'boolean':
      return ok(value.value ? '1' : '0');
    case 'opaque':
      return ok(formatBase64(value.value));
    case 'objlnk':
      return ok(`${value.value.object}:${value.value.instance}`);
  }
}

const refuse = (message: string): Result<never> => failed({ code: 'not-encodable', message });

/** Decimal notation without an exponent, which some receivers cannot read; `-0` keeps its sign. */
export function formatDecimal(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const shown = String(value);
  if (!shown.includes('e')) return shown;
  const [digits = '', exponent] = shown.split('e');
  const sign = digits.startsWith('-') ? '-' : '';
  const [whole = '', decimals = ''] = digits.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const all = whole + decimals;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return `${sign}${all.padEnd(point, '0')}`;
}

const MAX_SHOWN = 40;

/** A text in quotes, cut for a message. */
const quote = (text: string): string => JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** UTF-8 as text, or the problem `invalid-utf8` with the offset of the first byte that is not. */
export function readUtf8(payload: Uint8Array): Result<string> {
  const text = fromUtf8(payload);
  return text === undefined ? failed(notUtf8(payload)) : ok(text);
}

function notUtf8(payload: Uint8Array): Problem {
  let [from, to] = [0, payload.length];
  // The longest prefix which starts no wrong sequence: a prefix that only ends within one reads once it is completed.
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (isUtf8Start(payload.subarray(0, middle))) from = middle;
    else to = middle - 1;
  }
  return { code: 'invalid-utf8', message: 'the text is not UTF-8', at: from };
}

const stream = { stream: true } as const;

function isUtf8Start(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, stream);
    return true;
  } catch {
    return false;
  }
}
