import { utf8 } from '../../base/bytes.js';
import { fail } from './attempt.js';
import { floatWidth, type FloatWidth } from './float.js';
import { headWidth, type HeadWidth } from './item.js';
import { Major } from './reader.js';
import { isEncodable } from './text.js';
import { CborWriter } from './writer.js';

/** Permitted ways to write any CBOR payload other than the preferred one (RFC 8949 §4). */
export const writerStyles = {
  float32: 'floats in 32 bits where that is exact, else in 64',
  float64: 'floats in 64 bits',
  indefinite: 'arrays and maps of indefinite length',
  'chunked-strings': 'values that are strings in two chunks of indefinite length',
  'long-heads': 'every head one size larger than needed',
} as const;

/** Ways to write a CBOR payload that a receiver must refuse. */
export const writerFaults = {
  'wrong-count': 'the outermost array or map announces one element more than it has',
  'missing-break': 'the outermost array or map is of indefinite length and has no end',
  'bad-utf8': 'text values end in a byte that is not UTF-8',
  'reserved-head': 'integers start with the reserved additional information 28',
  'trailing-byte': 'a zero byte after the end',
  truncated: 'the last byte is missing',
} as const;

type WriterStyle = keyof typeof writerStyles | keyof typeof writerFaults;

const NAMES: ReadonlySet<string> = new Set([...Object.keys(writerStyles), ...Object.keys(writerFaults)]);

/** The writer for a style: the plain one unless the style says something about writing. */
export function writerFor(style: ReadonlySet<string> | undefined): CborWriter {
  if (!style) return new CborWriter();
  for (const name of style) if (NAMES.has(name)) return new StyledWriter(style);
  return new CborWriter();
}

/** A writer with permitted differences and deliberate faults, by name. */
class StyledWriter extends CborWriter {
  readonly #style: ReadonlySet<string>;
  /** Containers that are open. */
  #depth = 0;

  constructor(style: ReadonlySet<string>) {
    super();
    this.#style = style;
  }

  #has(name: WriterStyle): boolean {
    return this.#style.has(name);
  }

  override finish(): Uint8Array {
    if (this.#has('trailing-byte')) this.byte(0);
    const payload = super.finish();
    return this.#has('truncated') ? payload.subarray(0, -1) : payload;
  }

  override head(major: number, argument: number | bigint, width?: HeadWidth): void {
    if (major <= Major.negative && this.#has('reserved-head')) return this.byte((major << 5) | 28);
    const least = width ?? headWidth(argument);
    super.head(major, argument, this.#has('long-heads') && major !== Major.simple ? longer(least) : least);
  }

  override integer(value: number | bigint): void {
    if (value >= 0 && value < 24) this.head(Major.unsigned, value);
    else super.integer(value);
  }

  override float(value: number, width: FloatWidth = 2): void {
    const least = this.#has('float64') ? 8 : this.#has('float32') ? 4 : width;
    this.exactFloat(value, floatWidth(value, least));
  }

  override array(length: number): void {
    this.#open(Major.array, length);
  }

  override map(pairs: number): void {
    this.#open(Major.map, pairs);
  }

  #open(major: number, length: number): void {
    const outermost = this.#depth++ === 0;
    if (this.#has('indefinite') || (outermost && this.#has('missing-break'))) this.indefinite(major);
    else this.head(major, outermost && this.#has('wrong-count') ? length + 1 : length);
  }

  override end(): void {
    const outermost = --this.#depth === 0;
    const isOpen = this.#has('indefinite') || (outermost && this.#has('missing-break'));
    if (isOpen && !(outermost && this.#has('missing-break'))) this.break();
  }

  override key(text: string): void {
    this.#string(Major.text, utf8(text));
  }

  override text(value: string): void {
    if (!isEncodable(value)) fail('not-encodable', 'a lone surrogate has no UTF-8 form');
    const bytes = utf8(value);
    if (this.#has('bad-utf8')) return this.#string(Major.text, Uint8Array.of(...bytes, 0xc3));
    if (!this.#has('chunked-strings')) return this.#string(Major.text, bytes);
    this.#chunks(Major.text, bytes, utf8Boundary(bytes));
  }

  override bytes(value: Uint8Array): void {
    if (this.#has('chunked-strings')) this.#chunks(Major.bytes, value, value.length >> 1);
    else this.#string(Major.bytes, value);
  }

  #chunks(major: number, bytes: Uint8Array, middle: number): void {
    this.indefinite(major);
    this.#string(major, bytes.subarray(0, middle));
    this.#string(major, bytes.subarray(middle));
    this.break();
  }

  #string(major: number, bytes: Uint8Array): void {
    this.head(major, bytes.length);
    this.raw(bytes);
  }
}

const longer = (width: HeadWidth): HeadWidth => (width === 0 ? 1 : width === 1 ? 2 : width === 2 ? 4 : 8);

/** A place near the middle where a character starts: no chunk may end inside one (RFC 8949 §3.2.3). */
function utf8Boundary(bytes: Uint8Array): number {
  let middle = bytes.length >> 1;
  while (middle > 0 && ((bytes[middle] ?? 0) & 0xc0) === 0x80) middle--;
  return middle;
}
