import { countBytes, fail } from './attempt.js';
import { parseDate } from './date.js';
import { INDEFINITE, Major, type CborReader } from './reader.js';

/**
 * One value as a format spells it, before the model says what it means.
 *
 * An integer is a number up to 2^53 and a bigint beyond. A decimal is the text of a number that neither holds:
 * a JSON number with a fraction, an exponent or many digits, or a CBOR decimal fraction; it is rounded once, when typed.
 * A link is SenML's `vlo`; a time is a number with the date tag 0 or 1.
 */
export type Scalar =
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'decimal'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'link'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'time'; readonly value: number | bigint }
  | { readonly kind: 'null' };

export type ScalarKind = Scalar['kind'];

const NULL: Scalar = { kind: 'null' };
const TRUE: Scalar = { kind: 'boolean', value: true };
const FALSE: Scalar = { kind: 'boolean', value: false };

/** Mantissas of decimal fractions beyond this many bytes would cost more to convert than any value is worth. */
const MANTISSA = 64;

/**
 * Reads one value: integer, float, boolean, string, null, date (tags 0 and 1, RFC 8949 §3.4.1) or decimal fraction
 * (tag 4, §3.4.4; RFC 8428 §6).
 *
 * @throws ProblemError `bad-type` for arrays, maps, undefined, other simple values and other tags
 */
export function readScalar(reader: CborReader): Scalar {
  reader.head();
  return scalarOf(reader);
}

/** As `readScalar`, after the head. */
export function scalarOf(reader: CborReader): Scalar {
  switch (reader.major) {
    case Major.unsigned:
    case Major.negative:
      return { kind: 'integer', value: reader.integer() };
    case Major.bytes:
      return { kind: 'bytes', value: reader.byteString() };
    case Major.text:
      return { kind: 'text', value: reader.text() };
    case Major.simple:
      return readSimple(reader);
    case Major.tag:
      return readTagged(reader);
    default:
      return fail('bad-type', `a value is ${reader.kind()}`, reader.start, 'a single value');
  }
}

function readSimple(reader: CborReader): Scalar {
  if (reader.isFloat()) return { kind: 'float', value: reader.float() };
  if (reader.argument === 21) return TRUE;
  if (reader.argument === 20) return FALSE;
  if (reader.argument === 22) return NULL;
  return fail('bad-type', `a value is ${reader.kind()}`, reader.start, 'a number, string, boolean or null');
}

function readTagged(reader: CborReader): Scalar {
  const { start } = reader;
  switch (reader.argument) {
    case 0:
      return readDate(reader);
    case 1:
      return readSeconds(reader);
    case 4:
      return readFraction(reader);
    default:
      return fail('bad-type', `a value has the tag ${reader.wide ?? reader.argument}`, start, 'no tag, or 0, 1 or 4');
  }
}

function readDate(reader: CborReader): Scalar {
  reader.expect(Major.text, 'the content of tag 0', 'bad-type');
  const { start } = reader;
  const text = reader.text();
  const seconds = parseDate(text);
  if (seconds !== undefined) return { kind: 'time', value: seconds };
  return fail(
    'bad-value',
    `${JSON.stringify(text)} is not a date in whole seconds`,
    start,
    '1985-04-12T23:20:50Z (RFC 3339)',
  );
}

function readSeconds(reader: CborReader): Scalar {
  reader.head();
  if (reader.major <= Major.negative) return { kind: 'time', value: reader.integer() };
  const seconds = reader.isFloat() ? reader.float() : NaN;
  if (Number.isInteger(seconds)) return { kind: 'time', value: BigInt(seconds) };
  return fail('bad-type', `the content of tag 1 is ${reader.kind()}`, reader.start, 'whole seconds');
}

function readFraction(reader: CborReader): Scalar {
  const length = reader.expect(Major.array, 'the content of tag 4', 'bad-type');
  const { start } = reader;
  if (length !== 2 && length !== INDEFINITE) fail('bad-structure', `tag 4 holds ${length} elements`, start, FRACTION);
  const exponent = readInteger(reader, 'the exponent');
  const mantissa = readMantissa(reader);
  if (reader.more(length, 2)) fail('bad-structure', 'tag 4 holds more than two elements', start, FRACTION);
  return { kind: 'decimal', value: `${mantissa}e${exponent}` };
}

const FRACTION = '[exponent, mantissa]';

function readInteger(reader: CborReader, what: string): number | bigint {
  reader.head();
  return reader.major <= Major.negative
    ? reader.integer()
    : fail('bad-type', `${what} is ${reader.kind()}`, reader.start, 'an integer');
}

/** An integer or a bignum (tags 2 and 3, RFC 8949 §3.4.3). */
function readMantissa(reader: CborReader): number | bigint {
  reader.head();
  const { major, start, argument: tag } = reader;
  if (major <= Major.negative) return reader.integer();
  if (major !== Major.tag || (tag !== 2 && tag !== 3))
    fail('bad-type', `the mantissa is ${reader.kind()}`, start, 'an integer');
  reader.expect(Major.bytes, 'the content of a bignum', 'bad-type');
  const bytes = reader.byteString();
  if (bytes.length > MANTISSA)
    fail('unsupported', `a mantissa of ${countBytes(bytes.length)}`, start, `at most ${MANTISSA}`);
  const size = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return tag === 2 ? size : -1n - size;
}
