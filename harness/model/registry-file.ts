import type { ObjectDefinition, ResourceDefinition } from './definition.js';
import type { ResourceType } from './value.js';

const TYPES: ReadonlySet<unknown> = new Set<ResourceType>([
  'string',
  'integer',
  'unsigned',
  'float',
  'boolean',
  'opaque',
  'time',
  'objlnk',
  'corelnk',
  'none',
]);

const OPERATIONS: ReadonlySet<unknown> = new Set<ResourceDefinition['operations']>(['', 'R', 'W', 'RW', 'E']);

/** Whether a parsed file under objects/ is what scripts/models.mjs writes. */
export const isDefinitionFile = (content: unknown): content is readonly ObjectDefinition[] =>
  Array.isArray(content) && content.length > 0 && content.every(isDefinition);

const isDefinition = (value: unknown): value is ObjectDefinition =>
  isRecord(value) &&
  isId(value['id']) &&
  isStrings(value, ['name', 'version', 'enabler', 'urn']) &&
  isFlags(value, ['multiple', 'mandatory']) &&
  Array.isArray(value['resources']) &&
  value['resources'].every(isResource);

const isResource = (value: unknown): value is ResourceDefinition =>
  isRecord(value) &&
  isId(value['id']) &&
  isStrings(value, ['name', 'range', 'units']) &&
  isFlags(value, ['multiple', 'mandatory']) &&
  OPERATIONS.has(value['operations']) &&
  TYPES.has(value['type']);

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isId = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isStrings = (value: Fields, names: readonly string[]): boolean =>
  names.every((name) => typeof value[name] === 'string');
const isFlags = (value: Fields, names: readonly string[]): boolean =>
  names.every((name) => typeof value[name] === 'boolean');
