import { MAX_ID, type Path } from '../model/path.js';
import type { Entry } from '../model/value.js';

const LESS = 0x3c;
const GREATER = 0x3e;
const COMMA = 0x2c;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BLANK = 0x20;
const TILDE = 0x7e;

/** Length of the names that fit a number exactly, byte for byte; LwM2M has no longer ones. */
const NAME_LENGTH = 6;

/**
 * The targets of links to Objects and what is below them, `</3/0>;pmin=10,</5>`, in one pass over the bytes; attributes are passed
 * over. Undefined where anything less plain is met, right or wrong: it takes the reader of the whole grammar to tell.
 */
export function plainTargets(payload: Uint8Array): readonly Entry[] | undefined {
  return new TargetReader(payload).list();
}

class TargetReader {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  list(): readonly Entry[] | undefined {
    const bytes = this.#bytes;
    const entries: Entry[] = [];
    for (;;) {
      if (bytes[this.#at++] !== LESS) return undefined;
      const path = this.#path();
      if (!path || bytes[this.#at++] !== GREATER) return undefined;
      if (bytes[this.#at] === SEMICOLON && !this.#attributes()) return undefined;
      entries.push({ path });
      if (this.#at === bytes.length) return entries;
      if (bytes[this.#at++] !== COMMA) return undefined;
    }
  }

  /** Each length written out: an array that grows takes longer than reading all of its digits. */
  #path(): Path | undefined {
    const bytes = this.#bytes;
    const object = this.#id();
    if (object === undefined) return undefined;
    if (bytes[this.#at] !== SLASH) return [object];
    const instance = this.#id();
    if (instance === undefined) return undefined;
    if (bytes[this.#at] !== SLASH) return [object, instance];
    const resource = this.#id();
    if (resource === undefined) return undefined;
    if (bytes[this.#at] !== SLASH) return [object, instance, resource];
    const last = this.#id();
    return last === undefined ? undefined : [object, instance, resource, last];
  }

  /** An identifier with the slash before it. */
  #id(): number | undefined {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== SLASH) return undefined;
    const from = this.#at + 1;
    let at = from;
    let id = 0;
    for (; at < bytes.length; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      id = id * 10 + digit;
    }
    this.#at = at;
    const isPlain = at > from && (at === from + 1 || bytes[from] !== ZERO) && id <= MAX_ID;
    return isPlain ? id : undefined;
  }

  /** Passes over attributes; false where they are not plain, or one stands twice. */
  #attributes(): boolean {
    const bytes = this.#bytes;
    const names: number[] = [];
    while (bytes[this.#at] === SEMICOLON) {
      const name = this.#name();
      if (name === undefined || names.includes(name)) return false;
      names.push(name);
      if (bytes[this.#at] === EQUALS && !this.#value()) return false;
    }
    return true;
  }

  /** The name of an attribute as a number, with the semicolon before it. */
  #name(): number | undefined {
    const from = this.#at + 1;
    const end = tokenEnd(this.#bytes, from);
    if (end === from || end > from + NAME_LENGTH) return undefined;
    let code = 0;
    for (let at = from; at < end; at++) code = code * 256 + (this.#bytes[at] ?? 0);
    this.#at = end;
    return code;
  }

  /** Passes over the value of an attribute, with the equals sign before it. */
  #value(): boolean {
    const bytes = this.#bytes;
    const from = this.#at + 1;
    if (bytes[from] !== QUOTE) {
      this.#at = tokenEnd(bytes, from);
      return this.#at > from;
    }
    let at = from + 1;
    for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[++at])
      if (byte === undefined || byte < BLANK || byte > TILDE || byte === BACKSLASH) return false;
    this.#at = at + 1;
    return true;
  }
}

/** The end of letters, digits, points and hyphens: what names and values nearly always are made of. */
function tokenEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte !== undefined && isTokenByte(byte); byte = bytes[at]) at++;
  return at;
}

function isTokenByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= ZERO && byte <= NINE) || byte === 0x2e || byte === 0x2d;
}
