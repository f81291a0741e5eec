import { EMPTY } from '../../base/bytes.js';
import { formatPath, type Path } from '../../model/path.js';
import type { Entry } from '../../model/value.js';
import { fail } from '../cbor/attempt.js';
import type { Scalar } from '../cbor/scalar.js';
import { typeAt, typeScalar } from '../cbor/typing.js';
import type { PackDecodeContext } from './context.js';
import { bit, Label, VALUE_LABELS } from './labels.js';
import { NameReader } from './name.js';
import { addNumbers, isNumeric, toSeconds, type Numeric } from './number.js';

/** The version of SenML of RFC 8428, which holds where a pack names none. */
const VERSION = 10;

/**
 * Turns the records of a pack into entries: base fields go from record to record, names become paths, values get types
 * (RFC 8428 §4.6). A reader of JSON or CBOR calls `begin`, the fields as they come, and `end` for each record.
 */
export class Resolver {
  readonly entries: Entry[] = [];
  /** Offset of the record of each entry. */
  readonly offsets: number[] = [];
  /** Labels seen anywhere in the pack. */
  labels = 0;
  /** Offset of the first record with a value or null, and of the first with neither; -1 when there is none. */
  firstValued = -1;
  firstBare = -1;

  readonly #context: PackDecodeContext;
  readonly #names: NameReader;
  readonly #taggedTime: boolean;
  readonly #linkAsString: boolean;
  #baseTime: Numeric | undefined;
  #baseValue: Numeric | undefined;
  /** That of the first record, which all others share. */
  #version = VERSION;

  #at = 0;
  #seen = 0;
  /** The own name, joined at the end: the base name may follow it in the record. */
  #own: Uint8Array = EMPTY;
  #ownFrom = 0;
  #ownTo = 0;
  #nameAt = 0;
  #time: Numeric | undefined;
  #timeAt = 0;
  #value: Scalar | undefined;
  #valueAt = 0;

  constructor(context: PackDecodeContext) {
    const lenient = context.lenient;
    this.#context = context;
    this.#names = new NameReader(context.rootPath, lenient?.has('leading-zeros') ?? false);
    this.#taggedTime = lenient?.has('tagged-time') ?? false;
    this.#linkAsString = lenient?.has('link-as-string') ?? false;
  }

  /** Starts the record at an offset. */
  begin(at: number): void {
    this.#at = at;
    this.#nameAt = at;
    this.#seen = 0;
    this.#ownTo = this.#ownFrom;
    this.#time = undefined;
    this.#value = undefined;
  }

  /** Notes that a label is there, before its content. @throws ProblemError `duplicate` */
  label(label: number, at: number): void {
    const mask = bit(label);
    if (this.#seen & mask) fail('duplicate', 'a label is twice in one record', at, 'each label once');
    this.#seen |= mask;
  }

  baseName(bytes: Uint8Array, from: number, to: number, at: number): void {
    this.#names.base(bytes, from, to, at);
    if (!(this.#seen & bit(Label.n))) this.#nameAt = at;
  }

  name(bytes: Uint8Array, from: number, to: number, at: number): void {
    this.#own = bytes;
    this.#ownFrom = from;
    this.#ownTo = to;
    this.#nameAt = at;
  }

  /** A number under bver, bt, bv, t or ut. */
  number(label: number, number: Numeric, at: number): void {
    if (label === Label.t) {
      this.#time = number;
      this.#timeAt = at;
    } else if (label === Label.bt) {
      this.#baseTime = number;
      this.#timeAt = at;
    } else if (label === Label.bv) this.#baseValue = number;
    else if (label === Label.bver) this.#checkVersion(number, at);
  }

  /** A value under v, vs, vb, vd or vlo, of the kind that the label asks for. */
  value(scalar: Scalar, at: number): void {
    if (this.#context.pack === 'paths') fail('bad-structure', 'a value in a list of paths', at, 'names only');
    if (this.#value) fail('bad-structure', 'a record with two values', at, 'one of v, vs, vb, vd, vlo');
    this.#value = scalar;
    this.#valueAt = at;
  }

  /** Ends the record and makes its entry. */
  end(): void {
    this.labels |= this.#seen;
    const path = this.#names.path(this.#own, this.#ownFrom, this.#ownTo, this.#nameAt);
    this.#checkBase(path);
    const value = this.#resolved();
    const typed = value && value.kind !== 'null' ? this.#typed(path, value) : undefined;
    if (value) this.firstValued = this.firstValued < 0 ? this.#at : this.firstValued;
    else this.firstBare = this.firstBare < 0 ? this.#at : this.firstBare;
    const time = addNumbers(this.#baseTime, this.#time, this.#timeAt);
    this.entries.push(entryOf(path, typed, time && toSeconds(time, this.#timeAt)));
    this.offsets.push(this.#at);
  }

  /** Positive, at most the one that is understood, and one in all records (RFC 8428 §4.1, §4.4). */
  #checkVersion({ kind, value }: Numeric, at: number): void {
    if (kind !== 'integer') fail('bad-type', 'the base version is no integer', at, '10');
    if (value > VERSION) fail('unsupported', `the base version ${value}`, at, '10 or lower');
    if (value < 1) fail('bad-value', `the base version ${value}`, at, 'a positive integer');
    if (this.entries.length === 0) this.#version = Number(value);
    else if (Number(value) !== this.#version)
      fail('bad-value', `the base version ${value} beside ${this.#version}`, at, 'one version in all records');
  }

  #checkBase(path: Path): void {
    const base = this.#context.path;
    for (let i = 0; i < base.length; i++)
      if (path[i] !== base[i])
        fail(
          'outside-base',
          `${formatPath(path)} lies outside ${formatPath(base)}`,
          this.#nameAt,
          `a path within ${formatPath(base)}`,
        );
  }

  /** The value with the base value added (RFC 8428 §4.5.2); a base value alone is the value, except in a path list. */
  #resolved(): Scalar | undefined {
    const own = this.#value;
    const base = this.#baseValue;
    if (!base) return own;
    if (!own) return this.#context.pack === 'paths' ? undefined : base;
    return isNumeric(own) ? addNumbers(base, own, this.#valueAt) : own;
  }

  #typed(path: Path, value: Scalar): NonNullable<Entry['value']> {
    const at = this.#seen & VALUE_LABELS ? this.#valueAt : this.#at;
    if (path.length < 3)
      fail('bad-path', `a value at ${formatPath(path)}`, this.#nameAt, 'the path of a resource or its instance');
    const { model, lenient } = this.#context;
    const type = typeAt(model, path, this.#nameAt, 'bad-type');
    if (value.kind === 'time' && !this.#taggedTime) fail('bad-type', 'a time with a tag', at, 'an untagged integer');
    if (value.kind === 'text' && type === 'objlnk' && !this.#linkAsString)
      fail('bad-type', 'an object link under vs', at, 'vlo');
    return typeScalar(value, type, path, at, lenient);
  }
}

/** Each form written out: a copy with one field more takes longer than reading the whole record. */
function entryOf(path: Path, value: Entry['value'], time: number | undefined): Entry {
  if (time === undefined) return value ? { path, value } : { path };
  return value ? { path, value, time } : { path, time };
}
