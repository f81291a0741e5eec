import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { NotificationAttributes } from '../model/attributes.js';
import type { ResourceDefinition } from '../model/definition.js';
import type { Enabler } from '../model/party.js';
import { levelOf, type Level, type Path } from '../model/path.js';
import type { ValueType } from '../model/value.js';
import { formatDecimal } from './text-value.js';

export type { NotificationAttributes };

export type AttributeName = keyof NotificationAttributes;

/** One part of a Write-Attributes: `undefined` removes the attribute. */
export interface AttributeChange {
  readonly name: AttributeName;
  readonly value: number | undefined;
}

/** Deviations that {@link parseAttributes} accepts by name. */
export const ATTRIBUTE_LENIENCIES = {
  'attributes-signed': 'a sign before a threshold (OMA#563, X-27)',
  'attributes-empty-value': '"pmin=" for "pmin": the attribute is removed',
  'attributes-newer': 'attributes of a later enabler than that of the registration',
  'attributes-leading-zeros': 'leading zeros in a period',
} as const;

interface Rule {
  readonly form: 'period' | 'decimal' | 'step' | 'flag' | 'count';
  readonly levels: readonly Level[];
  readonly since: Enabler;
  /** Types it can stand on; any when left out. */
  readonly types?: readonly ValueType[];
}

const ANY_LEVEL: readonly Level[] = ['object', 'instance', 'resource', 'resource-instance'];
const VALUE_LEVEL: readonly Level[] = ['resource', 'resource-instance'];
/** What a whole composite observation can have: thresholds and queues belong to one path of it. */
const COMPOSITE: readonly AttributeName[] = ['pmin', 'pmax', 'epmin', 'epmax', 'con'];
const NUMERIC: readonly ValueType[] = ['integer', 'unsigned', 'float', 'time'];

const RULES: Readonly<Record<AttributeName, Rule>> = {
  pmin: { form: 'period', levels: ANY_LEVEL, since: '1.0' },
  pmax: { form: 'period', levels: ANY_LEVEL, since: '1.0' },
  gt: { form: 'decimal', levels: VALUE_LEVEL, since: '1.0', types: NUMERIC },
  lt: { form: 'decimal', levels: VALUE_LEVEL, since: '1.0', types: NUMERIC },
  st: { form: 'step', levels: VALUE_LEVEL, since: '1.0', types: NUMERIC },
  epmin: { form: 'period', levels: ANY_LEVEL, since: '1.1' },
  epmax: { form: 'period', levels: ANY_LEVEL, since: '1.1' },
  edge: { form: 'flag', levels: VALUE_LEVEL, since: '1.2', types: ['boolean'] },
  con: { form: 'flag', levels: ANY_LEVEL, since: '1.2' },
  hqmax: { form: 'count', levels: ANY_LEVEL, since: '1.2' },
};

/** In the order in which they are written. */
export const ATTRIBUTE_NAMES: readonly AttributeName[] = [
  'pmin',
  'pmax',
  'gt',
  'lt',
  'st',
  'epmin',
  'epmax',
  'edge',
  'con',
  'hqmax',
];

export const isAttributeName = (name: string): name is AttributeName => Object.hasOwn(RULES, name);

/** What the attributes are about. Without a path any level will do, without an enabler any version. */
export interface AttributeContext {
  readonly path?: Path;
  /** The query of an Observe-Composite: its attributes are common to all paths of the body (Core 1.2 §6.4.1). */
  readonly composite?: boolean;
  readonly enabler?: Enabler;
  readonly definition?: ResourceDefinition;
  readonly lenient?: ReadonlySet<string>;
}

/**
 * Reads the query of a Write-Attributes, or of an Observe in 1.2, one attribute per option: `pmin=10` sets, `pmin` removes.
 *
 * Problem codes, with the attribute as `place` (Core 1.1 §6.3.4; all are 4.00, grading E-33): `unknown-label`, `bad-value`,
 * `out-of-range`, `duplicate`, `bad-level` (not assignable there), `bad-type` (the Resource cannot have it).
 * Whether the values agree with each other is up to {@link checkAttributes}.
 *
 * @example
 * parseAttributes(['pmin=10', 'gt'])
 * // => { ok: true, value: [{ name: 'pmin', value: 10 }, { name: 'gt', value: undefined }] }
 */
