import { fromUtf8, utf8 } from '../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import { MAX_ID } from '../model/path.js';
import type { ResourceType, Value } from '../model/value.js';

/**
 * Reads the value of a Resource or Resource Instance TLV (Core 1.1 App. C, §7.4.4).
 *
 * Numbers may be wider than needed, of 1, 2, 4 or 8 bytes (F-8); a Float has 4 or 8.
 * Problem codes: `bad-length`, `bad-value`, `invalid-utf8`, `bad-type` (an executable has no value).
 *
 * @param at byte offset of the value, for the problem
 */
export function decodeTlvValue(bytes: Uint8Array, type: ResourceType, at = 0): Result<Value> {
  switch (type) {
    case 'string':
    case 'corelnk': {
      const value = readText(bytes);
      return value === undefined
        ? failed({ code: 'invalid-utf8', message: 'the text is not UTF-8', at })
        : ok({ type, value });
    }
    case 'integer':
    case 'time': {
      const value = readSigned(bytes);
      return value === undefined ? failed(badLength(type, bytes, '1, 2, 4 or 8', at)) : ok({ type, value });
    }
    case 'unsigned': {
      const value = readUnsigned(bytes);
      return value === undefined ? failed(badLength(type, bytes, '1, 2, 4 or 8', at)) : ok({ type, value });
    }
    case 'float': {
      const value = readFloat(bytes);
      return value === undefined ? failed(badLength(type, bytes, '4 or 8', at)) : ok({ type, value });
    }
    case 'boolean':
      return readBoolean(bytes, at);
    case 'opaque':
      return ok({ type, value: bytes });
    case 'objlnk': {
      if (bytes.length !== 4) return failed(badLength(type, bytes, '4', at));
      const [a = 0, b = 0, c = 0, d = 0] = bytes;
      return ok({ type, value: { object: a * 256 + b, instance: c * 256 + d } });
    }
    case 'none':
      return failed({ code: 'bad-type', message: 'an executable Resource has no value', at });
  }
}

function badLength(type: ResourceType, bytes: Uint8Array, widths: string, at: number): Problem {
  return {
    code: 'bad-length',
    message: `a value of type ${type} cannot have ${bytes.length} bytes`,
    at,
    hint: `expected ${widths} bytes`,
  };
}

function readBoolean(bytes: Uint8Array, at: number): Result<Value> {
  if (bytes.length !== 1) return failed(badLength('boolean', bytes, '1', at));
  const byte = bytes[0] ?? 0;
  if (byte > 1)
    return failed({ code: 'bad-value', message: `${byte} is not a Boolean`, at, hint: 'expected the byte 00 or 01' });
  return ok({ type: 'boolean', value: byte === 1 });
}

/** Short texts are mostly ASCII; a loop over them beats the decoder of the platform by far. */
const SHORT_TEXT = 32;

