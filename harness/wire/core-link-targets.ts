import { MAX_ID } from '../model/path.js';
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
  const { length } = payload;
  const entries: Entry[] = [];
  let at = 0;
  for (;;) {
    if (payload[at++] !== LESS) return undefined;
    let depth = 0;
    let first = 0;
    let second = 0;
    let third = 0;
    let id = 0;
    while (payload[at] === SLASH) {
      if (depth === 1) first = id;
      else if (depth === 2) second = id;
      else if (depth === 3) third = id;
      else if (depth === 4) return undefined;
      const from = ++at;
      id = 0;
      for (; at < length; at++) {
        const digit = (payload[at] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) break;
        id = id * 10 + digit;
      }
      if (at === from || id > MAX_ID || (payload[from] === ZERO && at > from + 1)) return undefined;
      depth++;
    }
    if (depth === 0 || payload[at++] !== GREATER) return undefined;
    // Each length written out: an array that grows takes longer than reading all of its digits.
    if (depth === 1) entries.push({ path: [id] });
    else if (depth === 2) entries.push({ path: [first, id] });
    else if (depth === 3) entries.push({ path: [first, second, id] });
    else entries.push({ path: [first, second, third, id] });
    if (payload[at] === SEMICOLON) at = attributesEnd(payload, at);
    if (at === length) return entries;
    if (payload[at++] !== COMMA) return undefined;
  }
}

/** The end of the attributes of a link; -1, which is the place of no byte, where they are not plain or one stands twice. */
function attributesEnd(bytes: Uint8Array, from: number): number {
  const names: number[] = [];
  let at = from;
  while (bytes[at] === SEMICOLON) {
    const start = at + 1;
    at = tokenEnd(bytes, start);
    if (at === start || at > start + NAME_LENGTH) return -1;
    const name = nameCode(bytes, start, at);
    if (names.includes(name)) return -1;
    names.push(name);
    if (bytes[at] === EQUALS) at = valueEnd(bytes, at + 1);
  }
  return at;
}

function nameCode(bytes: Uint8Array, from: number, to: number): number {
  let code = 0;
  for (let at = from; at < to; at++) code = code * 256 + (bytes[at] ?? 0);
  return code;
}

/** The end of the value of an attribute; -1 where it is none, or not plain. */
function valueEnd(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  if (bytes[from] !== QUOTE) {
    at = tokenEnd(bytes, from);
    return at > from ? at : -1;
  }
  for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[++at])
    if (byte === undefined || byte < BLANK || byte > TILDE || byte === BACKSLASH) return -1;
  return at + 1;
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