export function parseAttributes(
  query: readonly string[],
  context: AttributeContext = {},
): Result<readonly AttributeChange[]> {
  const changes: AttributeChange[] = [];
  for (const option of query) {
    const change = parseAttribute(option, context);
    if (!change.ok) return change;
    const { name } = change.value;
    if (changes.some((earlier) => earlier.name === name))
      return failed({ code: 'duplicate', message: `the attribute ${name} stands twice`, place: name });
    changes.push(change.value);
  }
  return ok(changes);
}

function parseAttribute(option: string, context: AttributeContext): Result<AttributeChange> {
  const equals = option.indexOf('=');
  const name = equals < 0 ? option : option.slice(0, equals);
  if (!isAttributeName(name)) return failed(unknown(name));
  const problem = misuse(name, context);
  if (problem) return failed(problem);
  const text = equals < 0 ? undefined : option.slice(equals + 1);
  if (text === undefined || (text === '' && context.lenient?.has('attributes-empty-value')))
    return ok({ name, value: undefined });
  const value = parseAttributeValue(name, text, context.lenient);
  return value.ok ? ok({ name, value: value.value }) : value;
}

function unknown(name: string): Problem {
  const property = ['dim', 'ver', 'ssid', 'uri', 'lwm2m'].includes(name);
  return {
    code: 'unknown-label',
    message: property ? `${name} is a property: it cannot be written` : `${JSON.stringify(name)} is no attribute`,
    place: name,
    hint: `expected one of ${ATTRIBUTE_NAMES.join(', ')}`,
  };
}

function misuse(name: AttributeName, context: AttributeContext): Problem | undefined {
  const { path, composite, enabler, definition, lenient } = context;
  const { levels, since, types } = RULES[name];
  if (enabler !== undefined && enabler < since && !lenient?.has('attributes-newer'))
    return { code: 'unknown-label', message: `the attribute ${name} exists since LwM2M ${since}`, place: name };
  if (composite)
    return COMPOSITE.includes(name)
      ? undefined
      : {
          code: 'bad-level',
          message: `the attribute ${name} cannot be assigned to a composite observation`,
          place: name,
          hint: `expected ${COMPOSITE.join(', ')}`,
        };
  const level = path && levelOf(path);
  if (level && (!levels.includes(level) || (level === 'resource-instance' && enabler === '1.0')))
    return {
      code: 'bad-level',
      message: `the attribute ${name} cannot be assigned to a path of level ${level}`,
      place: name,
      hint: `expected ${levels.join(', ')}`,
    };
  if (!definition) return undefined;
  const { type } = definition;
  if (type !== 'none' && (!types || types.includes(type))) return undefined;
  return {
    code: 'bad-type',
    message: `the attribute ${name} cannot stand on a Resource of type ${type}`,
    place: name,
    ...(types && { hint: `expected ${types.join(', ')}` }),
  };
}

/**
 * Reads the value of one attribute, as in a query or a Discover link: periods and counts are decimal integers up to 2^32 - 1,
 * thresholds `1*DIGIT ["." 1*DIGIT]`, a step above 0, edge and con 0 or 1 (Core 1.2 Table 7.3.2-1).
 * Problem codes: `bad-value`, `out-of-range`.
 */
