import { utf8 } from '../base/bytes.js';
import { unwrap } from '../base/error.js';
import { formatPath, isWithin, type Path } from '../model/path.js';
import type { Entry, Value } from '../model/value.js';
import { fail } from './cbor/attempt.js';
import { firstDuplicate } from './cbor/duplicates.js';
import type { DecodeContext } from './codec.js';
import { readTyped, VALUE_NAMES } from './lwm2m-json-value.js';
import { nameCode } from './senml/json-bytes.js';
import type { JsonReader } from './senml/json-reader.js';
import { openJson, type JsonItem, type JsonString } from './senml/json.js';
import { NameReader } from './senml/name.js';

const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;

const Name = { e: nameCode('e'), n: nameCode('n'), t: nameCode('t'), bn: nameCode('bn'), bt: nameCode('bt') } as const;
const VALUE_CODES: ReadonlyMap<number, string> = new Map([...VALUE_NAMES].map((name) => [nameCode(name), name]));

/**
 * Reads a payload of format 11543 in one pass and without a tree: `e` as the last member, and no members that the format does not
 * know. A problem only says that the payload is not so, or wrong: `decodeJson` tells what it is. @throws ProblemError
 */
export function readPlain(payload: Uint8Array, context: DecodeContext): readonly Entry[] {
  const entries = new PlainReader(payload, context).list();
  return firstDuplicate(entries) < 0 ? entries : notPlain();
}

const notPlain = (): never => fail('unsupported', 'not plain');

class PlainReader {
  readonly #payload: Uint8Array;
  readonly #context: DecodeContext;
  readonly #json: JsonReader;
  readonly #names = new NameReader(undefined, false);
  #baseName: JsonString | undefined;
  #baseTime: number | undefined;
  /** Members of the item that is being read. */
  #name: JsonString | undefined;
  #time: number | undefined;
  #label = '';
  #value: JsonItem | undefined;

  readonly #readMember = (): void => this.#member(this.#json.shortName(), this.#json.scalar());

  constructor(payload: Uint8Array, context: DecodeContext) {
    if (context.lenient?.has('json-missing-slash')) notPlain();
    this.#payload = payload;
    this.#context = context;
    this.#json = openJson(payload);
  }

  list(): readonly Entry[] {
    const json = this.#json;
    const entries: Entry[] = [];
    json.expect(OPEN_OBJECT);
    for (let name = json.shortName(); name !== Name.e; name = json.shortName()) {
      this.#base(name, json.scalar());
      json.expect(COMMA);
    }
    this.#setBase();
    json.expect(OPEN_ARRAY);
    json.elements(CLOSE_ARRAY, () => entries.push(this.#entry()));
    json.expect(CLOSE_OBJECT);
    json.end();
    return entries;
  }

  #setBase(): void {
    const item = this.#baseName;
    if (item && item.value !== '') return this.#names.base(this.#payload, item.at + 1, item.end - 1, item.at);
    const { path } = this.#context;
    const name = utf8(path.length === 0 ? '/' : `${formatPath(path)}/`);
    this.#names.base(name, 0, name.length, 0);
  }

  #base(name: number, item: JsonItem): void {
    if (name === Name.bn && !this.#baseName) this.#baseName = verbatim(item);
    else if (name === Name.bt && this.#baseTime === undefined) this.#baseTime = finite(item);
    else notPlain();
  }

  #entry(): Entry {
    this.#members();
    const path = this.#path();
    const value = this.#typed(path);
    if (this.#time === undefined && this.#baseTime === undefined) return { path, value };
    return { path, value, time: (this.#baseTime ?? 0) + (this.#time ?? 0) };
  }

  #members(): void {
    this.#name = undefined;
    this.#time = undefined;
    this.#value = undefined;
    this.#json.expect(OPEN_OBJECT);
    this.#json.elements(CLOSE_OBJECT, this.#readMember);
  }

  #member(name: number, item: JsonItem): void {
    if (name === Name.n && !this.#name) this.#name = verbatim(item);
    else if (name === Name.t && this.#time === undefined) this.#time = finite(item);
    else {
      if (this.#value) notPlain();
      this.#label = VALUE_CODES.get(name) ?? notPlain();
      this.#value = item;
    }
  }

  #path(): Path {
    const { at = 0, end = 2 } = this.#name ?? {};
    const path = this.#names.path(this.#payload, at + 1, end - 1, at);
    return path.length > 2 && isWithin(path, this.#context.path) ? path : notPlain();
  }

  #typed(path: Path): Value {
    const [object = 0, , resource = 0] = path;
    const definition = this.#context.model?.resource(object, resource);
    if (!this.#value || (definition && definition.multiple !== (path.length === 4))) return notPlain();
    return unwrap(readTyped(this.#label, this.#value, definition, this.#context));
  }
}

/** A string of which each byte is a character of its value. */
function verbatim(item: JsonItem): JsonString {
  return item.kind === 'string' && item.end - item.at - 2 === item.value.length ? item : notPlain();
}

function finite(item: JsonItem): number {
  const number = item.kind === 'number' ? Number(item.text) : NaN;
  return Number.isFinite(number) ? number : notPlain();
}
