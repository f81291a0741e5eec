import { failed, ok, type Result } from '../base/error.js';
import { formatPath, MAX_ID, type Path } from '../model/path.js';
import type { Entry } from '../model/value.js';
import { attempt, fail } from './cbor/attempt.js';
import { firstDuplicate } from './cbor/duplicates.js';
import { isNothing } from './cbor/empty.js';
import { CborReader, Major } from './cbor/reader.js';
import { scalarOf } from './cbor/scalar.js';
import { skipSelfDescription } from './cbor/self-described.js';
import { typeAt, typeScalar } from './cbor/typing.js';
import type { DecodeContext } from './codec.js';

/** Deviations of LwM2M CBOR that can be let pass by name. */
export const LWM2M_CBOR_LENIENCIES = {
  'relative-keys': 'keys that start below the request path, as 1.2.0 allowed for Write and Create (X-26)',
  'duplicate-paths': 'one path twice: the last counts (X-53)',
  'null-value': 'null for a single resource that has a type',
} as const;

/**
 * Reads a payload of format 11544 as a list of typed values (Core 1.2 §7.5.4).
 *
 * An empty map is an entry without a value: an Object Instance or multiple Resource with nothing in it; so is null, for a
 * Resource Instance that is deleted and for an executable (F-31). Instance 65535 stands for one whose id the receiver
 * picks, on the path of an Object only (F-32).
 */
export function decodeLwm2mCbor(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  if (isNothing(payload, context)) return ok([]);
  const whole = decodeFrom([], payload, context);
  if (whole.ok || !context.lenient?.has('relative-keys')) return whole;
  const relative = decodeFrom(context.path, payload, context);
  return relative.ok ? relative : failed(whole.problem);
}

const decodeFrom = (prefix: Path, payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> =>
  attempt(() => new PackReader(payload, context).read(prefix));

class PackReader {
  readonly #reader: CborReader;
  readonly #context: DecodeContext;
  readonly #entries: Entry[] = [];
  /** Offset of the key of each entry. */
  readonly #offsets: number[] = [];

  constructor(payload: Uint8Array, context: DecodeContext) {
    this.#reader = new CborReader(payload);
    this.#context = context;
  }

  read(prefix: Path): readonly Entry[] {
    const reader = this.#reader;
    skipSelfDescription(reader, this.#context.lenient);
    this.#pairs(reader.map('a pack'), prefix);
    reader.done();
    return this.#withoutDuplicates();
  }

  /** Reads the pairs of a map whose head was read. */
  #pairs(length: number, prefix: Path): void {
    const reader = this.#reader;
    const keys = new Set<number | string>();
    for (let i = 0; reader.more(length, i); i++) {
      const at = reader.at;
      const key = this.#key(prefix.length);
      const name = typeof key === 'number' ? key : key.join('/');
      if (keys.has(name)) fail('duplicate', `the key ${name} is twice in one map`, at, 'each key once');
      keys.add(name);
      const path = prefix.concat(key);
      reader.head();
      if (reader.major === Major.map) this.#level(reader.argument, path, at);
      else this.#leaf(path, at);
    }
  }

  #level(length: number, path: Path, at: number): void {
    const count = this.#entries.length;
    if (path.length === 4 && length !== 0)
      fail('too-deep', `a map below ${formatPath(path)}`, this.#reader.start, 'a value');
    this.#pairs(length, path);
    if (this.#entries.length > count) return;
    const isSingle = this.#context.model?.resource(path[0] ?? -1, path[2] ?? -1)?.multiple === false;
    if (path.length === 4 || isSingle) fail('bad-structure', `an empty map for ${formatPath(path)}`, at, 'a value');
    this.#add({ path }, at);
  }

  #leaf(path: Path, at: number): void {
    const reader = this.#reader;
    const valueAt = reader.start;
    const scalar = scalarOf(reader);
    if (path.length < 3) fail('bad-structure', `a value for ${formatPath(path)}`, valueAt, 'a map');
    const { model, lenient } = this.#context;
    const type = typeAt(model, path, at, 'bad-structure');
    if (scalar.kind !== 'null') return this.#add({ path, value: typeScalar(scalar, type, path, valueAt, lenient) }, at);
    if (path.length === 3 && type !== undefined && type !== 'none' && !lenient?.has('null-value'))
      fail('bad-type', `null for ${formatPath(path)}`, valueAt, 'a value');
    this.#add({ path }, at);
  }

  #add(entry: Entry, at: number): void {
    const base = this.#context.path;
    for (let i = 0; i < base.length; i++)
      if (entry.path[i] !== base[i])
        fail(
          'outside-base',
          `${formatPath(entry.path)} lies outside ${formatPath(base)}`,
          at,
          `a path within ${formatPath(base)}`,
        );
    this.#entries.push(entry);
    this.#offsets.push(at);
  }

  /** Reads a key: an identifier, or an array of them. `depth` identifiers stand above it. */
  #key(depth: number): number | readonly number[] {
    const reader = this.#reader;
    reader.head();
    if (reader.major === Major.unsigned) return this.#identifier(depth);
    const { major, start, argument: length } = reader;
    if (major === Major.text)
      fail('bad-structure', 'a text key', start, 'identifiers; devices behind a gateway have no path here');
    if (major !== Major.array)
      fail('bad-structure', `a key is ${reader.kind()}`, start, 'an identifier or an array of them');
    const ids: number[] = [];
    for (let i = 0; reader.more(length, i); i++) {
      reader.expect(Major.unsigned, 'an element of a key', 'bad-structure');
      ids.push(this.#identifier(depth + i));
    }
    return ids.length > 0 ? ids : fail('bad-structure', 'a key without identifiers', start, 'at least one');
  }

  /** The identifier whose head was read, at its place in the path. */
  #identifier(place: number): number {
    const { start, argument: id } = this.#reader;
    if (place === 4) fail('too-deep', 'a fifth identifier', start, 'at most four');
    const isUnnamed = id === MAX_ID && place === 1 && this.#context.path.length === 1;
    return id < MAX_ID || isUnnamed ? id : fail('out-of-range', `the identifier ${id}`, start, `0 to ${MAX_ID - 1}`);
  }

  #withoutDuplicates(): readonly Entry[] {
    const entries = this.#context.lenient?.has('duplicate-paths') ? lastOfEach(this.#entries) : this.#entries;
    const place = firstDuplicate(entries);
    if (place < 0) return entries;
    return fail(
      'duplicate',
      `${formatPath(entries[place]?.path ?? [])} is there twice`,
      this.#offsets[place],
      'each path once',
    );
  }
}

const lastOfEach = (entries: readonly Entry[]): readonly Entry[] => [
  ...new Map(entries.map((entry) => [formatPath(entry.path), entry])).values(),
];
