import { concatBytes } from '../../base/bytes.js';
import { countBytes, fail, type ErrorClass } from './attempt.js';
import { readFloat } from './float.js';
import { readText } from './text.js';

/** What a reader accepts at most; beyond it the input is refused, whatever its length fields promise. */
export interface CborLimits {
  /** Levels of arrays, maps and tags. */
  readonly depth: number;
  /** Data items, counted one by one as they are met: the bound of all work. */
  readonly items: number;
}

export const CBOR_LIMITS: CborLimits = { depth: 64, items: 1_000_000 };

/** Major types (RFC 8949 §3.1). */
export const Major = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;

export const MAJOR_NAMES: readonly string[] = [
  'an unsigned integer',
  'a negative integer',
  'a byte string',
  'a text string',
  'an array',
  'a map',
  'a tag',
  'a simple value or float',
];

/** `argument` of an indefinite-length head and of a break. */
export const INDEFINITE = -1;

const BREAK = 0xff;

/**
 * Reads CBOR items one after the other, without building a tree (RFC 8949).
 *
 * `head` reads what stands before the content and leaves it in the fields; the other methods build on it.
 * Everything throws ProblemError, to be caught by `attempt`.
 */
export class CborReader {
  /** Offset of the next byte. */
  at: number;
  readonly end: number;
  /** Offset of the last head. */
  start = 0;
  major = 0;
  /** Low five bits of the initial byte. */
  info = 0;
  /** Argument of the last head, rounded when above 2^53; see `wide`. INDEFINITE for info 31. Not set for floats. */
  argument = 0;
  #wide: bigint | undefined;
  #left: number;

  constructor(
    readonly bytes: Uint8Array,
    readonly limits: CborLimits = CBOR_LIMITS,
    at = 0,
  ) {
    this.at = at;
    this.end = bytes.length;
    this.#left = limits.items;
  }

  /** The exact argument of the last head when it is above 2^53. */
  get wide(): bigint | undefined {
    return this.info === 27 ? this.#wide : undefined;
  }

  /** Reads the head of the next item, which must not be a break. */
  head(): void {
    const at = this.at;
    if (at >= this.end) fail('truncated', 'the payload ends where an item should start', at, 'another data item');
    if (--this.#left < 0) fail('unsupported', `more than ${this.limits.items} items`, at);
    const first = this.bytes[at] ?? 0;
    const info = first & 0x1f;
    this.start = at;
    this.major = first >> 5;
    this.info = info;
    if (info < 24) {
      this.argument = info;
      this.at = at + 1;
    } else if (info < 28) this.#argument(at, info);
    else this.#special(at, info);
  }

  /**
   * Reads an integer that stands in one byte, as most labels do. For anything else nothing is read, and the answer is
   * undefined: `head` will tell what it is.
   */
  shortInteger(): number | undefined {
    const first = this.bytes[this.at] ?? 0xff;
    if (first >= 0x38 || (first & 0x1f) >= 24) return undefined;
    this.at++;
    return first < 24 ? first : 0x1f - first;
  }

  /**
   * Passes over a text of less than 24 bytes, as most names are: the offset of its content, of which `at` is the end.
   * For anything else nothing is read, and the answer is undefined.
   */
  shortText(): number | undefined {
    const first = this.bytes[this.at] ?? 0;
    const from = this.at + 1;
    const end = from + first - 0x60;
    if (first < 0x60 || first >= 0x78 || end > this.end) return undefined;
    this.at = end;
    return from;
  }

  #argument(at: number, info: number): void {
    const { bytes } = this;
    const width = 1 << (info - 24);
    if (at + width >= this.end)
      fail('truncated', `the head needs ${countBytes(width)} more, ${this.end - at - 1} left`, at);
    this.at = at + 1 + width;
    if (this.major === Major.simple && info > 24) return;
    let value = bytes[at + 1] ?? 0;
    if (info > 24) value = value * 256 + (bytes[at + 2] ?? 0);
    if (info > 25) value = (value * 256 + (bytes[at + 3] ?? 0)) * 256 + (bytes[at + 4] ?? 0);
    if (info > 26) value = this.#low(at, value);
    this.argument = value;
    if (this.major === Major.simple && value < 32)
      fail('not-well-formed', `simple value ${value} in two bytes`, at, 'one byte below 32 (RFC 8949 §3.3)');
  }

