import { EMPTY, utf8 } from '../../base/bytes.js';
import { unwrap } from '../../base/error.js';
import type { Entry } from '../../model/value.js';
import type { Leniency } from '../codec.js';
import { attempt, fail } from '../cbor/attempt.js';
import { isNothing } from '../cbor/empty.js';
import type { Scalar } from '../cbor/scalar.js';
import { parseBase64url } from './base64url.js';
import type { PackDecodeContext } from './context.js';
import { FieldReader, type FieldSource } from './fields.js';
import type { JsonReader } from './json-reader.js';
import { openJson, readJson, type JsonItem, type JsonMember } from './json.js';
import { LABELS, LABELS_BY_CODE } from './labels.js';
import { checkPack, type Family } from './pack.js';
import { Resolver } from './resolver.js';

/** Deviations of SenML JSON that can be let pass by name. */
export const jsonLeniencies = {
  'duplicate-members': 'a label twice in one record: the last counts (RFC 8259 §4)',
  'byte-order-mark': 'a byte order mark in front (RFC 8259 §8.1)',
} as const;

const MARK = [0xef, 0xbb, 0xbf] as const;

/** Digits beyond which an integer is left as text: no resource holds it, and a float needs no more. */
const DIGITS = 40;

/** Reads a pack of SenML JSON (RFC 8428 §5). @throws ProblemError */
export function decodeJsonPack(payload: Uint8Array, family: Family, context: PackDecodeContext): readonly Entry[] {
  if (isNothing(payload, context)) return [];
  const plain = attempt(() => decodePlainPack(payload, family, context));
  if (plain.ok) return plain.value;
  const resolver = new Resolver(context);
  readJsonRecords(payload, resolver, family, context);
  return checkPack(resolver, family, context);
}

/**
 * As {@link decodeJsonPack}, in one pass and without a tree. A problem only says that there is one: the one to be told may be another
 * behind it, as what is no JSON is told first.
 */
function decodePlainPack(payload: Uint8Array, family: Family, context: PackDecodeContext): readonly Entry[] {
  const json = openJson(payload);
  const resolver = new Resolver(context);
  const records = new JsonRecords(payload, resolver, context, family.etch);
  json.expect(OPEN_ARRAY);
  json.elements(CLOSE_ARRAY, () => records.readPlain(json));
  json.end();
  return checkPack(resolver, family, context);
}

/** Reads the records of a pack into `resolver`. @throws ProblemError; the records before it are in the resolver */
export function readJsonRecords(
  payload: Uint8Array,
  resolver: Resolver,
  family: Family,
  context: PackDecodeContext,
): void {
  const root = unwrap(readJson(withoutMark(payload, context.lenient)));
  if (root.kind !== 'array') return fail('bad-structure', `a pack is ${NAMES[root.kind]}`, root.at, 'an array');
  const records = new JsonRecords(payload, resolver, context, family.etch);
  for (const item of root.items) records.read(item);
}

/** The mark is turned into blanks, so that offsets stay those of the payload. */
export function withoutMark(payload: Uint8Array, lenient: ReadonlySet<Leniency> | undefined): Uint8Array {
  if (!lenient?.has('byte-order-mark') || !MARK.every((byte, i) => payload[i] === byte)) return payload;
  return Uint8Array.from(payload, (byte, i) => (i < MARK.length ? 0x20 : byte));
}

const NAMES: Readonly<Record<JsonItem['kind'], string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
  array: 'an array',
  object: 'an object',
};

const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

class JsonRecords implements FieldSource {
  nameBytes: Uint8Array = EMPTY;
  nameFrom = 0;
  nameTo = 0;
  readonly #fields: FieldReader;
  readonly #lastCounts: boolean;
  readonly #payload: Uint8Array;
  readonly #lenient: ReadonlySet<Leniency> | undefined;
  #content: JsonItem = { kind: 'null', at: 0, end: 0 };

  constructor(
    payload: Uint8Array,
    readonly resolver: Resolver,
    context: PackDecodeContext,
    etch: boolean,
  ) {
    this.#payload = payload;
    this.#lenient = context.lenient;
    this.#lastCounts = context.lenient?.has('duplicate-members') ?? false;
    this.#fields = new FieldReader(this, resolver, context, etch);
  }

  get contentAt(): number {
    return this.#content.at;
  }

  read(record: JsonItem): void {
    if (record.kind !== 'object')
      return fail('bad-structure', `a record is ${NAMES[record.kind]}`, record.at, 'an object');
    this.resolver.begin(record.at);
    const members = this.#lastCounts ? lastOfEach(record.members) : record.members;
    const unknown = new Set<string>();
    for (const { key, value } of members) {
      const label = LABELS.get(key.value);
      this.#content = value;
      if (label !== undefined) this.#fields.read(label, key.at);
      else checkUnknown(key.value, key.at, unknown);
    }
    this.resolver.end();
  }

  /** The next record, of single values only. */
  readPlain(json: JsonReader): void {
    json.expect(OPEN_OBJECT);
    this.resolver.begin(0);
    json.elements(CLOSE_OBJECT, () => {
      const label = LABELS_BY_CODE.get(json.shortName());
      if (label === undefined) return fail('unknown-label', 'a name that is no label');
      this.#content = json.scalar();
      this.#fields.read(label, 0);
    });
    this.resolver.end();
  }

  name(): void {
    const item = this.#content;
    if (item.kind !== 'string') return fail('bad-type', `a name is ${NAMES[item.kind]}`, item.at, 'a string');
    const isVerbatim = item.end - item.at - 2 === item.value.length; // no escape, and one byte for each character
    this.nameBytes = isVerbatim ? this.#payload : utf8(item.value);
    this.nameFrom = isVerbatim ? item.at + 1 : 0;
    this.nameTo = isVerbatim ? item.end - 1 : this.nameBytes.length;
  }

  scalar(): Scalar {
    return scalarOf(this.#content);
  }

  data(): Scalar {
    const item = this.#content;
    if (item.kind !== 'string') return scalarOf(item);
    return { kind: 'bytes', value: parseBase64url(item.value, item.at, this.#lenient) };
  }
}

function scalarOf(item: JsonItem): Scalar {
  switch (item.kind) {
    case 'string':
      return { kind: 'text', value: item.value };
    case 'number':
      return numberOf(item.text);
    case 'boolean':
      return { kind: 'boolean', value: item.value };
    case 'null':
      return { kind: 'null' };
    default:
      return fail('bad-type', `a value is ${NAMES[item.kind]}`, item.at, 'a single value');
  }
}

/** A number as its digits tell: integers exact, everything else as text until its type is known. */
function numberOf(text: string): Scalar {
  if (!/^-?\d+$/.test(text) || text.length > DIGITS || text === '-0') return { kind: 'decimal', value: text };
  return { kind: 'integer', value: text.length <= 15 ? Number(text) : BigInt(text) };
}

function lastOfEach(members: readonly JsonMember[]): readonly JsonMember[] {
  return [...new Map(members.map((member) => [member.key.value, member])).values()];
}

function checkUnknown(label: string, at: number, seen: Set<string>): void {
  if (label.endsWith('_'))
    fail(
      'unknown-label',
      `the label ${JSON.stringify(label)} must be understood`,
      at,
      'a label without "_" at its end',
    );
  if (seen.has(label))
    fail('duplicate', `the label ${JSON.stringify(label)} is twice in one record`, at, 'each label once');
  seen.add(label);
}
