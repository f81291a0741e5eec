import { MAX_ID, type Path } from '../model/path.js';
import type { Entry } from '../model/value.js';

const LESS = 0x3c;
const GREATER = 0x3e;
const COMMA = 0x2c;
const SLASH = 0x2f;
const ZERO = 0x30;

/**
 * The targets of bare links to Objects and what is below them, `</3/0>,</5>`, in one pass over the bytes. Undefined where anything
 * else is met, right or wrong: it takes the reader of the whole grammar to tell.
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
}
