import { failed, type Result } from '../base/error.js';
import type { Entry } from '../model/value.js';
import type { Codec, DecodeContext, EncodeContext } from './codec.js';
import { linkCodec } from './core-link-codec.js';
import { jsonCodec } from './lwm2m-json.js';
import { opaqueCodec } from './opaque.js';
import { textCodec } from './text.js';
import { tlvCodec } from './tlv.js';

/** All codecs, by Content-Format number. */
const CODECS: ReadonlyMap<number, Codec> = new Map(
  [textCodec, linkCodec, opaqueCodec, tlvCodec, jsonCodec].map((codec) => [codec.format, codec]),
);

/** Numbers that formats had before they were registered: tolerated on input, never sent (§6.1). */
const OBSOLETE: ReadonlyMap<number, number> = new Map([
  [1541, 0],
  [1542, 11542],
  [1543, 11543],
]);

/** Deviations that {@link decode} accepts for any format. */
export const FORMAT_LENIENCIES = {
  'obsolete-format-numbers': 'the numbers 1541, 1542 and 1543 for text, TLV and LwM2M JSON (EN-16)',
} as const;

/** The codec of a Content-Format number; undefined for numbers that LwM2M does not use, the obsolete ones included. */
export const codecOf = (format: number): Codec | undefined => CODECS.get(format);

/** The media type of a Content-Format number: `application/vnd.oma.lwm2m+tlv`, or `Content-Format 65000`. */
export function formatName(format: number): string {
  const current = OBSOLETE.get(format);
  const name = CODECS.get(current ?? format)?.name ?? `Content-Format ${format}`;
  return current === undefined ? name : `${name} (obsolete number ${format})`;
}

/**
 * Reads a payload of any format as a list of values.
 *
 * Problem codes: those of the codec, and `unsupported` for a format without one. Never throws.
 *
 * @example
 * const values = decode(11542, fromHex('c10964'), { path: [3, 0], model });
 */
export function decode(format: number, payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  const number = context.lenient?.has('obsolete-format-numbers') ? (OBSOLETE.get(format) ?? format) : format;
  const codec = codecOf(number);
  return codec ? codec.decode(payload, context) : unsupported(format);
}

/** Writes a list of values in any format, canonically unless `context.style` says otherwise. Problem codes as for {@link decode}. */
export function encode(format: number, entries: readonly Entry[], context: EncodeContext): Result<Uint8Array> {
  const codec = codecOf(format);
  return codec ? codec.encode(entries, context) : unsupported(format);
}

const unsupported = (format: number): Result<never> =>
  failed({ code: 'unsupported', message: `${formatName(format)} is not a format of LwM2M` });
