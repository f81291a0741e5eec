import { ProblemError, failed, ok, type Problem, type Result } from '../../base/error.js';
import { concatBytes } from '../../base/bytes.js';
import { fail } from './attempt.js';
import type { FloatWidth } from './float.js';
import type { BytesItem, CborItem, HeadWidth, Span, TextItem } from './item.js';
import { CBOR_LIMITS, CborReader, INDEFINITE, Major, type CborLimits } from './reader.js';
import { readText } from './text.js';

/** What could be read of a payload: all of it, or the part before the problem. */
export interface PartialTree {
  /** The item with as much of its content as there is; undefined when not even its head could be read. */
  readonly item?: CborItem;
  readonly problem?: Problem;
}

/**
 * Reads one item and all below it, with the offset, the width and the form of each (RFC 8949).
 * Duplicate keys are kept; see `duplicateKey`.
 */
export function readItem(bytes: Uint8Array, limits: CborLimits = CBOR_LIMITS): Result<CborItem> {
  const { item, problem } = readPartial(bytes, limits);
  if (problem) return failed(problem);
  return item ? ok(item) : failed({ code: 'truncated', message: 'there is no item', at: 0 });
}

/** As `readItem`, but of a malformed payload gives the part that can be shown. */
export function readPartial(bytes: Uint8Array, limits: CborLimits = CBOR_LIMITS): PartialTree {
  const reader = new CborReader(bytes, limits);
  let root: CborItem | undefined;
  try {
    read(reader, 0, (item) => (root = item));
    reader.done();
    return root ? { item: root } : {};
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...(root && { item: root }), problem: error.problem };
  }
}

/** Containers are handed to `place` before their content is read, so that a problem inside does not lose them. */
type Place = (item: CborItem) => void;

interface OpenSpan extends Span {
  end: number;
}

function read(reader: CborReader, depth: number, place: Place): void {
  reader.head();
  const span: OpenSpan = { at: reader.start, end: reader.at };
  const width = widthOf(reader);
  if (reader.major >= Major.array && reader.major <= Major.tag && depth >= reader.limits.depth)
    fail('too-deep', `more than ${reader.limits.depth} levels`, reader.start);
  switch (reader.major) {
    case Major.bytes:
    case Major.text:
      return place(readString(reader, span, width));
    case Major.array:
      return readArray(reader, depth, span, width, place);
    case Major.map:
      return readMap(reader, depth, span, width, place);
    case Major.tag:
      return readTag(reader, depth, span, width, place);
    case Major.simple:
      return place(readSimple(reader, span, width));
    default:
      return place({ kind: 'integer', value: BigInt(reader.integer()), width, span });
  }
}

function widthOf(reader: CborReader): HeadWidth {
  switch (reader.info) {
    case 24:
      return 1;
    case 25:
      return 2;
    case 26:
      return 4;
    case 27:
      return 8;
    default:
      return 0;
  }
}

function readString(reader: CborReader, span: OpenSpan, width: HeadWidth): CborItem {
  const isText = reader.major === Major.text;
  const item =
    reader.argument === INDEFINITE ? readChunked(reader, span, isText) : readDefinite(reader, span, width, isText);
  span.end = reader.at;
  return item;
}

function readDefinite(reader: CborReader, span: Span, width: HeadWidth, isText: boolean): CborItem {
  if (isText) return { kind: 'text', value: reader.text(), width, span };
  return { kind: 'bytes', value: reader.byteString(), width, span };
}

function readChunked(reader: CborReader, span: Span, isText: boolean): CborItem {
  const texts: TextItem[] = [];
  const strings: BytesItem[] = [];
  reader.chunks((from, to) => {
    const place = { width: widthOf(reader), span: { at: reader.start, end: to } };
    if (isText) texts.push({ kind: 'text', value: readText(reader.bytes, from, to), ...place });
    else strings.push({ kind: 'bytes', value: reader.bytes.slice(from, to), ...place });
  });
  if (isText)
    return { kind: 'text', value: texts.map((chunk) => chunk.value).join(''), indefinite: true, chunks: texts, span };
  return {
    kind: 'bytes',
    value: concatBytes(...strings.map((chunk) => chunk.value)),
    indefinite: true,
    chunks: strings,
    span,
  };
}

function readArray(reader: CborReader, depth: number, span: OpenSpan, width: HeadWidth, place: Place): void {
  const length = reader.argument;
  const items: CborItem[] = [];
  place({ kind: 'array', items, span, ...formOf(length, width) });
  for (let i = 0; reader.more(length, i); i++) read(reader, depth + 1, (item) => items.push(item));
  span.end = reader.at;
}

function readMap(reader: CborReader, depth: number, span: OpenSpan, width: HeadWidth, place: Place): void {
  const length = reader.argument;
  const pairs: [CborItem, CborItem][] = [];
  place({ kind: 'map', pairs, span, ...formOf(length, width) });
  for (let i = 0; reader.more(length, i); i++) {
    let key: CborItem | undefined;
    read(reader, depth + 1, (item) => (key = item));
    const of = key;
    if (of) read(reader, depth + 1, (item) => pairs.push([of, item]));
  }
  span.end = reader.at;
}

const formOf = (length: number, width: HeadWidth): { indefinite: true } | { width: HeadWidth } =>
  length === INDEFINITE ? { indefinite: true } : { width };

function readTag(reader: CborReader, depth: number, span: OpenSpan, width: HeadWidth, place: Place): void {
  const tag = reader.wide ?? BigInt(reader.argument);
  read(reader, depth + 1, (item) => place({ kind: 'tag', tag, item, width, span }));
  span.end = reader.at;
}

function readSimple(reader: CborReader, span: Span, width: HeadWidth): CborItem {
  if (reader.info < 25) return { kind: 'simple', value: reader.argument, width, span };
  const float = reader.float();
  const bytes: FloatWidth = reader.info === 27 ? 8 : reader.info === 26 ? 4 : 2;
  const bits = Number.isNaN(float) ? bitsOf(reader.bytes.subarray(reader.start + 1, reader.at)) : undefined;
  return { kind: 'float', value: float, width: bytes, span, ...(bits !== undefined && { bits }) };
}

const bitsOf = (bytes: Uint8Array): bigint => bytes.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