export function parseAttributeValue(
  name: AttributeName,
  text: string,
  lenient: ReadonlySet<string> = new Set(),
): Result<number> {
  const { form } = RULES[name];
  const bad = (hint: string): Result<never> =>
    failed({ code: 'bad-value', message: `${JSON.stringify(text)} is no value of ${name}`, place: name, hint });
  switch (form) {
    case 'flag':
      return text === '0' || text === '1' ? ok(Number(text)) : bad('expected 0 or 1');
    case 'period':
    case 'count': {
      if (!(lenient.has('attributes-leading-zeros') ? /^\d+$/ : /^(0|[1-9]\d*)$/).test(text))
        return bad('expected a non-negative integer without leading zeros');
      const value = Number(text);
      return value < 2 ** 32 ? ok(value) : failed(tooLarge(name, text));
    }
    case 'decimal':
    case 'step': {
      if (!(lenient.has('attributes-signed') ? /^[+-]?\d+(\.\d+)?$/ : /^\d+(\.\d+)?$/).test(text))
        return bad('expected a decimal number such as 0.5, without sign and exponent');
      const value = Number(text);
      if (!Number.isFinite(value)) return failed(tooLarge(name, text));
      return form === 'step' && value <= 0 ? bad('expected a step above 0') : ok(value);
    }
  }
}

const tooLarge = (name: AttributeName, text: string): Problem => ({
  code: 'out-of-range',
  message: `${text.slice(0, 40)} is too large for ${name}`,
  place: name,
});

/** The attributes after a Write-Attributes: set ones replaced, removed ones gone, all others kept. */
export function applyAttributes(
  attributes: NotificationAttributes,
  changes: readonly AttributeChange[],
): NotificationAttributes {
  const changed = new Set(changes.map(({ name }) => name));
  const kept = ATTRIBUTE_NAMES.filter((name) => !changed.has(name)).map((name) => [name, attributes[name]] as const);
  const set = changes.map(({ name, value }) => [name, value] as const);
  return Object.fromEntries([...kept, ...set].filter(([, value]) => value !== undefined));
}

/**
 * Whether attributes that stand together agree: `lt < gt`, `lt + 2 st < gt`, `epmin < epmax` (Core 1.1 §5.1.2, I-14).
 * A pmax below pmin is no error: it is ignored, see `periodsOf` of the model. Problem code: `inconsistent`.
 */
export function checkAttributes(attributes: NotificationAttributes): Problem | undefined {
  const { lt, gt, st, epmin, epmax } = attributes;
  if (lt !== undefined && gt !== undefined) {
    if (!(lt < gt)) return inconsistent('lt', `lt ${lt} is not below gt ${gt}`);
    if (st !== undefined && !isBelow(lt, st, gt))
      return inconsistent('st', `lt ${lt} plus twice st ${st} is not below gt ${gt}`);
  }
  if (epmin !== undefined && epmax !== undefined && !(epmin < epmax))
    return inconsistent('epmin', `epmin ${epmin} is not below epmax ${epmax}`);
  return undefined;
}

const inconsistent = (place: AttributeName, message: string): Problem => ({ code: 'inconsistent', message, place });

/** lt + 2 st < gt on the decimals themselves: as binary fractions 0.1 + 2 · 0.1 < 0.3 depends on rounding. */
function isBelow(lt: number, st: number, gt: number): boolean {
  const texts = [lt, st, gt].map(formatDecimal);
  const places = Math.max(...texts.map((text) => text.split('.')[1]?.length ?? 0));
  const [low = 0n, step = 0n, high = 0n] = texts.map((text) => {
    const [whole = '0', decimals = ''] = text.split('.');
    return BigInt(whole + decimals.padEnd(places, '0'));
  });
  return low + 2n * step < high;
}

/**
 * The query of a Write-Attributes, one option per attribute: `null` or undefined removes. Texts are written as they are, so that a
 * tester can send what no attribute may have.
 *
 * @example
 * formatAttributes({ pmin: 10, pmax: null })
 * // => ['pmin=10', 'pmax']
 */
export function formatAttributes(attributes: Readonly<Record<string, number | string | null | undefined>>): string[] {
  return Object.entries(attributes).map(([name, value]) => {
    if (value === null || value === undefined) return name;
    return `${name}=${typeof value === 'number' ? formatDecimal(value) : value}`;
  });
}
