import { failed, type Problem, type Result } from '../base/error.js';
import type { Entry } from '../model/value.js';
import { unreadable, type Annotation, type DescribedCodec } from './annotation.js';
import { cbor } from './cbor/codec.js';
import { ContentFormat } from './codec.js';
import { linkCodec } from './core-link-codec.js';
import { lwm2mCbor } from './lwm2m-cbor.js';
import { jsonCodec } from './lwm2m-json.js';
import { opaqueCodec } from './opaque.js';
import {
  senmlCbor,
  senmlEtchCbor,
  senmlEtchJson,
  senmlJson,
  type PackDecodeContext,
  type PackEncodeContext,
} from './senml/index.js';
import { textCodec } from './text.js';
import { tlvCodec } from './tlv.js';

/** Every codec, by ascending Content-Format number (Core 1.2 §7.5). */
export const CODECS: readonly DescribedCodec[] = [
  textCodec,
  linkCodec,
  opaqueCodec,
  cbor,
  senmlJson,
  senmlCbor,
  senmlEtchJson,
  senmlEtchCbor,
  tlvCodec,
  jsonCodec,
  lwm2mCbor,
];

const BY_NUMBER: ReadonlyMap<number, DescribedCodec> = new Map(CODECS.map((codec) => [codec.format, codec]));

/** Numbers that formats had before they were registered: tolerated on input, never sent. */
const OBSOLETE: ReadonlyMap<number, number> = new Map<number, number>([
  [1541, ContentFormat.text],
  [1542, ContentFormat.tlv],
  [1543, ContentFormat.json],
]);

/** application/json, under which some send LwM2M JSON. */
const PLAIN_JSON = 50;

/** Deviations that {@link decode} accepts for any format. */
export const FORMAT_LENIENCIES = {
  'obsolete-format-numbers': 'the numbers 1541, 1542 and 1543 for text, TLV and LwM2M JSON (EN-16)',
  'plain-json-number': 'the number 50, application/json, for LwM2M JSON',
} as const;

/** Meanings by name. */
export type Meanings = Readonly<Record<string, string>>;

function merge(list: readonly Meanings[]): Meanings {
  return Object.fromEntries(list.flatMap((meanings) => Object.entries(meanings)));
}

/** Every name that `DecodeContext.lenient` knows, with what it lets pass. */
export const LENIENCIES: Meanings = merge([FORMAT_LENIENCIES, ...CODECS.map((codec) => codec.leniencies)]);

/** Every name that `EncodeContext.style` knows for a permitted alternative, with what it does. */
export const STYLES: Meanings = merge(CODECS.map((codec) => codec.styles));

/** Every name that `EncodeContext.style` knows for a deliberate fault, with what it does. */
export const FAULTS: Meanings = merge(CODECS.map((codec) => codec.faults));

/** The codec of a Content-Format number; undefined for numbers that LwM2M does not use, the obsolete ones included. */
export const codecOf = (format: number): DescribedCodec | undefined => BY_NUMBER.get(format);

/** The media type of a Content-Format number: `application/vnd.oma.lwm2m+tlv`, or `Content-Format 65000`. */
export function formatName(format: number): string {
  const current = OBSOLETE.get(format);
  const name = codecOf(current ?? format)?.name ?? `Content-Format ${format}`;
  return current === undefined ? name : `${name} (obsolete number ${format})`;
}

/**
 * Reads a payload of any format as a list of values. Never throws.
 *
 * Problem codes: those of the codec, and `unsupported` for a format without one.
 *
 * @param format Content-Format number
 * @param context `path` is the target of the request; without a model a value has the type that the format itself tells
 * @example
 * decode(11542, Uint8Array.of(0xc1, 9, 85), { path: [3, 0], model })
 * // => { ok: true, value: [{ path: [3, 0, 9], value: { type: 'integer', value: 85n } }] }
 */
export function decode(format: number, payload: Uint8Array, context: PackDecodeContext): Result<readonly Entry[]> {
  const codec = codecOf(currentNumber(format, context));
  return codec ? codec.decode(payload, context) : failed(unsupported(format));
}

/**
 * Writes a list of values in any format, canonically unless `context.style` names an alternative or a fault.
 * Problem codes as for {@link decode}, of which `not-encodable` is the usual one.
 *
 * @example
 * encode(0, [{ path: [3, 0, 9], value: { type: 'integer', value: 85n } }], { path: [3, 0, 9] })
 * // => { ok: true, value: Uint8Array.of(0x38, 0x35) }
 */
export function encode(format: number, entries: readonly Entry[], context: PackEncodeContext): Result<Uint8Array> {
  const codec = codecOf(format);
  return codec ? codec.encode(entries, context) : failed(unsupported(format));
}

/**
 * Explains a payload of any format: what its bytes mean, and what is wrong with them. Never throws.
 *
 * @example
 * annotate(11542, Uint8Array.of(0xc1, 9, 85), { path: [3, 0], model })
 * // => [
 * //   { at: 0, length: 2, depth: 0, meaning: 'Resource 9 Battery Level, 1 byte' },
 * //   { at: 2, length: 1, depth: 1, meaning: '85' },
 * // ]
 */
export function annotate(format: number, payload: Uint8Array, context: PackDecodeContext): readonly Annotation[] {
  const codec = codecOf(currentNumber(format, context));
  return codec ? codec.annotate(payload, context) : unreadable(payload, unsupported(format));
}

/** The number of the format that a tolerated number stands for. */
function currentNumber(format: number, { lenient }: PackDecodeContext): number {
  if (format === PLAIN_JSON && lenient?.has('plain-json-number')) return ContentFormat.json;
  return lenient?.has('obsolete-format-numbers') ? (OBSOLETE.get(format) ?? format) : format;
}

const unsupported = (format: number): Problem => ({
  code: 'unsupported',
  message: `${formatName(format)} is not a format of LwM2M`,
});