function readText(bytes: Uint8Array): string | undefined {
  if (bytes.length > SHORT_TEXT) return fromUtf8(bytes);
  let text = '';
  for (const byte of bytes) {
    if (byte > 0x7f) return fromUtf8(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function readSigned(bytes: Uint8Array): bigint | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  switch (bytes.length) {
    case 1:
      return BigInt((a << 24) >> 24);
    case 2:
      return BigInt((((a << 8) | b) << 16) >> 16);
    case 4:
      return BigInt((a << 24) | (b << 16) | (c << 8) | d);
    case 8:
      return viewOf(bytes).getBigInt64(0);
    default:
      return undefined;
  }
}

function readUnsigned(bytes: Uint8Array): bigint | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  switch (bytes.length) {
    case 1:
      return BigInt(a);
    case 2:
      return BigInt((a << 8) | b);
    case 4:
      return BigInt(((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
    case 8:
      return viewOf(bytes).getBigUint64(0);
    default:
      return undefined;
  }
}

function readFloat(bytes: Uint8Array): number | undefined {
  if (bytes.length === 4) return viewOf(bytes).getFloat32(0);
  return bytes.length === 8 ? viewOf(bytes).getFloat64(0) : undefined;
}

/** Widths that a sender may take instead of the shortest ones. */
export interface TlvWidths {
  /** Least number of bytes of an integer, unsigned or time. */
  readonly integer?: 1 | 2 | 4 | 8;
  /** Bytes of a Float; without it 4 where that loses nothing, else 8. With 4 the value is rounded. */
  readonly float?: 4 | 8;
}

/**
 * Writes a value in its shortest form (F-8). Problem code: `not-encodable`, when a number exceeds 64 bits,
 * a text is not Unicode or a link has an identifier above 65535.
 */
export function encodeTlvValue(value: Value, widths: TlvWidths = {}): Result<Uint8Array> {
  switch (value.type) {
    case 'string':
    case 'corelnk':
      return writeText(value.value);
    case 'integer':
    case 'time':
      return writeSigned(value.value, widths.integer ?? 1);
    case 'unsigned':
      return writeUnsigned(value.value, widths.integer ?? 1);
    case 'float':
      return ok(writeFloat(value.value, widths.float));
    case 'boolean':
      return ok(Uint8Array.of(value.value ? 1 : 0));
    case 'opaque':
      return ok(value.value);
    case 'objlnk': {
      const { object, instance } = value.value;
      if (![object, instance].every((id) => Number.isInteger(id) && id >= 0 && id <= MAX_ID))
        return failed({ code: 'not-encodable', message: `${object}:${instance} is not a link of 16-bit identifiers` });
      return ok(Uint8Array.of(object >> 8, object, instance >> 8, instance));
    }
  }
}

function writeText(text: string): Result<Uint8Array> {
  if (text.length <= SHORT_TEXT) {
    const bytes = new Uint8Array(text.length);
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) break;
      bytes[at++] = code;
    }
    if (at === text.length) return ok(bytes);
  }
  if (/\p{Surrogate}/u.test(text))
    return failed({ code: 'not-encodable', message: 'the text holds half of a surrogate pair' });
  return ok(utf8(text));
}

function writeSigned(value: bigint, least: number): Result<Uint8Array> {
  const near = Number(value);
  if (least <= 4 && near >= -(2 ** 31) && near < 2 ** 31) {
    if (least === 1 && near >= -128 && near < 128) return ok(Uint8Array.of(near));
    if (least <= 2 && near >= -32768 && near < 32768) return ok(Uint8Array.of(near >> 8, near));
    return ok(Uint8Array.of(near >> 24, near >> 16, near >> 8, near));
  }
  return BigInt.asIntN(64, value) === value ? ok(writeLong(value)) : failed(tooLarge(value, 'signed'));
}

function writeUnsigned(value: bigint, least: number): Result<Uint8Array> {
  const near = Number(value);
  if (least <= 4 && near >= 0 && near < 2 ** 32) {
    if (least === 1 && near < 2 ** 8) return ok(Uint8Array.of(near));
    if (least <= 2 && near < 2 ** 16) return ok(Uint8Array.of(near >> 8, near));
    return ok(Uint8Array.of(near >>> 24, near >>> 16, near >>> 8, near));
  }
  return BigInt.asUintN(64, value) === value ? ok(writeLong(value)) : failed(tooLarge(value, 'unsigned'));
}

const tooLarge = (value: bigint, kind: string): Problem => ({
  code: 'not-encodable',
  message: `${value} does not fit into 64 bits, ${kind}`,
});

function writeLong(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  viewOf(bytes).setBigUint64(0, BigInt.asUintN(64, value));
  return bytes;
}

function writeFloat(value: number, width: 4 | 8 | undefined): Uint8Array {
  const bytes = new Uint8Array(width ?? (Object.is(Math.fround(value), value) ? 4 : 8));
  if (bytes.length === 4) viewOf(bytes).setFloat32(0, value);
  else viewOf(bytes).setFloat64(0, value);
  return bytes;
}
