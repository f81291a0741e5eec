import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { failed, ok, type Result } from '../base/error.js';

/** An element of a document, with the text directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Trimmed; CDATA and the entities of XML resolved. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** `line 12, column 3` of its start tag. */
  readonly position: () => string;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  captureMetaData: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

/** Reads a well-formed document of one root element. A problem names line and column in its place. */
export function parseXml(text: string, place: string): Result<XmlElement> {
  // The parser does the same with line ends; positions must count in one text.
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const valid = XMLValidator.validate(source);
  if (valid !== true)
    return failed(notXml(valid.err.msg, `${place}, line ${valid.err.line}, column ${valid.err.col ?? 1}`));
  try {
    const roots = elementsOf(PARSER.parse(source), source).filter((element) => !element.name.startsWith('?'));
    const [root] = roots;
    if (!root || roots.length > 1) return failed(notXml(`a document has one root element, not ${roots.length}`, place));
    return ok(root);
  } catch (error) {
    return failed(notXml(error instanceof Error ? error.message : String(error), place));
  }
}

const notXml = (message: string, place: string) => ({ code: 'xml', message: message.replace(/\.$/, ''), place });

function elementsOf(nodes: unknown, source: string): XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => elementOf(node, source) ?? []);
}

function elementOf(node: unknown, source: string): XmlElement | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
  if (name === undefined || name === TEXT) return undefined;
  const content: unknown = Reflect.get(node, name);
  return {
    name,
    attributes: attributesOf(Reflect.get(node, ATTRIBUTES)),
    text: textOf(content),
    children: elementsOf(content, source),
    position: () => positionOf(node, source),
  };
}

const attributesOf = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
    : {};

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  const parts = content.flatMap((node: unknown) => {
    const part: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, TEXT) : undefined;
    return typeof part === 'string' ? [part] : [];
  });
  return parts.join('').trim();
}

function positionOf(node: object, source: string): string {
  // The parser keeps its metadata under a symbol, the only one that a node has.
  const [symbol] = Object.getOwnPropertySymbols(node);
  const meta: unknown = symbol && Reflect.get(node, symbol);
  const start: unknown = typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'startIndex') : undefined;
  const before = source.slice(0, typeof start === 'number' ? start : 0);
  return `line ${before.split('\n').length}, column ${before.length - before.lastIndexOf('\n')}`;
}
