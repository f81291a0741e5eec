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

/** An element whose end tag is still to come. */
interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  readonly at: number;
  text: string;
}

const NAME = '[A-Za-z_:][\\w:.-]*';
const SKIPPED = /<\?[^]*?\?>|<!--[^]*?-->/y;
const CDATA = /<!\[CDATA\[([^]*?)\]\]>/y;
const START = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const END = new RegExp(`</(${NAME})\\s*>`, 'y');
const TEXT = /[^<]+/y;
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));|&/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document of one root element. Document types are refused, so that nothing can expand without bounds; our
 * own reader because positions must survive into the errors of what is read.
 *
 * A problem has the code `xml` and names line and column in its place.
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

class XmlReader {
  #at = 0;
  #root: XmlElement | undefined;
  readonly #open: Open[] = [];

  constructor(
    readonly source: string,
    readonly place: string,
  ) {}

  document(): XmlElement {
    while (this.#at < this.source.length) this.#next();
    const unclosed = this.#open.at(-1);
    if (unclosed) return this.#fail(`<${unclosed.name}> is not closed`, unclosed.at);
    return this.#root ?? this.#fail('there is no element in it');
  }

  #next(): void {
    if (this.#match(SKIPPED)) return;
    const at = this.#at;
    const text = this.#match(TEXT);
    if (text) return this.#addText(this.#decode(text[0], at), at);
    const section = this.#match(CDATA);
    if (section) return this.#addText(section[1] ?? '', at);
    const start = this.#match(START);
    if (start) return this.#start(start, at);
    const end = this.#match(END);
    if (end) return this.#end(end[1] ?? '', at);
    if (this.source.startsWith('<!DOCTYPE', at)) this.#fail('a document type is not read');
    this.#fail('this is no tag, comment or section');
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.source);
    if (match) this.#at = expression.lastIndex;
    return match ?? undefined;
  }

  #start([, name = '', attributes = '', closed]: RegExpExecArray, at: number): void {
    if (this.#open.length === 0 && this.#root) this.#fail(`there is one root element, not also <${name}>`, at);
    this.#open.push({ name, attributes: this.#attributes(attributes, at), children: [], at, text: '' });
    if (closed === '/') this.#end(name, at);
  }

  #end(name: string, at: number): void {
    const open = this.#open.pop();
    if (open?.name !== name)
      return this.#fail(open ? `</${name}> closes <${open.name}>` : `</${name}> closes nothing`, at);
    const { attributes, children, text } = open;
    const element = { name, attributes, children, text: text.trim(), position: () => this.#position(open.at) };
    const above = this.#open.at(-1);
    if (above) above.children.push(element);
    else this.#root = element;
  }

  #addText(text: string, at: number): void {
    const open = this.#open.at(-1);
    if (open) open.text += text;
    else if (text.trim() !== '') this.#fail('there is text outside the root element', at);
  }

  #attributes(text: string, at: number): Record<string, string> {
    const attributes: Record<string, string> = {};
    for (const [, name = '', quoted, apostrophed] of text.matchAll(ATTRIBUTE)) {
      if (Object.hasOwn(attributes, name)) this.#fail(`the attribute ${name} stands twice`, at);
      attributes[name] = this.#decode(quoted ?? apostrophed ?? '', at);
    }
    return attributes;
  }

  #decode(text: string, at: number): string {
    return text.replace(REFERENCE, (reference, decimal?: string, hexadecimal?: string, name?: string) => {
      const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
      if (name === undefined && code <= 0x10_ffff) return String.fromCodePoint(code);
      const character = name !== undefined && Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
      return character ?? this.#fail(`${reference} stands for no character`, at);
    });
  }

  #fail(message: string, at = this.#at): never {
    throw new ProblemError({ code: 'xml', message, place: `${this.place}, ${this.#position(at)}` });
  }

  #position(at: number): string {
    const before = this.source.slice(0, at);
    return `line ${before.split('\n').length}, column ${before.length - before.lastIndexOf('\n')}`;
  }
}
