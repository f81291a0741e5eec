import { utf8 } from '../../base/bytes.js';
import type { FloatWidth } from './float.js';

/** Bytes of a head after its first: 0 when the argument stands in the first byte. */
export type HeadWidth = 0 | 1 | 2 | 4 | 8;

/** Where an item stands in a payload; absent in items that were made to be encoded. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

interface Common {
  readonly span?: Span;
  /** Width of the head; absent: the shortest. */
  readonly width?: HeadWidth;
}

/** A definite container may announce a length other than that of its content: not well-formed, for testing. */
interface Container extends Common {
  readonly indefinite?: boolean;
  readonly announced?: number | bigint;
}

export interface IntegerItem extends Common {
  readonly kind: 'integer';
  /** From -2^64 to 2^64-1. */
  readonly value: bigint;
}

export interface BytesItem extends Container {
  readonly kind: 'bytes';
  readonly value: Uint8Array;
  /** The chunks of a string of indefinite length. */
  readonly chunks?: readonly BytesItem[];
}

export interface TextItem extends Container {
  readonly kind: 'text';
  readonly value: string;
  readonly chunks?: readonly TextItem[];
}

export interface ArrayItem extends Container {
  readonly kind: 'array';
  readonly items: readonly CborItem[];
}

export interface MapItem extends Container {
  readonly kind: 'map';
  readonly pairs: readonly (readonly [CborItem, CborItem])[];
}

export interface TagItem extends Common {
  readonly kind: 'tag';
  readonly tag: bigint;
  readonly item: CborItem;
}

/** 20 false, 21 true, 22 null, 23 undefined. */
export interface SimpleItem extends Common {
  readonly kind: 'simple';
  readonly value: number;
}

export interface FloatItem {
  readonly kind: 'float';
  readonly value: number;
  /** Absent: the narrowest that is exact. */
  readonly width?: FloatWidth;
  /** The bits of a NaN other than the usual one. */
  readonly bits?: bigint;
  readonly span?: Span;
}

/** Bytes put in as they are: for malformed output only, never read. */
export interface RawItem {
  readonly kind: 'raw';
  readonly bytes: Uint8Array;
  readonly span?: Span;
}

/** One data item, with everything its encoding says: reading and writing it gives the same bytes. */
export type CborItem =
  IntegerItem | BytesItem | TextItem | ArrayItem | MapItem | TagItem | SimpleItem | FloatItem | RawItem;

/** The shortest head for an argument (RFC 8949 §4.1). */
export function headWidth(argument: number | bigint): HeadWidth {
  if (argument < 24) return 0;
  if (argument < 0x100) return 1;
  if (argument < 0x1_0000) return 2;
  return argument < 0x1_0000_0000 ? 4 : 8;
}

/** Whether the head of `item` is the shortest for its argument. */
export function isMinimal(item: CborItem): boolean {
  if (item.kind === 'float' || item.kind === 'raw' || item.width === undefined) return true;
  switch (item.kind) {
    case 'integer':
      return item.width === headWidth(item.value < 0n ? -1n - item.value : item.value);
    case 'tag':
      return item.width === headWidth(item.tag);
    case 'simple':
      return item.width === headWidth(item.value);
    default:
      return item.indefinite === true || item.width === headWidth(lengthOf(item));
  }
}

/** The argument of the head of a string, array or map. */
export function lengthOf(item: BytesItem | TextItem | ArrayItem | MapItem): number | bigint {
  if (item.announced !== undefined) return item.announced;
  if (item.kind === 'array') return item.items.length;
  if (item.kind === 'map') return item.pairs.length;
  return item.kind === 'bytes' ? item.value.length : utf8(item.value).length;
}
