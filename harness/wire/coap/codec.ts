import { EMPTY } from '../../base/bytes.js';
import { ProblemError, type Problem } from '../../base/error.js';
import { codeByte, formatCode, isReservedClass } from './code.js';
import type { Code, CoapMessage, CoapOption, MessageType } from './message.js';

/** The fixed four bytes of a datagram, as far as they say anything (RFC 7252 §3). */
export interface Header {
  readonly version: number;
  readonly type: MessageType;
  readonly code: Code;
  readonly id: number;
  /** The TKL field, also where it is reserved. */
  readonly tokenLength: number;
}

/** Stable classes of what can be wrong with a datagram. */
export type DecodeProblem =
  | 'coap-header-truncated'
  | 'coap-version'
  | 'coap-code-class'
  | 'coap-token-length'
  | 'coap-token-truncated'
  | 'coap-empty-with-content'
  | 'coap-option-delta-reserved'
  | 'coap-option-length-reserved'
  | 'coap-option-header-truncated'
  | 'coap-option-number'
  | 'coap-option-value-truncated'
  | 'coap-payload-missing';

export type Decoded =
  | { readonly ok: true; readonly message: CoapMessage }
  | {
      readonly ok: false;
      readonly problem: Problem & { readonly code: DecodeProblem; readonly at: number };
      /** Absent only when fewer than four bytes came: enough to answer with a Reset. */
      readonly header?: Header;
    };

/** By the type field (RFC 7252 §3). */
export const TYPES: readonly MessageType[] = ['CON', 'NON', 'ACK', 'RST'];
/** A map, as a caller in plain JavaScript may hand in any text. */
const TYPE_FIELD: ReadonlyMap<string, number> = new Map([
  ['CON', 0],
  ['NON', 1],
  ['ACK', 2],
  ['RST', 3],
]);

export const MAX_OPTION_NUMBER = 65_535;
const MAX_TOKEN = 8;
const MAX_OPTION_VALUE = 65_535 + 269;
const PAYLOAD_MARKER = 0xff;

/**
 * Reads one datagram (RFC 7252 §3). The first thing wrong ends it; never throws.
 *
 * Token, option values and payload are views of `datagram`, not copies.
 */
export function decodeMessage(datagram: Uint8Array): Decoded {
  if (datagram.length < 4)
    return malformed(
      undefined,
      'coap-header-truncated',
      datagram.length,
      `a header has 4 bytes, not ${datagram.length}`,
    );
  const first = datagram[0] ?? 0;
  const code = datagram[1] ?? 0;
  const id = ((datagram[2] ?? 0) << 8) | (datagram[3] ?? 0);
  const type = TYPES[(first >> 4) & 3] ?? 'CON';
  const tokenLength = first & 15;
  const fail = (problem: DecodeProblem, at: number, message: string): Decoded =>
    malformed({ version: first >> 6, type, code: formatCode(code), id, tokenLength }, problem, at, message);

  if (first >> 6 !== 1) return fail('coap-version', 0, `version ${first >> 6} instead of 1`);
  if (isReservedClass(code >> 5)) return fail('coap-code-class', 1, `code ${formatCode(code)} is of a reserved class`);
  if (tokenLength > MAX_TOKEN) return fail('coap-token-length', 0, `token length ${tokenLength} is reserved`);
  if (code === 0 && (tokenLength > 0 || datagram.length > 4))
    return fail('coap-empty-with-content', tokenLength > 0 ? 0 : 4, 'an empty message ends after its header');
  if (4 + tokenLength > datagram.length)
    return fail('coap-token-truncated', 4, `a token of ${tokenLength} bytes in ${datagram.length - 4}`);

  const token = tokenLength === 0 ? EMPTY : view(datagram, 4, tokenLength);
  const options: CoapOption[] = [];
  let payload = EMPTY;
  let number = 0;
  let at = 4 + tokenLength;
  while (at < datagram.length) {
    const start = at;
    const nibbles = datagram[at++] ?? 0;
    if (nibbles === PAYLOAD_MARKER) {
      if (at === datagram.length) return fail('coap-payload-missing', start, 'no payload after the payload marker');
      payload = view(datagram, at, datagram.length - at);
      break;
    }
    let delta = nibbles >> 4;
    let length = nibbles & 15;
    if (delta === 15) return fail('coap-option-delta-reserved', start, 'option delta 15 is reserved');
    if (length === 15) return fail('coap-option-length-reserved', start, 'option length 15 is reserved');
    const extension = extensionSize(delta) + extensionSize(length);
    if (at + extension > datagram.length)
      return fail(
        'coap-option-header-truncated',
        start,
        `an option header of ${1 + extension} bytes in ${datagram.length - start}`,
      );
    if (delta === 13) delta = (datagram[at++] ?? 0) + 13;
    else if (delta === 14) delta = (((datagram[at++] ?? 0) << 8) | (datagram[at++] ?? 0)) + 269;
    if (length === 13) length = (datagram[at++] ?? 0) + 13;
    else if (length === 14) length = (((datagram[at++] ?? 0) << 8) | (datagram[at++] ?? 0)) + 269;
    number += delta;
    if (number > MAX_OPTION_NUMBER)
      return fail('coap-option-number', start, `option number ${number} is above ${MAX_OPTION_NUMBER}`);
    if (at + length > datagram.length)
      return fail('coap-option-value-truncated', at, `option ${number} of ${length} bytes in ${datagram.length - at}`);
    options.push({ number, value: length === 0 ? EMPTY : view(datagram, at, length) });
    at += length;
  }
  return { ok: true, message: { type, code: formatCode(code), id, token, options, payload } };
}

