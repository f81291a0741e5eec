import { concatBytes } from '../../base/bytes.js';
import { Abort } from './alert.js';

export const uint8 = (value: number): Uint8Array => Uint8Array.of(value);
export const uint16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value);
export const uint24 = (value: number): Uint8Array => Uint8Array.of(value >>> 16, value >>> 8, value);

/** Six bytes; a record sequence number does not fit in 32 bits. */
export function uint48(value: number): Uint8Array {
  const bytes = new Uint8Array(6);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(value / 2 ** 32));
  view.setUint32(2, value % 2 ** 32);
  return bytes;
}

/** A vector with a length of one, two or three bytes before it (RFC 5246 §4.3). */
export const vector8 = (...parts: readonly Uint8Array[]): Uint8Array => prefixed(uint8, parts);
export const vector16 = (...parts: readonly Uint8Array[]): Uint8Array => prefixed(uint16, parts);
export const vector24 = (...parts: readonly Uint8Array[]): Uint8Array => prefixed(uint24, parts);

function prefixed(length: (value: number) => Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(length(parts.reduce((sum, part) => sum + part.length, 0)), ...parts);
}

/** Reads the presentation language of RFC 5246 §4. Anything short or left over is a `decode_error`. */
export class Reader {
  #at = 0;
  constructor(
    readonly bytes: Uint8Array,
    /** What is read, for the message of an error. */
    readonly what: string,
  ) {}

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  take(length: number): Uint8Array {
    if (length > this.left) {
      throw new Abort(
        'decode_error',
        `${this.what} ends early: ${length} bytes wanted at ${this.#at}, ${this.left} left`,
      );
    }
    const part = this.bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }

  uint8 = (): number => this.#number(1);
  uint16 = (): number => this.#number(2);
  uint24 = (): number => this.#number(3);
  uint32 = (): number => this.#number(4);
  uint48 = (): number => this.#number(6);

  vector8 = (): Uint8Array => this.take(this.uint8());
  vector16 = (): Uint8Array => this.take(this.uint16());
  vector24 = (): Uint8Array => this.take(this.uint24());

  /** The numbers of a vector of 16-bit numbers with a 16-bit length. An odd length is a `decode_error`. */
  list16(): number[] {
    const list = new Reader(this.vector16(), this.what);
    const numbers: number[] = [];
    while (list.left > 0) numbers.push(list.uint16());
    return numbers;
  }

  end(): void {
    if (this.left > 0) throw new Abort('decode_error', `${this.what} has ${this.left} bytes too many`);
  }

  #number(length: number): number {
    return this.take(length).reduce((value, byte) => value * 256 + byte, 0);
  }
}
