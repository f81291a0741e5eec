import { fromUtf8 } from '../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';

/** A JSON value with its place: `at` is the byte offset of its first byte, `end` the one after its last. */
export type JsonNode =
  | { readonly kind: 'object'; readonly at: number; readonly end: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly at: number; readonly end: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly at: number; readonly end: number; readonly value: string }
  /** `text` is the literal as written: no digit is lost. See {@link exactInteger}. */
  | { readonly kind: 'number'; readonly at: number; readonly end: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly at: number; readonly end: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly at: number; readonly end: number };

export interface JsonMember {
  readonly name: string;
  /** Byte offset of the opening quote of the name. */
  readonly at: number;
  readonly value: JsonNode;
}

/** Deeper than any LwM2M payload, shallow enough for every stack. */
const MAX_DEPTH = 64;

/** Ends the recursion at the first fault; never leaves this module. */
class Fault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * Reads one JSON text (RFC 8259) strictly: UTF-8 without byte order mark, no duplicate member names, nothing after it.
 *
 * Problem codes: `truncated`, `not-well-formed`, `trailing-data`, `duplicate`, `invalid-utf8`, `too-deep`; `at` is a byte offset.
 */
export function readJson(payload: Uint8Array): Result<JsonNode> {
  try {
    const reader = new Reader(payload);
    return ok(reader.document());
  } catch (fault) {
    if (fault instanceof Fault) return failed(fault.problem);
    throw fault;
  }
}

/** The member of that name; names are unique after {@link readJson}. */
export const memberOf = (node: JsonNode & { kind: 'object' }, name: string): JsonMember | undefined =>
  node.members.find((member) => member.name === name);

/** More digits than any 64-bit number can have, so that `1e999999999` costs nothing. */
const MAX_INTEGER_DIGITS = 40;

/**
 * The integer that a number literal stands for, exactly: `100`, `1e2` and `100.0` are 100n.
 * `fraction` when it is none, `out-of-range` when it has more than 40 digits.
 */
export function exactInteger(literal: string): bigint | 'fraction' | 'out-of-range' {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (!parts) return 'fraction';
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = parts;
  const digits = whole + decimals;
  let first = 0;
  while (digits[first] === '0') first++;
  if (first === digits.length) return 0n;
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  const zeros = Number(exponent) - decimals.length + (digits.length - end);
  if (zeros < 0) return 'fraction';
  if (end - first + zeros > MAX_INTEGER_DIGITS) return 'out-of-range';
  return BigInt(sign + digits.slice(first, end) + '0'.repeat(zeros));
}

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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

class Reader {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  document(): JsonNode {
    this.#blanks();
    const node = this.#value(0);
    this.#blanks();
    if (this.#at < this.#bytes.length) this.#fail('trailing-data', 'more follows after the JSON value', this.#at);
    return node;
  }

  #value(depth: number): JsonNode {
    const at = this.#at;
    if (depth > MAX_DEPTH) this.#fail('too-deep', `values are nested deeper than ${MAX_DEPTH} levels`, at);
    const first = this.#peek('a value');
    if (first === '{') return this.#object(at, depth);
    if (first === '[') return this.#array(at, depth);
    if (first === '"') {
      const value = this.#string();
      return { kind: 'string', at, end: this.#at, value };
    }
    if (first === 't') return this.#word(at, 'true', (end) => ({ kind: 'boolean', at, end, value: true }));
    if (first === 'f') return this.#word(at, 'false', (end) => ({ kind: 'boolean', at, end, value: false }));
    if (first === 'n') return this.#word(at, 'null', (end) => ({ kind: 'null', at, end }));
    if (first === '-' || isDigit(first)) return this.#number(at);
    return this.#fail('not-well-formed', `${show(first)} does not start a JSON value`, at);
  }

