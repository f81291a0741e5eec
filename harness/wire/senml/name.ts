import { EMPTY, concatBytes, utf8 } from '../../base/bytes.js';
import { MAX_ID, type Path } from '../../model/path.js';
import { fail } from '../cbor/attempt.js';
import { firstInvalid, readText } from '../cbor/text.js';

const SLASH = 0x2f;
const ZERO = 0x30;
const PATH = '/object/instance/resource/resource-instance, decimal, from the root';

/**
 * Joins base name and name and reads the LwM2M path they make (RFC 8428 §4.5.1, F-20).
 * Works on the bytes of the payload, and reads the base name once for all records that share it.
 */
export class NameReader {
  readonly #root: Uint8Array;
  readonly #leadingZeros: boolean;
  #base: Uint8Array = EMPTY;
  /** Identifiers read, of which the last may still get digits. */
  #count = 0;
  #digits = -1;
  #id = 0;
  #first = 0;
  #second = 0;
  #third = 0;
  /** Where the base name left off. */
  #baseCount = 0;
  #baseDigits = -1;
  #baseId = 0;

  /** @param leadingZeros whether `/3/00/9` passes for `/3/0/9` */
  constructor(rootPath: string | undefined, leadingZeros: boolean) {
    this.#root = rootPath === undefined ? EMPTY : utf8(rootPath);
    this.#leadingZeros = leadingZeros;
  }

  /** Sets the base name, `bytes[from..to)`, for this record and those that follow. */
  base(bytes: Uint8Array, from: number, to: number, at: number): void {
    this.#base = bytes.subarray(from, to);
    this.#restart(0, -1, 0);
    if (this.#root.length === 0) this.#scan(bytes, from, to, at);
    this.#baseCount = this.#count;
    this.#baseDigits = this.#digits;
    this.#baseId = this.#id;
  }

  /**
   * The path of a record with the name `bytes[from..to)`, which may be empty.
   *
   * @param at offset of the name, for problems
   */
  path(bytes: Uint8Array, from: number, to: number, at: number): Path {
    this.#restart(this.#baseCount, this.#baseDigits, this.#baseId);
    if (this.#root.length === 0) this.#scan(bytes, from, to, at);
    else this.#scanBelowRoot(concatBytes(this.#base, bytes.subarray(from, to)), at);
    return this.#path() ?? this.#refuse(bytes, from, to, at);
  }

  #restart(count: number, digits: number, id: number): void {
    this.#count = count;
    this.#digits = digits;
    this.#id = id;
  }

  #scanBelowRoot(name: Uint8Array, at: number): void {
    const isBelow = this.#root.every((byte, i) => name[i] === byte);
    this.#scan(name, isBelow ? this.#root.length : 0, name.length, at);
  }

  #scan(bytes: Uint8Array, from: number, to: number, at: number): void {
    for (let i = from; i < to; i++) {
      const digit = (bytes[i] ?? 0) - ZERO;
      if (digit >= 0 && digit <= 9 && this.#digits >= 0) {
        if (this.#digits > 0 && this.#id === 0 && !this.#leadingZeros) this.#refuse(bytes, from, to, at);
        this.#id = this.#id * 10 + digit;
        if (this.#id >= MAX_ID) fail('out-of-range', `the identifier ${this.#id} in a name`, at, `0 to ${MAX_ID - 1}`);
        this.#digits++;
      } else if (digit === SLASH - ZERO) this.#slash(bytes, from, to, at);
      else this.#refuse(bytes, from, to, at);
    }
  }

  #slash(bytes: Uint8Array, from: number, to: number, at: number): void {
    if (this.#digits === 0 || this.#count === 4) this.#refuse(bytes, from, to, at);
    if (this.#count === 1) this.#first = this.#id;
    else if (this.#count === 2) this.#second = this.#id;
    else if (this.#count === 3) this.#third = this.#id;
    this.#count++;
    this.#digits = 0;
    this.#id = 0;
  }

  /** An array of just the right size, which one that grows is not; undefined when the name ends too early. */
  #path(): Path | undefined {
    if (this.#digits === 0) return this.#count === 1 ? [] : undefined;
    if (this.#count === 3) return [this.#first, this.#second, this.#id];
    if (this.#count === 4) return [this.#first, this.#second, this.#third, this.#id];
    if (this.#count === 2) return [this.#first, this.#id];
    return this.#count === 1 ? [this.#id] : undefined;
  }

  #refuse(bytes: Uint8Array, from: number, to: number, at: number): never {
    const name = bytes.subarray(from, to);
    const joined =
      this.#base.buffer === bytes.buffer && this.#base.byteOffset === name.byteOffset
        ? name
        : concatBytes(this.#base, name);
    if (joined.length === 0) return fail('bad-path', 'a record without base name and name', at, PATH);
    if (firstInvalid(joined, 0, joined.length) < joined.length)
      fail('invalid-utf8', 'a name that is not UTF-8', at, 'well-formed UTF-8 (RFC 3629)');
    return fail('bad-path', `the name ${JSON.stringify(readText(joined, 0, joined.length))} is no path`, at, PATH);
  }
}
