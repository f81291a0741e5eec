import { EMPTY, fromHex, toHex } from '../../base/bytes.js';
import { MAX_ID } from '../../model/path.js';
import type { Value } from '../../model/value.js';
import { fail } from './attempt.js';
import { formatDate } from './date.js';
import { parseDecimal } from './decimal.js';
import { Major } from './reader.js';
import type { CborWriter } from './writer.js';

/** Permitted ways to write single values other than the preferred one. */
export const valueStyles = {
  'float-as-integer': 'floats without a fraction as integers',
  'decimal-fraction': 'finite floats as decimal fractions, tag 4 (RFC 8949 §3.4.4)',
} as const;

/** Permitted in CBOR 60 and LwM2M CBOR; let pass in SenML CBOR. */
export const timeStyles = {
  'tagged-time': 'times as seconds with tag 1',
  'dated-time': 'times as RFC 3339 text with tag 0',
} as const;

/** Ways to write single values that receivers may or must refuse. */
export const valueFaults = {
  'integer-as-float': 'integers as floats where that is exact; receivers may take or refuse it',
  bignum: 'integers, unsigned integers and times as bignums, tags 2 and 3',
  'boolean-as-integer': 'booleans as 0 and 1',
  'opaque-as-text': 'opaque values as hexadecimal text',
  'hex-null-link': 'the null link written FFFF:FFFF',
  'link-trailing-nul': 'object links with a NUL at their end',
  'link-as-bytes': 'object links as the four bytes of their TLV form',
  'undefined-value': 'undefined in place of every value',
} as const;

type Style = ReadonlySet<string> | undefined;

/** Writes one value in the form of CBOR 60 and LwM2M CBOR (Core 1.2 appendix C). */
export function writeValue(writer: CborWriter, value: Value, style: Style): void {
  if (style?.has('undefined-value')) return writer.simple(23);
  switch (value.type) {
    case 'string':
    case 'corelnk':
      return writer.text(value.value);
    case 'integer':
    case 'unsigned':
    case 'time':
      return writeInteger(writer, value, style);
    case 'float':
      return writeFloat(writer, value.value, style);
    case 'boolean':
      return style?.has('boolean-as-integer') ? writer.integer(value.value ? 1 : 0) : writer.boolean(value.value);
    case 'opaque':
      return style?.has('opaque-as-text') ? writer.text(toHex(value.value)) : writer.bytes(value.value);
    case 'objlnk':
      return writeLink(writer, value, style);
  }
}

type Of<T extends Value['type']> = Extract<Value, { type: T }>;

/** @throws ProblemError `not-encodable` when the value is outside its 64 bits */
export function checkInteger(value: Of<'integer' | 'unsigned' | 'time'>): void {
  const [least, most] = value.type === 'unsigned' ? [0n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
  if (value.value < least || value.value > most)
    fail('not-encodable', `${value.value} is outside the 64 bits of its type`);
}

function writeInteger(writer: CborWriter, value: Of<'integer' | 'unsigned' | 'time'>, style: Style): void {
  checkInteger(value);
  const number = value.value;
  if (!style) return writer.integer(number);
  if (style.has('bignum')) return writeBignum(writer, number);
  if (style.has('integer-as-float') && BigInt(Number(number)) === number) return writer.float(Number(number));
  if (value.type === 'time' && style.has('dated-time')) {
    const date = formatDate(Number(number));
    if (date === undefined) fail('not-encodable', `${number} seconds lie outside the years that RFC 3339 can write`);
    writer.tag(0);
    return writer.text(date);
  }
  if (value.type === 'time' && style.has('tagged-time')) writer.tag(1);
  writer.integer(number);
}

function writeBignum(writer: CborWriter, value: bigint): void {
  const size = value < 0n ? -1n - value : value;
  const digits = size.toString(16);
  writer.tag(value < 0n ? 3 : 2);
  writer.bytes(fromHex(digits.length % 2 ? `0${digits}` : digits) ?? EMPTY);
}

function writeFloat(writer: CborWriter, value: number, style: Style): void {
  if (style?.has('float-as-integer') && Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < 2 ** 64)
    return writer.integer(BigInt(value));
  const decimal = style?.has('decimal-fraction') && !Object.is(value, -0) ? parseDecimal(String(value)) : undefined;
  if (!decimal) return writer.float(value);
  writer.tag(4);
  writer.head(Major.array, 2);
  writer.integer(decimal.exponent);
  writer.integer(decimal.digits);
}

function writeLink(writer: CborWriter, { value }: Of<'objlnk'>, style: Style): void {
  const { object, instance } = value;
  if (style?.has('link-as-bytes')) return writer.bytes(Uint8Array.of(object >> 8, object, instance >> 8, instance));
  writer.text(formatLink(value, style));
}

/** `oid:iid`, or what a fault makes of it. */
export function formatLink({ object, instance }: Of<'objlnk'>['value'], style: Style): string {
  for (const id of [object, instance])
    if (!Number.isInteger(id) || id < 0 || id > MAX_ID)
      fail('not-encodable', `${id} in an object link is not 0 to ${MAX_ID}`);
  const isNull = object === MAX_ID && instance === MAX_ID;
  const text = isNull && style?.has('hex-null-link') ? 'FFFF:FFFF' : `${object}:${instance}`;
  return style?.has('link-trailing-nul') ? `${text}\0` : text;
}
