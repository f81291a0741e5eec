import { fromUtf8 } from '../../base/bytes.js';
import { countBytes, fail } from '../cbor/attempt.js';
import { readText } from '../cbor/text.js';
import { isNumberByte, isNumberStart, numberEnd, readLatin } from './json-bytes.js';
import type { JsonItem, JsonLimits, JsonMember, JsonString } from './json.js';

/** Containers are handed over before their content is read, so that a problem inside does not lose them. */
type Place = (item: JsonItem) => void;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LITERALS = ['true', 'false', 'null'] as const;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const LONGEST = 5;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Reads one JSON text; see `readJson`. */
export class JsonReader {
  #at = 0;
  #items = 0;
  /** The whole text where one byte is one character, as nearly always: parts are cut out of it, and not decoded one by one. */
  readonly #ascii: string | undefined;

  constructor(
    readonly bytes: Uint8Array,
    readonly limits: JsonLimits,
  ) {
    const text = fromUtf8(bytes);
    if (text?.length === bytes.length) this.#ascii = text;
  }

  document(place: Place): void {
    this.#value(0, place);
    this.end();
  }

  /** Nothing but white space is left. */
  end(): void {
    this.#blanks();
    const left = this.bytes.length - this.#at;
    if (left > 0) fail('trailing-data', `${countBytes(left)} after the end`, this.#at, 'nothing');
  }

  /** Passes over that byte, if it is the next one after white space. */
  passes(byte: number): boolean {
    if (this.#blanks() !== byte) return false;
    this.#at++;
    return true;
  }

  expect(byte: number): void {
    if (!this.passes(byte)) this.#wrong(JSON.stringify(String.fromCharCode(byte)));
  }

  /** The name of a member, and the colon after it. */
  name(): JsonString {
    if (this.#blanks() !== QUOTE) this.#wrong('a name in quotes');
    const name = this.#string();
    if (this.#blanks() !== COLON) this.#wrong('":"');
    this.#at++;
    return name;
  }

  /** As {@link name}, but only of up to four plain characters: as `nameCode` gives it. */
  shortName(): number {
    if (this.#blanks() !== QUOTE) this.#wrong('a name in quotes');
    const bytes = this.bytes;
    let at = this.#at + 1;
    let code = 0;
    for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[++at]) {
      if (byte === undefined || byte <= 0x20 || byte > 0x7e || byte === BACKSLASH || at > this.#at + 4)
        return fail('unsupported', 'a name that is long or not plain', this.#at);
      code = code * 256 + byte;
    }
    this.#at = at + 1;
    if (this.#blanks() !== COLON) this.#wrong('":"');
    this.#at++;
    return code;
  }

  /** A string, number, boolean or null. */
  scalar(): JsonItem {
    const byte = this.#blanks();
    if (byte === QUOTE) return this.#string();
    return isNumberStart(byte) ? this.#number() : this.#literal();
  }

  /** Passes over white space: the next byte, or undefined at the end. */
  #blanks(): number | undefined {
    const bytes = this.bytes;
    for (let at = this.#at; ; at++) {
      const byte = bytes[at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        this.#at = at;
        return byte;
      }
    }
  }

  #wrong(expected: string): never {
    const byte = this.bytes[this.#at];
    if (byte === undefined) return fail('truncated', 'the text ends too early', this.#at, expected);
    const shown =
      byte > 0x20 && byte < 0x7f
        ? JSON.stringify(String.fromCharCode(byte))
        : `byte ${byte.toString(16).padStart(2, '0')}`;
    return fail('not-well-formed', `${shown} where ${expected} should be`, this.#at, expected);
  }

  #value(depth: number, place: Place): void {
    const byte = this.#blanks();
    if (++this.#items > this.limits.items) fail('unsupported', `more than ${this.limits.items} values`, this.#at);
    if (byte === 0x5b) this.#array(depth, place);
    else if (byte === 0x7b) this.#object(depth, place);
    else place(this.scalar());
  }

  #enter(depth: number): number {
    if (depth >= this.limits.depth) fail('too-deep', `more than ${this.limits.depth} levels`, this.#at);
    return this.#at++;
  }

  #array(depth: number, place: Place): void {
    const at = this.#enter(depth);
    const items: JsonItem[] = [];
    const array = { kind: 'array' as const, at, end: this.#at, items };
    place(array);
    this.elements(0x5d, () => this.#value(depth + 1, (item) => items.push(item)));
    array.end = this.#at;
  }

  #object(depth: number, place: Place): void {
    const at = this.#enter(depth);
    const members: JsonMember[] = [];
    const object = { kind: 'object' as const, at, end: this.#at, members };
    place(object);
    this.elements(0x7d, () => {
      const key = this.name();
      this.#value(depth + 1, (value) => members.push({ key, value }));
    });
    object.end = this.#at;
  }

  /** Elements between commas up to the closing bracket, the opening one is passed already. */
  elements(close: number, element: () => void): void {
    if (this.#blanks() === close) {
      this.#at++;
      return;
    }
    for (;;) {
      element();
      const byte = this.#blanks();
      if (byte !== COMMA && byte !== close) this.#wrong(`"," or ${JSON.stringify(String.fromCharCode(close))}`);
      this.#at++;
      if (byte === close) return;
    }
  }

  #number(): JsonItem {
    const at = this.#at;
    const end = numberEnd(this.bytes, at);
    if (!isNumberByte(this.bytes[end])) {
      this.#at = end;
      return { kind: 'number', at, end, text: this.#text(at, end) };
    }
    while (isNumberByte(this.bytes[this.#at])) this.#at++;
    const text = this.#text(at, this.#at);
    if (this.#at === this.bytes.length && NUMBER.test(`${text}0`))
      return fail('truncated', 'the text ends inside a number', at, 'a digit');
    return fail('not-well-formed', `${text} is no number of JSON`, at, 'a number as in RFC 8259 §6');
  }

  #literal(): JsonItem {
    const at = this.#at;
    const name = LITERALS.find((literal) => this.#has(literal));
    if (name === undefined) {
      const left = readLatin(this.bytes, at, at + LONGEST);
      if (left !== '' && LITERALS.some((literal) => literal.startsWith(left)))
        fail('truncated', 'the text ends inside a word', at, 'true, false or null');
      return this.#wrong('a value');
    }
    const end = (this.#at += name.length);
    return name === 'null' ? { kind: 'null', at, end } : { kind: 'boolean', at, end, value: name === 'true' };
  }

  #has(literal: string): boolean {
    return readLatin(this.bytes, this.#at, this.#at + literal.length) === literal;
  }

  #text(from: number, to: number): string {
    return this.#ascii?.slice(from, to) ?? readText(this.bytes, from, to);
  }

  #string(): JsonString {
    const at = this.#at++;
    let value = '';
    for (let from = this.#at; ; from = this.#at) {
      const byte = this.#plain();
      if (byte === undefined) fail('truncated', 'the text ends inside a string', at, 'a quote');
      value += this.#text(from, this.#at);
      if (byte === QUOTE) return { kind: 'string', at, end: ++this.#at, value };
      if (byte !== BACKSLASH) this.#wrong('an escaped control character');
      value += this.#escape();
    }
  }

  /** Passes over characters that stand for themselves: the byte that ends them. */
  #plain(): number | undefined {
    const bytes = this.bytes;
    for (let at = this.#at; ; at++) {
      const byte = bytes[at];
      if (byte === undefined || byte < 0x20 || byte === QUOTE || byte === BACKSLASH) {
        this.#at = at;
        return byte;
      }
    }
  }

  #escape(): string {
    const at = this.#at;
    const letter = readLatin(this.bytes, at + 1, at + 2);
    if (letter === '') fail('truncated', 'the text ends inside an escape', at, 'an escape');
    this.#at += 2;
    if (letter !== 'u')
      return (
        ESCAPES[letter] ??
        fail('not-well-formed', `the escape \\${letter}`, at, '\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u')
      );
    const unit = this.#hex(at);
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    const next = readLatin(this.bytes, this.#at, this.#at + 2);
    if (next.length < 2 && '\\u'.startsWith(next))
      fail('truncated', 'the text ends inside a string', at, 'a low surrogate');
    if (unit < 0xdc00 && next === '\\u') {
      this.#at += 2;
      const low = this.#hex(at);
      if (low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(unit, low);
    }
    return fail('invalid-utf8', 'a lone surrogate', at, 'a pair of surrogates, or any other character');
  }

  #hex(at: number): number {
    const digits = readLatin(this.bytes, this.#at, this.#at + 4);
    if (!/^[0-9a-fA-F]*$/.test(digits))
      fail('not-well-formed', `\\u${digits} is no character`, at, 'four hexadecimal digits');
    if (digits.length < 4) fail('truncated', 'the text ends inside an escape', at, 'four hexadecimal digits');
    this.#at += 4;
    return parseInt(digits, 16);
  }
}