  #low(at: number, high: number): number {
    let low = 0;
    for (let i = 5; i <= 8; i++) low = low * 256 + (this.bytes[at + i] ?? 0);
    this.#wide = high >= 0x20_0000 ? (BigInt(high) << 32n) | BigInt(low) : undefined;
    return high * 2 ** 32 + low;
  }

  #special(at: number, info: number): void {
    if (info !== 31) fail('not-well-formed', `additional information ${info} is reserved`, at);
    if (this.major === Major.simple) fail('not-well-formed', 'a break outside an item of indefinite length', at);
    if (this.major < Major.bytes || this.major === Major.tag)
      fail('not-well-formed', `${MAJOR_NAMES[this.major]} cannot have an indefinite length`, at);
    this.argument = INDEFINITE;
    this.at = at + 1;
  }

  /**
   * Whether another element of the container follows, given its length and how many were read;
   * the break of a container of indefinite length is consumed.
   */
  more(length: number, read: number): boolean {
    if (length !== INDEFINITE) return read < length;
    if (this.bytes[this.at] !== BREAK) return true;
    this.at++;
    return false;
  }

  /** Reads the head of an array: its length, or INDEFINITE. `what` names it for people. */
  array(what: string): number {
    return this.expect(Major.array, what, 'bad-structure');
  }

  /** Reads the head of a map: its number of pairs, or INDEFINITE. */
  map(what: string): number {
    return this.expect(Major.map, what, 'bad-structure');
  }

  /** Reads a head that must have a given major type: its argument. */
  expect(major: number, what: string, code: ErrorClass): number {
    this.head();
    if (this.major !== major) fail(code, `${what} is ${this.kind()}`, this.start, MAJOR_NAMES[major]);
    return this.argument;
  }

  /** The last head for people: `a text string`, `null`, `a float`, … */
  kind(): string {
    if (this.major !== Major.simple) return MAJOR_NAMES[this.major] ?? '';
    if (this.info > 24) return 'a float';
    const named = ['false', 'true', 'null', 'undefined'][this.argument - 20];
    return named ?? `simple value ${this.argument}`;
  }

  /** The integer whose head was read, exact. */
  integer(): number | bigint {
    if (this.major === Major.unsigned) return this.wide ?? this.argument;
    return this.wide === undefined ? -1 - this.argument : -1n - this.wide;
  }

  /** Whether the last head is that of a float. */
  isFloat(): boolean {
    return this.major === Major.simple && this.info > 24;
  }

  /** The float whose head was read. */
  float(): number {
    return readFloat(this.bytes, this.start + 1, this.info === 27 ? 8 : this.info === 26 ? 4 : 2);
  }

  /** The text whose head was read, chunks joined. */
  text(): string {
    if (this.argument !== INDEFINITE) return readText(this.bytes, this.content(), this.at);
    let text = '';
    this.chunks((from, to) => (text += readText(this.bytes, from, to)));
    return text;
  }

  /** The byte string whose head was read, chunks joined; a copy. */
  byteString(): Uint8Array {
    if (this.argument !== INDEFINITE) return this.bytes.slice(this.content(), this.at);
    const chunks: Uint8Array[] = [];
    this.chunks((from, to) => chunks.push(this.bytes.subarray(from, to)));
    return concatBytes(...chunks);
  }

  /** Passes over the content of the definite string whose head was read: its offset; `at` is its end. */
  content(): number {
    const from = this.at;
    const length = this.wide ?? this.argument;
    if (length > this.end - from)
      fail('truncated', `${this.kind()} of ${countBytes(length)}, ${this.end - from} left`, this.start);
    this.at = from + this.argument;
    return from;
  }

  /** Goes through the chunks of the string of indefinite length whose head was read; their heads are in the fields. */
  chunks(take: (from: number, to: number) => void): void {
    const { start, major } = this;
    while (this.more(INDEFINITE, 0)) {
      this.head();
      if (this.major !== major || this.argument === INDEFINITE)
        fail('not-well-formed', `a chunk is ${this.kind()}`, this.start, `${MAJOR_NAMES[major]} of definite length`);
      take(this.content(), this.at);
    }
    this.start = start;
  }

  /** Passes over the next item, whatever it is, checking that it is well-formed. */
  skip(depth = 0): void {
    this.head();
    this.skipRest(depth);
  }

  /** Passes over what follows a head that was read. */
  skipRest(depth = 0): void {
    const { major, argument: length, start } = this;
    if (major === Major.text) this.text();
    else if (major === Major.bytes) this.byteString();
    if (major < Major.array || major === Major.simple) return;
    if (depth >= this.limits.depth) fail('too-deep', `more than ${this.limits.depth} levels`, start);
    if (major === Major.tag) return this.skip(depth + 1);
    for (let i = 0; this.more(length, i); i++) {
      this.skip(depth + 1);
      if (major === Major.map) this.skip(depth + 1);
    }
  }

  /** @throws ProblemError `trailing-data` when anything follows */
  done(): void {
    if (this.at < this.end)
      fail('trailing-data', `${countBytes(this.end - this.at)} after the end`, this.at, 'nothing');
  }
}