  #object(at: number, depth: number): JsonNode {
    this.#at++;
    const members: JsonMember[] = [];
    const names = new Set<string>();
    this.#blanks();
    if (this.#peek('a member or "}"') === '}') return { kind: 'object', at, end: ++this.#at, members };
    for (;;) {
      this.#blanks();
      const nameAt = this.#at;
      if (this.#peek('a member name') !== '"')
        this.#fail('not-well-formed', 'a member name in double quotes is missing', nameAt);
      const name = this.#string();
      if (names.has(name)) this.#fail('duplicate', `the member ${JSON.stringify(name)} stands twice`, nameAt);
      names.add(name);
      this.#blanks();
      if (this.#peek('":"') !== ':') this.#fail('not-well-formed', '":" is missing after the member name', this.#at);
      this.#at++;
      this.#blanks();
      members.push({ name, at: nameAt, value: this.#value(depth + 1) });
      if (this.#separator('}')) return { kind: 'object', at, end: this.#at, members };
    }
  }

  #array(at: number, depth: number): JsonNode {
    this.#at++;
    const items: JsonNode[] = [];
    this.#blanks();
    if (this.#peek('a value or "]"') === ']') return { kind: 'array', at, end: ++this.#at, items };
    for (;;) {
      this.#blanks();
      items.push(this.#value(depth + 1));
      if (this.#separator(']')) return { kind: 'array', at, end: this.#at, items };
    }
  }

  /** Passes `,` (false) or the closing bracket (true). */
  #separator(close: string): boolean {
    this.#blanks();
    const found = this.#peek(`"," or "${close}"`);
    if (found !== ',' && found !== close)
      this.#fail('not-well-formed', `${show(found)} stands where "," or "${close}" belongs`, this.#at);
    this.#at++;
    return found === close;
  }

  #word(at: number, word: string, make: (end: number) => JsonNode): JsonNode {
    for (const letter of word) {
      if (this.#peek(`"${word}"`) !== letter) this.#fail('not-well-formed', `this is not the word ${word}`, at);
      this.#at++;
    }
    return make(this.#at);
  }

  #number(at: number): JsonNode {
    if (this.#current() === '-') this.#at++;
    if (this.#current() === '0') this.#at++;
    else this.#digits();
    if (this.#current() === '.') {
      this.#at++;
      this.#digits();
    }
    const mark = this.#current();
    if (mark === 'e' || mark === 'E') {
      this.#at++;
      const sign = this.#current();
      if (sign === '+' || sign === '-') this.#at++;
      this.#digits();
    }
    const next = this.#current();
    if (next !== undefined && /[0-9A-Za-z.+-]/.test(next))
      this.#fail('not-well-formed', `${show(next)} has no place in a number here`, this.#at);
    return { kind: 'number', at, end: this.#at, text: this.#ascii(at, this.#at) };
  }

  #digits(): void {
    if (!isDigit(this.#peek('a digit'))) this.#fail('not-well-formed', 'a digit is missing', this.#at);
    while (isDigit(this.#current() ?? '')) this.#at++;
  }

  #string(): string {
    const open = this.#at++;
    let text = '';
    let from = this.#at;
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) this.#fail('truncated', 'the closing quote of a string is missing', this.#at);
      if (byte === QUOTE || byte === BACKSLASH) {
        text += this.#plain(from, this.#at);
        if (byte === QUOTE) break;
        text += this.#escape();
        from = this.#at;
      } else if (byte < 0x20) {
        this.#fail('not-well-formed', `the control character 0x${hex(byte, 2)} must be escaped in a string`, this.#at);
      } else this.#at++;
    }
    this.#at++;
    if (/\p{Surrogate}/u.test(text)) this.#fail('invalid-utf8', 'the string holds half of a surrogate pair', open);
    return text;
  }

  #plain(from: number, to: number): string {
    const text = fromUtf8(this.#bytes.subarray(from, to));
    return text ?? this.#fail('invalid-utf8', 'the string is not UTF-8', from);
  }

  #escape(): string {
    const at = this.#at++;
    const letter = this.#peek('the letter of an escape');
    this.#at++;
    const plain = ESCAPES[letter];
    if (plain !== undefined) return plain;
    if (letter !== 'u') this.#fail('not-well-formed', `\\${letter} is not an escape of JSON`, at);
    for (let i = 0; i < 4; i++) {
      if (!/[0-9a-fA-F]/.test(this.#peek('four hexadecimal digits')))
        this.#fail('not-well-formed', 'four hexadecimal digits belong after \\u', at);
      this.#at++;
    }
    return String.fromCharCode(parseInt(this.#ascii(at + 2, this.#at), 16));
  }

  #blanks(): void {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return;
      this.#at++;
    }
  }

  #current(): string | undefined {
    const byte = this.#bytes[this.#at];
    return byte === undefined ? undefined : String.fromCharCode(byte);
  }

  #peek(expected: string): string {
    return this.#current() ?? this.#fail('truncated', `the text ends where ${expected} belongs`, this.#at);
  }

  #ascii(from: number, to: number): string {
    return fromUtf8(this.#bytes.subarray(from, to)) ?? '';
  }

  #fail(code: string, message: string, at: number): never {
    throw new Fault({ code, message, at });
  }
}

const isDigit = (letter: string): boolean => letter >= '0' && letter <= '9' && letter.length === 1;
const hex = (byte: number, width: number): string => byte.toString(16).padStart(width, '0');

/** A byte as a person reads it: printable ASCII in quotes, others by number. */
const show = (letter: string): string =>
  letter > ' ' && letter < '\x7f' ? JSON.stringify(letter) : `the byte 0x${hex(letter.charCodeAt(0), 2)}`;
