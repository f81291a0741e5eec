import { EMPTY, utf8 } from '../../base/bytes.js';
import { ProblemError } from '../../base/error.js';
import type { CoapOption } from './message.js';

/** Option numbers (RFC 7252 §12.2, 7641, 7959, 7967, 8613, 9175). */
export const OptionNumber = {
  ifMatch: 1,
  uriHost: 3,
  etag: 4,
  ifNoneMatch: 5,
  observe: 6,
  uriPort: 7,
  locationPath: 8,
  oscore: 9,
  uriPath: 11,
  contentFormat: 12,
  maxAge: 14,
  uriQuery: 15,
  accept: 17,
  locationQuery: 20,
  block2: 23,
  block1: 27,
  size2: 28,
  proxyUri: 35,
  proxyScheme: 39,
  size1: 60,
  echo: 252,
  noResponse: 258,
  requestTag: 292,
} as const;

export type OptionFormat = 'uint' | 'string' | 'opaque' | 'empty';

/** What an option number stands for; lengths in bytes. */
export interface OptionDefinition {
  readonly number: number;
  readonly name: string;
  readonly format: OptionFormat;
  readonly minLength: number;
  readonly maxLength: number;
  readonly repeatable: boolean;
}

const define = (
  number: number,
  name: string,
  format: OptionFormat,
  minLength: number,
  maxLength: number,
  repeatable = false,
): OptionDefinition => ({ number, name, format, minLength, maxLength, repeatable });

/** Every option named in `OptionNumber`, by number. */
export const OPTIONS: ReadonlyMap<number, OptionDefinition> = new Map(
  [
    define(1, 'If-Match', 'opaque', 0, 8, true),
    define(3, 'Uri-Host', 'string', 1, 255),
    define(4, 'ETag', 'opaque', 1, 8, true),
    define(5, 'If-None-Match', 'empty', 0, 0),
    define(6, 'Observe', 'uint', 0, 3),
    define(7, 'Uri-Port', 'uint', 0, 2),
    define(8, 'Location-Path', 'string', 0, 255, true),
    define(9, 'OSCORE', 'opaque', 0, 255),
    define(11, 'Uri-Path', 'string', 0, 255, true),
    define(12, 'Content-Format', 'uint', 0, 2),
    define(14, 'Max-Age', 'uint', 0, 4),
    define(15, 'Uri-Query', 'string', 0, 255, true),
    define(17, 'Accept', 'uint', 0, 2),
    define(20, 'Location-Query', 'string', 0, 255, true),
    define(23, 'Block2', 'uint', 0, 3),
    define(27, 'Block1', 'uint', 0, 3),
    define(28, 'Size2', 'uint', 0, 4),
    define(35, 'Proxy-Uri', 'string', 1, 1034),
    define(39, 'Proxy-Scheme', 'string', 1, 255),
    define(60, 'Size1', 'uint', 0, 4),
    define(252, 'Echo', 'opaque', 1, 40),
    define(258, 'No-Response', 'uint', 0, 1),
    define(292, 'Request-Tag', 'opaque', 0, 8, true),
  ].map((definition) => [definition.number, definition]),
);

/** `Uri-Path`; an unknown number stands for itself. */
export const formatOptionName = (number: number): string => OPTIONS.get(number)?.name ?? `Option ${number}`;

/** Whether a receiver that does not know the option must reject the message (RFC 7252 §5.4.6). */
export const isCritical = (number: number): boolean => (number & 1) === 1;

/** Whether a proxy that does not know the option must not forward it (RFC 7252 §5.4.6). */
export const isUnsafe = (number: number): boolean => (number & 2) === 2;

/** Whether the option is left out of the cache key (RFC 7252 §5.4.6). */
export const isNoCacheKey = (number: number): boolean => (number & 0x1e) === 0x1c;

/** Whether an option may occur more than once (RFC 7252 §5.4.5); of an unknown number nothing is known: true. */
export const isRepeatable = (number: number): boolean => OPTIONS.get(number)?.repeatable ?? true;

/** Whether the length of the value is one the option allows; otherwise it counts as unknown (RFC 7252 §5.4.3). */
export function hasValidLength(option: CoapOption): boolean {
  const definition = OPTIONS.get(option.number);
  return !definition || (option.value.length >= definition.minLength && option.value.length <= definition.maxLength);
}

/**
 * The fewest bytes that hold a uint: 0 is empty (RFC 7252 §3.2).
 *
 * @throws ProblemError `coap-uint` when it is not an integer of 0 to 2^32 - 1
 */
export function encodeUint(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
    throw new ProblemError({ code: 'coap-uint', message: `${value} is not an integer of 0 to 4294967295` });
  if (value === 0) return EMPTY;
  if (value < 0x100) return Uint8Array.of(value);
  if (value < 0x1_0000) return Uint8Array.of(value >> 8, value & 255);
  if (value < 0x100_0000) return Uint8Array.of(value >> 16, (value >> 8) & 255, value & 255);
  return Uint8Array.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
}

/** A uint of any length, leading zeros allowed; undefined above 2^32 - 1. */
export function decodeUint(bytes: Uint8Array): number | undefined {
  let value = 0;
  for (const byte of bytes) {
    value = value * 256 + byte;
    if (value > 0xffff_ffff) return undefined;
  }
  return value;
}

export const uintOption = (number: number, value: number): CoapOption => ({ number, value: encodeUint(value) });
export const stringOption = (number: number, value: string): CoapOption => ({ number, value: utf8(value) });
export const opaqueOption = (number: number, value: Uint8Array): CoapOption => ({ number, value });
export const emptyOption = (number: number): CoapOption => ({ number, value: EMPTY });

/**
 * `/3/0` → one Uri-Path per segment, percent-decoded; `/` and the empty text → none (RFC 7252 §6.4).
 * A slash too many is an empty option.
 */
export const uriPath = (path: string): CoapOption[] => pathOptions(OptionNumber.uriPath, path);

/** `/rd/5a3f` → one Location-Path per segment (RFC 7252 §5.10.7). */
export const locationPath = (path: string): CoapOption[] => pathOptions(OptionNumber.locationPath, path);

/** One Uri-Query per parameter, taken as it is: `ep=a`, or a bare `Q` (RFC 7252 §5.10.1). */
export const uriQuery = (parameters: readonly string[]): CoapOption[] =>
  parameters.map((parameter) => stringOption(OptionNumber.uriQuery, parameter));

function pathOptions(number: number, path: string): CoapOption[] {
  const relative = path.startsWith('/') ? path.slice(1) : path;
  if (relative === '') return [];
  return relative.split('/').map((segment) => stringOption(number, percentDecode(segment)));
}

/** A `%` that begins no valid escape stands for itself. */
function percentDecode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
