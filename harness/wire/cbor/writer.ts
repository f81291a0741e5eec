import { utf8 } from '../../base/bytes.js';
import { fail } from './attempt.js';
import { floatWidth, writeFloat, type FloatWidth } from './float.js';
import { headWidth, type HeadWidth } from './item.js';
import { Major } from './reader.js';
import { isEncodable } from './text.js';

/** Written payloads are cut from slabs of this size: allocating one array each would cost as much as the encoding. */
const SLAB = 32_768;

/** The rest of the current slab; a writer takes it when it starts and hands back what it leaves. */
let spare: Uint8Array | undefined;

const INITIAL: Readonly<Record<HeadWidth, number>> = { 0: 0, 1: 24, 2: 25, 4: 26, 8: 27 };

/**
 * Writes CBOR items one after the other, in preferred form: shortest heads, definite lengths, narrowest exact floats
 * (RFC 8949 §4.1). Subclasses deviate; nothing here checks that containers get the content they announce.
 */
export class CborWriter {
  #bytes: Uint8Array;
  #at = 0;

  constructor() {
    this.#bytes = spare ?? new Uint8Array(SLAB);
    spare = undefined;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  /** The payload. The writer must not be used afterwards. */
  finish(): Uint8Array {
    const payload = this.#bytes.subarray(0, this.#at);
    const isSlab = this.#bytes.buffer.byteLength === SLAB; // a large payload must not be kept alive by later small ones
    if (isSlab && this.#bytes.length - this.#at > SLAB / 8) spare = this.#bytes.subarray(this.#at);
    return payload;
  }

  #room(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(SLAB, 2 * (this.#at + count)));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }

  /** A head of a given width, which may be wider than needed. */
  head(major: number, argument: number | bigint, width: HeadWidth = headWidth(argument)): void {
    this.#room(9);
    const bytes = this.#bytes;
    let at = this.#at;
    if (width === 0) {
      bytes[at] = (major << 5) | Number(argument);
      this.#at = at + 1;
      return;
    }
    bytes[at++] = (major << 5) | INITIAL[width];
    if (width === 8) {
      const low = Number(BigInt(argument) & 0xffff_ffffn);
      this.#number(at, Number(BigInt(argument) >> 32n), 4);
      this.#number(at + 4, low, 4);
    } else this.#number(at, Number(argument), width);
    this.#at = at + width;
  }

  #number(at: number, value: number, width: number): void {
    let rest = value;
    for (let i = width - 1; i >= 0; i--) {
      this.#bytes[at + i] = rest;
      rest >>>= 8;
    }
  }

  /** @throws ProblemError `not-encodable` outside -2^64 to 2^64-1 */
  integer(value: number | bigint): void {
    if (typeof value === 'bigint') {
      if (value > 0xffff_ffff_ffff_ffffn || value < -0x1_0000_0000_0000_0000n)
        fail('not-encodable', `${value} does not fit the 64 bits of a CBOR integer`);
      if (value >= -0xffff_ffffn && value <= 0xffff_ffffn) return this.integer(Number(value));
      if (value < 0n) this.head(Major.negative, -1n - value);
      else this.head(Major.unsigned, value);
    } else if (value >= 0 && value < 24) this.byte(value);
    else if (value < 0) this.head(Major.negative, -1 - value);
    else this.head(Major.unsigned, value);
  }

  /** @param width the narrowest allowed; a narrower one than the value needs is widened */
  float(value: number, width: FloatWidth = 2): void {
    this.exactFloat(value, floatWidth(value, width));
  }

  /** A float of just this width, rounded if need be. */
  exactFloat(value: number, width: FloatWidth): void {
    this.#room(9);
    this.#bytes[this.#at] = (Major.simple << 5) | INITIAL[width];
    writeFloat(this.#bytes, this.#at + 1, value, width);
    this.#at += 1 + width;
  }

  /**
   * @param width of the head; absent: the shortest
   * @throws ProblemError `not-encodable` when the text has a lone surrogate
   */
  text(value: string, width?: HeadWidth): void {
    if (value.length < 24 && !width && this.#shortAscii(value)) return;
    if (!isEncodable(value)) fail('not-encodable', 'a lone surrogate has no UTF-8 form');
    const bytes = utf8(value);
    this.head(Major.text, bytes.length, width);
    this.raw(bytes);
  }

  /** A text key of a map: as `text`, but never in chunks. */
  key(text: string): void {
    this.text(text);
  }

  /** Text of less than 24 characters below U+0080; puts nothing when it is not that. */
  #shortAscii(value: string): boolean {
    this.#room(24);
    const bytes = this.#bytes;
    const at = this.#at + 1;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[at + i] = code;
    }
    bytes[at - 1] = (Major.text << 5) | value.length;
    this.#at = at + value.length;
    return true;
  }

  bytes(value: Uint8Array): void {
    this.head(Major.bytes, value.length);
    this.raw(value);
  }

  array(length: number): void {
    this.head(Major.array, length);
  }

  map(pairs: number): void {
    this.head(Major.map, pairs);
  }

  /** The end of an array or map; nothing in definite form. */
  end(): void {}

  tag(tag: number | bigint): void {
    this.head(Major.tag, tag);
  }

  simple(value: number): void {
    this.head(Major.simple, value, value < 24 ? 0 : 1);
  }

  boolean(value: boolean): void {
    this.simple(value ? 21 : 20);
  }

  null(): void {
    this.simple(22);
  }

  /** The head of an array, map or string of indefinite length. */
  indefinite(major: number): void {
    this.byte((major << 5) | 31);
  }

  break(): void {
    this.byte(0xff);
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = value;
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }
}
