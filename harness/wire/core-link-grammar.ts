import { utf8 } from '../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import { readUtf8 } from './text-value.js';

/** An attribute of a link as it is written: `value` is undefined for a bare name; `quoted` tells `"1.1"` from `1.1`. */
export type LinkAttribute = readonly [name: string, value: string | undefined, quoted: boolean];

/** A link of CoRE Link Format (RFC 6690). Attributes keep their order, known or not. */
export interface Link {
  /** What stands between the angle brackets; empty for the bare attributes of {@link LINK_LENIENCIES} `link-bare-attributes`. */
  readonly path: string;
  readonly attributes: readonly LinkAttribute[];
  /** Offset of the link: in characters from {@link parseLinks}, in bytes from {@link decodeLinks}. */
  readonly at: number;
}

/** Deviations from RFC 6690 that {@link parseLinks} accepts by name. */
export const LINK_LENIENCIES = {
  'link-blanks': 'blanks around commas and semicolons and at both ends (X-8)',
  'link-unquoted-list': 'a ct or rt list without quotes: ct=60 110 (X-7)',
  'link-bare-attributes': 'attributes without a link at the start: lwm2m="1.0",</0/0> (B-18, X-13)',
  'link-repeated-attributes': 'one attribute twice in a link: ct=110;ct=112',
} as const;

type Allows = (leniency: keyof typeof LINK_LENIENCIES) => boolean;

