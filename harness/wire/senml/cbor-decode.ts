import { utf8 } from '../../base/bytes.js';
import type { Entry } from '../../model/value.js';
import { fail } from '../cbor/attempt.js';
import { isNothing } from '../cbor/empty.js';
import { CborReader, INDEFINITE, Major } from '../cbor/reader.js';
import { readScalar, type Scalar } from '../cbor/scalar.js';
import { skipSelfDescription } from '../cbor/self-described.js';
import type { PackDecodeContext } from './context.js';
import { FieldReader, type FieldSource } from './fields.js';
import { Label, LABELS } from './labels.js';
import { checkPack, type Family } from './pack.js';
import { Resolver } from './resolver.js';

/** Deviations of SenML CBOR that can be let pass by name. */
export const cborLeniencies = {
  'text-labels': 'known labels as text, "n" or "-2", in place of integers (RFC 8428 §6)',
  'tagged-time': 'times with the date tags 0 and 1 (X-52)',
} as const;

/** Reads a pack of SenML CBOR (RFC 8428 §6). @throws ProblemError */
export function decodeCborPack(payload: Uint8Array, family: Family, context: PackDecodeContext): readonly Entry[] {
  if (isNothing(payload, context)) return [];
  const resolver = new Resolver(context);
  readCborRecords(payload, resolver, family, context);
  return checkPack(resolver, family, context);
}

/** Reads the records of a pack into `resolver`. @throws ProblemError; the records before it are in the resolver */
export function readCborRecords(
  payload: Uint8Array,
  resolver: Resolver,
  family: Family,
  context: PackDecodeContext,
): void {
  const reader = new CborReader(payload);
  skipSelfDescription(reader, context.lenient);
  const records = new CborRecords(reader, resolver, context, family.etch);
  const length = reader.array('a pack');
  for (let i = 0; reader.more(length, i); i++) records.read();
  reader.done();
}

/** Labels of other standards, by what they are: text that ends in `_` must be understood (RFC 8428 §4.4). */
type Unknown = string | number | bigint;

class CborRecords implements FieldSource {
  nameBytes: Uint8Array;
  nameFrom = 0;
  nameTo = 0;
  readonly #fields: FieldReader;
  readonly #textLabels: boolean;

  constructor(
    readonly reader: CborReader,
    readonly resolver: Resolver,
    context: PackDecodeContext,
    etch: boolean,
  ) {
    this.nameBytes = reader.bytes;
    this.#textLabels = context.lenient?.has('text-labels') ?? false;
    this.#fields = new FieldReader(this, resolver, context, etch);
  }

  get contentAt(): number {
    return this.reader.at;
  }

  read(): void {
    const { reader } = this;
    const pairs = reader.map('a record');
    this.resolver.begin(reader.start);
    let unknown: Set<Unknown> | undefined;
    for (let i = 0; reader.more(pairs, i); i++) {
      const at = reader.at;
      const label = reader.shortInteger() ?? this.#label();
      if (typeof label === 'number' && label >= Label.bs && label <= Label.vd) this.#fields.read(label, at);
      else if (label === 'vlo') this.#fields.read(Label.vlo, at);
      else unknown = this.#skipUnknown(label, at, unknown ?? new Set());
    }
    this.resolver.end();
  }

  /** A label as it is written; known ones are integers but for "vlo", which is text. */
  #label(): Unknown {
    const { reader } = this;
    reader.head();
    if (reader.major <= Major.negative) return reader.integer();
    const { start } = reader;
    if (reader.major !== Major.text) fail('bad-structure', `a label is ${reader.kind()}`, start, 'an integer or text');
    const text = reader.text();
    const known = text === 'vlo' ? undefined : (LABELS.get(text) ?? numberOf(text));
    if (known === undefined) return text;
    if (this.#textLabels) return known;
    return fail('unknown-label', `the label ${JSON.stringify(text)} as text`, start, `the integer ${known}`);
  }

  #skipUnknown(label: Unknown, at: number, seen: Set<Unknown>): Set<Unknown> {
    if (typeof label === 'string' && label.endsWith('_'))
      fail(
        'unknown-label',
        `the label ${JSON.stringify(label)} must be understood`,
        at,
        'a label without "_" at its end',
      );
    if (seen.has(label))
      fail('duplicate', `the label ${JSON.stringify(String(label))} is twice in one record`, at, 'each label once');
    this.reader.skip(2);
    return seen.add(label);
  }

  name(): void {
    const { reader } = this;
    const from = reader.shortText() ?? this.#longName();
    if (from === undefined) return;
    this.nameBytes = reader.bytes;
    this.nameFrom = from;
    this.nameTo = reader.at;
  }

  /** A name in any form: the offset of its content, or undefined for chunks, which are joined in bytes of their own. */
  #longName(): number | undefined {
    const { reader } = this;
    if (reader.expect(Major.text, 'a name', 'bad-type') !== INDEFINITE) return reader.content();
    this.nameBytes = utf8(reader.text());
    this.nameFrom = 0;
    this.nameTo = this.nameBytes.length;
    return undefined;
  }

  scalar(): Scalar {
    return readScalar(this.reader);
  }

  data(): Scalar {
    return readScalar(this.reader);
  }
}

const numberOf = (text: string): number | undefined => (/^(-[1-6]|[0-8])$/.test(text) ? Number(text) : undefined);
