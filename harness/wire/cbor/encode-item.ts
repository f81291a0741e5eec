import { utf8 } from '../../base/bytes.js';
import { fail } from './attempt.js';
import { lengthOf, type BytesItem, type CborItem, type TextItem } from './item.js';
import { Major } from './reader.js';
import { isEncodable } from './text.js';
import { CborWriter } from './writer.js';

/**
 * Writes an item as it describes itself: heads of the given widths, indefinite lengths and chunks, announced lengths and
 * raw bytes included. What is not said is written in preferred form. What `readItem` read comes out byte for byte.
 *
 * @throws ProblemError `not-encodable` for an integer beyond 64 bits or a text with a lone surrogate
 */
export function encodeItem(item: CborItem): Uint8Array {
  const writer = new CborWriter();
  writeItem(writer, item);
  return writer.finish();
}

/** As `encodeItem`, into a writer. */
export function writeItem(writer: CborWriter, item: CborItem): void {
  switch (item.kind) {
    case 'integer':
      return writeInteger(writer, item.value, item.width);
    case 'bytes':
    case 'text':
      return writeString(writer, item);
    case 'array':
    case 'map':
      return writeContainer(writer, item);
    case 'tag':
      writer.head(Major.tag, item.tag, item.width);
      return writeItem(writer, item.item);
    case 'simple':
      return writer.head(Major.simple, item.value, item.width ?? (item.value < 24 ? 0 : 1));
    case 'float':
      return writeFloatItem(writer, item);
    case 'raw':
      return writer.raw(item.bytes);
  }
}

type Of<K extends CborItem['kind']> = Extract<CborItem, { kind: K }>;

function writeInteger(writer: CborWriter, value: bigint, width: Of<'integer'>['width']): void {
  if (width === undefined) writer.integer(value);
  else if (value < 0n) writer.head(Major.negative, narrow(-1n - value), width);
  else writer.head(Major.unsigned, narrow(value), width);
}

/** Heads of up to 32 bits are several times faster to write from a number. */
const narrow = (argument: bigint): number | bigint => (argument <= 0xffff_ffffn ? Number(argument) : argument);

function writeString(writer: CborWriter, item: TextItem | BytesItem): void {
  const major = item.kind === 'text' ? Major.text : Major.bytes;
  if (item.indefinite) {
    writer.indefinite(major);
    for (const chunk of item.chunks ?? [item]) writeItem(writer, { ...chunk, indefinite: false });
    return writer.break();
  }
  if (item.kind === 'text' && item.announced === undefined) return writer.text(item.value, item.width);
  const bytes = item.kind === 'text' ? textBytes(item.value) : item.value;
  writer.head(major, item.announced ?? bytes.length, item.width);
  writer.raw(bytes);
}

function textBytes(value: string): Uint8Array {
  return isEncodable(value) ? utf8(value) : fail('not-encodable', 'a lone surrogate has no UTF-8 form');
}

function writeContainer(writer: CborWriter, item: Of<'array' | 'map'>): void {
  const major = item.kind === 'array' ? Major.array : Major.map;
  if (item.indefinite) writer.indefinite(major);
  else writer.head(major, lengthOf(item), item.width);
  if (item.kind === 'array') for (const content of item.items) writeItem(writer, content);
  else
    for (const [key, value] of item.pairs) {
      writeItem(writer, key);
      writeItem(writer, value);
    }
  if (item.indefinite) writer.break();
}

function writeFloatItem(writer: CborWriter, item: Of<'float'>): void {
  if (item.bits !== undefined && item.width !== undefined) {
    writer.head(Major.simple, item.bits, item.width);
  } else if (item.width === undefined) writer.float(item.value);
  else writer.exactFloat(item.value, item.width);
}
