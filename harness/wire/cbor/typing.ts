import type { Model } from '../../model/definition.js';
import { formatPath, MAX_ID, type Path } from '../../model/path.js';
import type { ObjectLink, ResourceType, Value, ValueType } from '../../model/value.js';
import type { Leniency } from '../codec.js';
import { fail, type ErrorClass } from './attempt.js';
import { parseDecimal, toInteger } from './decimal.js';
import type { Scalar, ScalarKind } from './scalar.js';

/** Deviations in single values that can be let pass by name. */
export const valueLeniencies = {
  'hex-null-link': 'the null link written FFFF:FFFF, as an example of the standard prints it (F-10)',
  'link-trailing-nul': 'an object link as text with a NUL at its end, seen in the field',
} as const;

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };
const UINT64 = { least: 0n, most: 2n ** 64n - 1n };

const TYPE_NAMES: Readonly<Record<ResourceType, string>> = {
  string: 'a string',
  corelnk: 'a core link',
  integer: 'an integer',
  unsigned: 'an unsigned integer',
  time: 'a time',
  float: 'a float',
  boolean: 'a boolean',
  opaque: 'opaque',
  objlnk: 'an object link',
  none: 'executable',
};

const KIND_NAMES: Readonly<Record<ScalarKind, string>> = {
  integer: 'an integer',
  float: 'a float',
  decimal: 'a decimal number',
  text: 'text',
  link: 'an object link',
  bytes: 'bytes',
  boolean: 'a boolean',
  time: 'a tagged time',
  null: 'null',
};

/**
 * The type of the resource at `path`, or undefined when there is no model, or it lacks the resource.
 *
 * @param code the class of the problem when a multiple resource has one value as a whole, or a single one an instance
 */
export function typeAt(
  model: Model | undefined,
  path: Path,
  at: number | undefined,
  code: ErrorClass,
): ResourceType | undefined {
  const definition = model?.resource(path[0] ?? -1, path[2] ?? -1);
  if (!definition) return undefined;
  if (definition.multiple && path.length === 3)
    fail(code, `${formatPath(path)} is a multiple resource with one value`, at, 'one value for each instance');
  if (!definition.multiple && path.length === 4)
    fail(code, `${formatPath(path)} is an instance of a single resource`, at, formatPath(path.slice(0, 3)));
  return definition.type;
}

/**
 * Gives a value its type: that of the resource, or without one the type that the format itself tells.
 * Numbers go both ways as long as they are exact: 10.0 is an integer, 10 is a float (RFC 8428 does not tell them apart).
 *
 * @param at offset of the value, for problems
 * @throws ProblemError `bad-type`, `bad-value`, `out-of-range`
 */
export function typeScalar(
  scalar: Scalar,
  type: ResourceType | undefined,
  path: Path,
  at: number | undefined,
  lenient?: ReadonlySet<Leniency>,
): Value {
  switch (type ?? toldType(scalar)) {
    case 'string':
      if (scalar.kind === 'text') return { type: 'string', value: scalar.value };
      break;
    case 'corelnk':
      if (scalar.kind === 'text') return { type: 'corelnk', value: scalar.value };
      break;
    case 'boolean':
      if (scalar.kind === 'boolean') return { type: 'boolean', value: scalar.value };
      break;
    case 'opaque':
      if (scalar.kind === 'bytes') return { type: 'opaque', value: scalar.value };
      break;
    case 'objlnk':
      if (scalar.kind === 'text' || scalar.kind === 'link')
        return { type: 'objlnk', value: parseLink(scalar.value, at, lenient) };
      break;
    case 'float': {
      const value = floatOf(scalar, at);
      if (value !== undefined) return { type: 'float', value };
      break;
    }
    case 'integer':
    case 'unsigned':
    case 'time': {
      const whole = wholeType(type, scalar);
      const value = integerOf(scalar, whole);
      if (value !== undefined) return { type: whole, value: inRange(value, whole, path, at) };
      break;
    }
    default:
      break;
  }
  return fail('bad-type', mismatch(scalar, type, path), at, type && TYPE_NAMES[type]);
}

function mismatch(scalar: Scalar, type: ResourceType | undefined, path: Path): string {
  const shown =
    scalar.kind === 'float' || scalar.kind === 'decimal' || scalar.kind === 'integer'
      ? `${scalar.value}`
      : KIND_NAMES[scalar.kind];
  return type
    ? `${formatPath(path)} is ${TYPE_NAMES[type]}, not ${shown}`
    : `${shown} is no value of ${formatPath(path)}`;
}

function toldType(scalar: Scalar): ValueType | undefined {
  switch (scalar.kind) {
    case 'integer':
    case 'time':
    case 'boolean':
      return scalar.kind;
    case 'float':
      return 'float';
    case 'decimal':
      return /^-?\d+$/.test(scalar.value) ? 'integer' : 'float';
    case 'text':
      return 'string';
    case 'link':
      return 'objlnk';
    case 'bytes':
      return 'opaque';
    case 'null':
      return undefined;
  }
}

type WholeType = 'integer' | 'unsigned' | 'time';

/** Without a model an integer is signed as long as it can be. */
function wholeType(type: ResourceType | undefined, scalar: Scalar): WholeType {
  if (type === 'integer' || type === 'unsigned' || type === 'time') return type;
  if (scalar.kind === 'time') return 'time';
  return scalar.kind === 'integer' && scalar.value > INT64.most ? 'unsigned' : 'integer';
}

function integerOf(scalar: Scalar, type: WholeType): bigint | undefined {
  switch (scalar.kind) {
    case 'integer':
      return BigInt(scalar.value);
    case 'time':
      return type === 'time' ? BigInt(scalar.value) : undefined;
    case 'float':
      return Number.isInteger(scalar.value) ? BigInt(scalar.value) : undefined;
    case 'decimal': {
      const exact = parseDecimal(scalar.value);
      return exact && toInteger(exact);
    }
    default:
      return undefined;
  }
}

function inRange(value: bigint, type: WholeType, path: Path, at: number | undefined): bigint {
  const { least, most } = type === 'unsigned' ? UINT64 : INT64;
  if (value >= least && value <= most) return value;
  return fail(
    'out-of-range',
    `${value} at ${formatPath(path)} is outside 64 bits`,
    at,
    `${TYPE_NAMES[type]} of ${least} to ${most}`,
  );
}

function floatOf(scalar: Scalar, at: number | undefined): number | undefined {
  if (scalar.kind === 'float') return scalar.value;
  if (scalar.kind !== 'integer' && scalar.kind !== 'decimal') return undefined;
  const value = Number(scalar.value);
  if (!Number.isFinite(value)) fail('out-of-range', `${scalar.value} is beyond the range of a float`, at);
  return value;
}

/** `oid:iid` in decimal without leading zeros (Core 1.2 appendix C). */
function parseLink(text: string, at: number | undefined, lenient: ReadonlySet<Leniency> | undefined): ObjectLink {
  const bare = lenient?.has('link-trailing-nul') && text.endsWith('\0') ? text.slice(0, -1) : text;
  if (lenient?.has('hex-null-link') && /^ffff:ffff$/i.test(bare)) return { object: MAX_ID, instance: MAX_ID };
  const found = /^(0|[1-9]\d{0,4}):(0|[1-9]\d{0,4})$/.exec(bare);
  const object = Number(found?.[1]);
  const instance = Number(found?.[2]);
  if (object <= MAX_ID && instance <= MAX_ID) return { object, instance };
  return fail(
    'bad-value',
    `${JSON.stringify(text)} is not an object link`,
    at,
    'oid:iid, each 0 to 65535, without leading zeros',
  );
}