// Runs of RFC 3986 characters of a reference, of RFC 6690 §2 attr-char and ptokenchar; they match where `lastIndex` says.
const URI_RUN = /[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*/y;
const NAME_RUN = /[A-Za-z0-9!#$&+\-.^_`|~*]*/y;
const TOKEN_RUN = /[!#$%&'()*+\-./0-9:<=>?@A-Za-z[\]^_`{|}~]*/y;
const BLANK_RUN = /[ \t\r\n]*/y;
const TOKEN = /^[!#$%&'()*+\-./0-9:<=>?@A-Za-z[\]^_`{|}~]+$/;

/** Ends the reading at the first fault; never leaves this module. */
class Fault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * Reads a list of links strictly by RFC 6690 §2; the empty text is the empty list.
 *
 * Problem codes: `not-well-formed`, `truncated`, `duplicate`; `at` is a character offset.
 *
 * @param lenient names of {@link LINK_LENIENCIES}
 * @example
 * parseLinks('</1/0>,</3>;ver=1.2')
 * // => { ok: true, value: [{ path: '/1/0', attributes: [], at: 0 }, { path: '/3', attributes: [['ver', '1.2', false]], at: 7 }] }
 */
export function parseLinks(text: string, lenient: ReadonlySet<string> = new Set()): Result<readonly Link[]> {
  try {
    return ok(new LinkReader(text, (leniency) => lenient.has(leniency)).list());
  } catch (fault) {
    if (fault instanceof Fault) return failed(fault.problem);
    throw fault;
  }
}

/** As {@link parseLinks}, of a payload of Content-Format 40: offsets are in bytes. Further problem code: `invalid-utf8`. */
export function decodeLinks(payload: Uint8Array, lenient?: ReadonlySet<string>): Result<readonly Link[]> {
  const text = readUtf8(payload);
  if (!text.ok) return text;
  const links = parseLinks(text.value, lenient);
  if (payload.length === text.value.length) return links;
  const byteOffset = byteOffsets(text.value);
  if (links.ok) return ok(links.value.map((link) => ({ ...link, at: byteOffset(link.at) })));
  return failed({ ...links.problem, at: byteOffset(links.problem.at ?? 0) });
}

/** Byte offsets of character offsets that only ascend. */
function byteOffsets(text: string): (at: number) => number {
  let [characters, bytes] = [0, 0];
  return (at) => {
    bytes += utf8(text.slice(characters, at)).length;
    characters = at;
    return bytes;
  };
}

class LinkReader {
  #at = 0;
  readonly #text: string;
  readonly #allows: Allows;
  readonly #allowsBlanks: boolean;

  constructor(text: string, allows: Allows) {
    this.#text = text;
    this.#allows = allows;
    this.#allowsBlanks = allows('link-blanks');
  }

  list(): Link[] {
    const links: Link[] = [];
    this.#blanks();
    if (this.#peek() === undefined) return links;
    for (;;) {
      links.push(this.#link(links.length === 0));
      this.#blanks();
      const next = this.#peek();
      if (next === undefined) return links;
      if (next !== ',') this.#fail(`${this.#shown()} stands after a link`, 'expected "," or ";" or the end');
      this.#at++;
      this.#blanks();
    }
  }

  #link(first: boolean): Link {
    const at = this.#at;
    const bare = first && this.#peek() !== '<' && this.#allows('link-bare-attributes');
    const attributes: LinkAttribute[] = bare ? [this.#attribute()] : [];
    const path = bare ? '' : this.#target();
    let names: Set<string> | undefined; // most links have no attributes
    for (;;) {
      this.#blanks();
      if (this.#peek() !== ';') return { path, attributes, at };
      this.#at++;
      this.#blanks();
      const nameAt = this.#at;
      const attribute = this.#attribute();
      names ??= new Set(attributes.map(([name]) => name));
      if (names.has(attribute[0]) && !this.#allows('link-repeated-attributes'))
        this.#failAs('duplicate', `the attribute ${attribute[0]} stands twice`, nameAt);
      names.add(attribute[0]);
      attributes.push(attribute);
    }
  }

  #target(): string {
    if (this.#peek() !== '<') this.#fail(`${this.#shown()} does not start a link`, 'expected "<"');
    this.#at++;
    const path = this.#run(URI_RUN);
    if (this.#peek() !== '>') this.#fail(`${this.#shown()} has no place in a link target`, 'expected ">"');
    this.#at++;
    return path;
  }

  #attribute(): LinkAttribute {
    const name = this.#run(NAME_RUN);
    if (name === '') this.#fail(`${this.#shown()} does not start an attribute`, 'expected an attribute name');
    if (this.#peek() !== '=') return [name, undefined, false];
    this.#at++;
    if (this.#peek() === '"') return [name, this.#quoted(), true];
    const value = this.#run(TOKEN_RUN);
    if (value === '') this.#fail(`the value of ${name} is missing`, 'expected a token or a quoted text');
    const isList = (name === 'ct' || name === 'rt') && this.#allows('link-unquoted-list');
    return [name, isList ? value + this.#listRest() : value, false];
  }

  #listRest(): string {
    let rest = '';
    while (this.#peek() === ' ' && TOKEN.test(this.#text[this.#at + 1] ?? '')) {
      this.#at++;
      rest += ` ${this.#run(TOKEN_RUN)}`;
    }
    return rest;
  }

  #quoted(): string {
    const open = this.#at++;
    let value = '';
    for (;;) {
      const letter = this.#peek();
      if (letter === undefined) this.#failAs('truncated', 'the closing quote is missing', open);
      this.#at++;
      if (letter === '"') return value;
      if (letter === '\\') {
        const escaped = this.#peek();
        if (escaped === undefined) this.#failAs('truncated', 'the closing quote is missing', open);
        this.#at++;
        value += escaped;
      } else if (letter < ' ' || letter === '\x7f') {
        this.#at--;
        this.#fail(`${this.#shown()} has no place in a quoted text`, 'expected printable characters');
      } else value += letter;
    }
  }

  #run(run: RegExp): string {
    const from = this.#at;
    run.lastIndex = from;
    run.test(this.#text);
    this.#at = run.lastIndex;
    return this.#text.slice(from, this.#at);
  }

  #blanks(): void {
    if (this.#allowsBlanks) this.#run(BLANK_RUN);
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #shown(): string {
    const letter = this.#peek();
    return letter === undefined ? 'the end' : JSON.stringify(letter);
  }

  #fail(message: string, hint: string): never {
    const code = this.#peek() === undefined ? 'truncated' : 'not-well-formed';
    throw new Fault({ code, message, at: this.#at, hint });
  }

  #failAs(code: string, message: string, at: number): never {
    throw new Fault({ code, message, at });
  }
}

/** A link without its place, to be written. */
export type LinkSpec = Pick<Link, 'path' | 'attributes'>;

/**
 * Writes links as RFC 6690, joined by `,` without blanks. An attribute is quoted when it says so, or when its value is no token.
 * What is no valid target or name is written as it is: a tester may want it wrong.
 *
 * @example
 * formatLinks([{ path: '/', attributes: [['ct', '60 110', true]] }, { path: '/3/0', attributes: [] }])
 * // => '</>;ct="60 110",</3/0>'
 */
export function formatLinks(links: readonly LinkSpec[]): string {
  return links.map(formatLink).join(',');
}

function formatLink({ path, attributes }: LinkSpec): string {
  const target = path === '' ? [] : [`<${path}>`];
  return [...target, ...attributes.map(formatAttribute)].join(';');
}

function formatAttribute([name, value, quoted]: LinkAttribute): string {
  if (value === undefined) return name;
  return TOKEN.test(value) && !quoted ? `${name}=${value}` : `${name}="${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The attribute of that name, the first of several. */
export const attributeOf = (link: LinkSpec, name: string): LinkAttribute | undefined =>
  link.attributes.find(([other]) => other === name);
