import { failed, ok, type Result } from '../base/error.js';
import type { ResourceDefinition } from '../model/definition.js';
import type { Value } from '../model/value.js';
import { parseDecimal, toInteger } from './cbor/decimal.js';
import type { DecodeContext } from './codec.js';
import type { JsonItem } from './senml/json.js';
import { parseBase64, parseObjectLink, parseTextValue, type TextLeniency } from './text-value.js';

/** Deviations from the strict reading that {@link decodeJson} accepts by name. */
export const JSON_LENIENCIES = {
  'json-missing-slash': 'a base name without its final slash: bn /3/0 with n 9 (older JavaScript stacks)',
  'json-untyped-value': 'texts and booleans under v (EN-22)',
  'json-base64-url': 'opaque in the alphabet of base64url (OMA#553)',
  'text-base64-unpadded': 'Base64 without its padding (OMA#553)',
  'text-base64-trailing-bits': 'Base64 whose unused bits are not zero',
  'text-leading-zeros': 'leading zeros in an object link',
  'hex-null-link': 'the null link written FFFF:FFFF (F-10, X-41)',
} as const;

type ValueName = 'v' | 'bv' | 'sv' | 'ov';

/** Members that hold a value. */
export const VALUE_NAMES: ReadonlySet<string> = new Set<ValueName>(['v', 'bv', 'sv', 'ov']);

export const fault = (code: string, message: string, at: number, hint?: string): Result<never> =>
  failed({ code, message, at, ...(hint !== undefined && { hint }) });

type Allows = (leniency: keyof typeof JSON_LENIENCIES | TextLeniency) => boolean;

/** Which member carries a type (§6.2). */
const CARRIERS: Readonly<Record<Value['type'], ValueName>> = {
  string: 'sv',
  corelnk: 'sv',
  opaque: 'sv',
  integer: 'v',
  unsigned: 'v',
  time: 'v',
  float: 'v',
  boolean: 'bv',
  objlnk: 'ov',
};

/** The value that stands in the member `name`, of the type of the Resource or else of the one that JSON tells. */
export function readTyped(
  name: string,
  value: JsonItem,
  definition: ResourceDefinition | undefined,
  { lenient }: DecodeContext,
): Result<Value> {
  const allows: Allows = (leniency) => lenient?.has(leniency) ?? false;
  const type = definition?.type ?? ownType(name, value);
  if (type === 'none') return fault('bad-type', 'an executable Resource has no value', value.at);
  const carrier = CARRIERS[type];
  if (name !== carrier && !(name === 'v' && allows('json-untyped-value')))
    return fault('bad-type', `a value of type ${type} stands under ${name}`, value.at, `expected ${carrier}`);
  const result = convert(value, type, allows);
  return result.ok ? result : failed({ ...result.problem, at: value.at });
}

/** What the format tells by itself; a number with a fraction, or beyond 64 bits, is a Float. */
function ownType(name: string, node: JsonItem): Value['type'] {
  if (name === 'bv' || node.kind === 'boolean') return 'boolean';
  if (name === 'ov') return 'objlnk';
  if (node.kind !== 'number') return 'string';
  const decimal = parseDecimal(node.text);
  const integer = decimal && toInteger(decimal);
  if (integer === undefined || integer < -(2n ** 63n) || integer >= 2n ** 64n) return 'float';
  return integer < 2n ** 63n ? 'integer' : 'unsigned';
}

function convert(node: JsonItem, type: Value['type'], allows: Allows): Result<Value> {
  switch (type) {
    case 'string':
    case 'corelnk':
      return node.kind === 'string' ? ok({ type, value: node.value }) : wrongKind(node, 'a string');
    case 'opaque': {
      if (node.kind !== 'string') return wrongKind(node, 'a string of Base64');
      const text = allows('json-base64-url') ? node.value.replaceAll('-', '+').replaceAll('_', '/') : node.value;
      const bytes = parseBase64(text, allows);
      return bytes.ok ? ok({ type, value: bytes.value }) : bytes;
    }
    case 'objlnk': {
      if (node.kind !== 'string') return wrongKind(node, 'a string such as "3:0"');
      const link = parseObjectLink(node.value, allows);
      return link.ok ? ok({ type, value: link.value }) : link;
    }
    case 'boolean':
      return node.kind === 'boolean' ? ok({ type, value: node.value }) : wrongKind(node, 'true or false');
    case 'float':
      return node.kind === 'number' ? readFloat(node.text) : wrongKind(node, 'a number');
    case 'integer':
    case 'unsigned':
    case 'time':
      return node.kind === 'number' ? readInteger(node.text, type) : wrongKind(node, 'a number');
  }
}

const wrongKind = (node: JsonItem, expected: string): Result<never> =>
  fault('bad-type', `the value is a JSON ${node.kind}`, node.at, `expected ${expected}`);

function readFloat(text: string): Result<Value> {
  const value = Number(text);
  return Number.isFinite(value) ? ok({ type: 'float', value }) : parseTextValue(text, 'float');
}

/** Digits that a float keeps: of that many the float is an integer only where the number is, unless it is rounded to 0. */
const EXACT = 15;

function readInteger(text: string, type: 'integer' | 'unsigned' | 'time'): Result<Value> {
  const short = text.length <= EXACT ? Number(text) : NaN;
  if (Number.isSafeInteger(short) && (short > 0 || text === '0')) return ok({ type, value: BigInt(short) });
  const decimal = parseDecimal(text);
  if (!decimal) return fault('out-of-range', `${text.slice(0, 40)} exceeds 64 bits`, 0);
  const integer = toInteger(decimal);
  return integer === undefined
    ? fault('bad-type', `${text.slice(0, 40)} is no integer`, 0)
    : parseTextValue(String(integer), type);
}
