import { XMLParser } from 'fast-xml-parser';
import { failed, ok, ProblemError, type Result } from '../base/error.js';

/** An element of a document, with the text directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Trimmed; CDATA sections and references resolved. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** `line 12, column 3` of its start tag. */
  readonly position: () => string;
}

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

/** All text as it stands: references are resolved here, as a wrong one has to be told with its place. */
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  // Called for document types alone, as references are left as they stand.
  entityDecoder: {
    addInputEntities: () => {
      throw new Error('a document type is not read');
    },
    setExternalEntities: () => undefined,
    reset: () => undefined,
    decode: (text) => text,
    setXmlVersion: () => undefined,
  },
});

const NAME = '[A-Za-z_:][\\w:.-]*';
const START = new RegExp(`<${NAME}((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'g');
const END = /<\/([^<>]*?)\s*>$/;
/** What may stand beside the root element, and a document type. */
const MISC = /<!--[^]*?-->|<\?[^]*?\?>|\s+|(<!DOCTYPE)/y;
const UNCLOSED =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|(?<open><!--|<!\[CDATA\[|<\?|<\/[^<>]*(?:<|$)|<!DOCTYPE)/g;
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));|&/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document of one root element with `fast-xml-parser`. Document types are refused, so that nothing can
 * expand without bounds.
 *
 * That parser takes what is not well-formed, and the validation beside it is deprecated; so each tag that it found is
 * held against the text. A problem has the code `xml` and names line and column in its place; where the library stops
 * for a reason of its own, the file alone.
 */
export function parseXml(text: string, place: string): Result<XmlElement> {
  // As XML prescribes (§2.11); positions must count in one text.
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  try {
    return ok(new XmlReader(source, place).document());
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

type Node = Readonly<Record<PropertyKey, unknown>>;

class XmlReader {
  constructor(
    readonly source: string,
    readonly place: string,
  ) {}

  document(): XmlElement {
    const from = this.#beside(0);
    const nodes = records(this.#parse()).filter(isElement);
    const [root, second] = nodes;
    if (!root) return this.#fail(from === this.source.length ? 'there is no element in it' : OUTSIDE, from);
    const element = this.#element(root);
    if (placeOf(root).start !== from) this.#fail(OUTSIDE, from);
    const after = this.#beside(placeOf(root).end ?? 0);
    if (second && placeOf(second).start === after)
      this.#fail(`there is one root element, not also <${nameOf(second)}>`, after);
    const [, stray] = /^<\/([^<>]*?)\s*>/.exec(this.source.slice(after)) ?? [];
    if (after < this.source.length) this.#fail(stray === undefined ? OUTSIDE : `</${stray}> closes nothing`, after);
    return element;
  }

  #parse(): unknown {
    try {
      return parser.parse(this.source);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const [, tag] = /at position (\d+)/.exec(message) ?? [];
      if (tag !== undefined) return this.#fail('this tag is not closed', Number(tag));
      for (const { index, groups } of this.source.matchAll(UNCLOSED)) if (groups?.['open']) this.#fail(message, index);
      return this.#fail(message);
    }
  }

  /** Where what may stand beside the root element ends. */
  #beside(from: number): number {
    let at = from;
    for (;;) {
      MISC.lastIndex = at;
      const match = MISC.exec(this.source);
      if (!match) return at;
      if (match[1]) this.#fail('a document type is not read', at);
      at = MISC.lastIndex;
    }
  }

  #element(node: Node): XmlElement {
    const name = nameOf(node);
    const { start } = placeOf(node);
    const inner = records(node[name]);
    const children = inner.filter(isElement).map((child) => this.#element(child));
    const resolved = (text: unknown): string => this.#resolve(String(text), name, start);
    const [attributes = {}] = records([node[ATTRIBUTES]]);
    this.#checkTags(node, Object.keys(attributes).length);
    return {
      name,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, resolved(value)])),
      text: inner
        .map((child) => (TEXT in child ? resolved(child[TEXT]) : rawText(child[CDATA])))
        .join('')
        .trim(),
      children,
      position: () => this.#position(start),
    };
  }

  #checkTags(node: Node, attributes: number): void {
    const name = nameOf(node);
    const { start, end } = placeOf(node);
    START.lastIndex = start;
    const tag = START.exec(this.source);
    if (!tag) return this.#fail(`<${name} is no tag`, start);
    const names = [...(tag[1] ?? '').matchAll(ATTRIBUTE)].map((match) => match[1] ?? '');
    const twice = names.find((one, i) => names.indexOf(one) !== i);
    if (twice !== undefined) this.#fail(`the attribute ${twice} of <${name}> stands twice`, start);
    if (names.length !== attributes) this.#fail(`the attributes of <${name}> are not understood`, start);
    if (end === undefined) return this.#fail(`<${name}> is not closed`, start);
    const closing = END.exec(this.source.slice(start, end));
    if (tag[2] !== '/' && closing?.[1] !== name)
      this.#fail(`</${closing?.[1] ?? ''}> closes <${name}>`, start + (closing?.index ?? 0));
  }

  #resolve(text: string, element: string, at: number): string {
    return text.replace(REFERENCE, (reference, decimal?: string, hexadecimal?: string, name?: string) => {
      const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
      if (name === undefined && code <= 0x10_ffff) return String.fromCodePoint(code);
      const character = name !== undefined && Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
      return character ?? this.#fail(`${element}: ${reference} stands for no character`, at);
    });
  }

  #fail(message: string, at?: number): never {
    const place = at === undefined ? this.place : `${this.place}, ${this.#position(at)}`;
    throw new ProblemError({ code: 'xml', message, place });
  }

  #position(at: number): string {
    const before = this.source.slice(0, at);
    return `line ${before.split('\n').length}, column ${before.length - before.lastIndexOf('\n')}`;
  }
}

const OUTSIDE = 'there is text outside the root element';

const isRecord = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const records = (values: unknown): Node[] => (Array.isArray(values) ? values.filter(isRecord) : []);

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';

const isElement = (node: Node): boolean => ![TEXT, CDATA].includes(nameOf(node));

/** Where it begins and ends; the one symbol of a node is the library's, for these. */
function placeOf(node: Node): { readonly start: number; readonly end: number | undefined } {
  const [{ startIndex, endIndex } = {}] = records(Object.getOwnPropertySymbols(node).map((symbol) => node[symbol]));
  return { start: Number(startIndex), end: typeof endIndex === 'number' ? endIndex : undefined };
}

/** What stands in a CDATA section; nothing for an element. */
const rawText = (section: unknown): string =>
  records(section)
    .map((node) => (TEXT in node ? String(node[TEXT]) : ''))
    .join('');