/**
 * Writes a message (RFC 7252 §3). Options are sorted by number, those of one number keep their order; the argument is untouched.
 * What it writes always decodes; `encodeRaw` writes the rest.
 *
 * @throws ProblemError when a field is out of range: `coap-type`, `coap-code`, `coap-code-class`, `coap-message-id`,
 * `coap-token-length`, `coap-option-number`, `coap-option-length`, `coap-empty-with-content`
 */
export function encodeMessage(message: CoapMessage): Uint8Array {
  const { token, payload, id } = message;
  const code = codeByte(message.code);
  const type = TYPE_FIELD.get(message.type);
  if (type === undefined) refuse('coap-type', `${JSON.stringify(message.type)} is not a message type`);
  if (isReservedClass(code >> 5)) refuse('coap-code-class', `code ${message.code} is of a reserved class`);
  if (!Number.isInteger(id) || id < 0 || id > 0xffff)
    refuse('coap-message-id', `Message ID ${id} is not of 0 to 65535`);
  if (token.length > MAX_TOKEN) refuse('coap-token-length', `a token has at most 8 bytes, not ${token.length}`);
  if (code === 0 && (token.length > 0 || message.options.length > 0 || payload.length > 0))
    refuse('coap-empty-with-content', 'an empty message has no token, option or payload');

  const options = inOrder(message.options);
  let size = 4 + token.length + (payload.length === 0 ? 0 : 1 + payload.length);
  let previous = 0;
  for (const { number, value } of options) {
    if (!Number.isInteger(number) || number < 0 || number > MAX_OPTION_NUMBER)
      refuse('coap-option-number', `option number ${number} is not of 0 to ${MAX_OPTION_NUMBER}`);
    if (value.length > MAX_OPTION_VALUE)
      refuse('coap-option-length', `option ${number} has at most ${MAX_OPTION_VALUE} bytes, not ${value.length}`);
    size += 1 + extensionSize(nibbleOf(number - previous)) + extensionSize(nibbleOf(value.length)) + value.length;
    previous = number;
  }

  const datagram = new Uint8Array(size);
  datagram[0] = 0x40 | (type << 4) | token.length;
  datagram[1] = code;
  datagram[2] = id >> 8;
  datagram[3] = id & 255;
  let at = copy(datagram, 4, token);
  previous = 0;
  for (const { number, value } of options) {
    at = writeOptionHeader(datagram, at, number - previous, value.length);
    at = copy(datagram, at, value);
    previous = number;
  }
  if (payload.length > 0) {
    datagram[at] = PAYLOAD_MARKER;
    datagram.set(payload, at + 1);
  }
  return datagram;
}

/** Writes delta and length in the one form each has (RFC 7252 §3.1); returns the offset after them. */
export function writeOptionHeader(target: Uint8Array, at: number, delta: number, length: number): number {
  const deltaNibble = nibbleOf(delta);
  const lengthNibble = nibbleOf(length);
  target[at] = (deltaNibble << 4) | lengthNibble;
  return writeExtension(target, writeExtension(target, at + 1, deltaNibble, delta), lengthNibble, length);
}

/** The nibble that stands for a delta or length: itself, 13 with one byte, or 14 with two bytes. */
export const nibbleOf = (value: number): number => (value < 13 ? value : value < 269 ? 13 : 14);

export const extensionSize = (nibble: number): number => (nibble < 13 ? 0 : nibble - 12);

function writeExtension(target: Uint8Array, at: number, nibble: number, value: number): number {
  if (nibble < 13) return at;
  if (nibble === 13) {
    target[at] = value - 13;
    return at + 1;
  }
  target[at] = (value - 269) >> 8;
  target[at + 1] = (value - 269) & 255;
  return at + 2;
}

function inOrder(options: readonly CoapOption[]): readonly CoapOption[] {
  let previous = 0;
  for (const { number } of options) {
    if (number < previous) return [...options].sort((a, b) => a.number - b.number);
    previous = number;
  }
  return options;
}

/** Token and most option values are a few bytes, where a loop is much faster than `set`. */
function copy(target: Uint8Array, at: number, source: Uint8Array): number {
  if (source.length > 32) target.set(source, at);
  else for (let i = 0; i < source.length; i++) target[at + i] = source[i] ?? 0;
  return at + source.length;
}

/** Always a plain Uint8Array, also of a Buffer. */
function view(datagram: Uint8Array, at: number, length: number): Uint8Array {
  return new Uint8Array(datagram.buffer, datagram.byteOffset + at, length);
}

function malformed(header: Header | undefined, code: DecodeProblem, at: number, message: string): Decoded {
  return { ok: false, problem: { code, message, at }, ...(header && { header }) };
}

function refuse(code: string, message: string): never {
  throw new ProblemError({ code, message });
}
