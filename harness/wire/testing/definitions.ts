import { fromHex } from '../../base/bytes.js';
import type { ObjectDefinition, ResourceDefinition } from '../../model/definition.js';
import type { ResourceType } from '../../model/value.js';

/** The types that a value can have. */
export const VALUE_TYPES: readonly ResourceType[] = [
  'string',
  'integer',
  'unsigned',
  'float',
  'boolean',
  'opaque',
  'time',
  'objlnk',
  'corelnk',
];

/** Those, and that of an executable Resource. */
export const TYPES: readonly ResourceType[] = [...VALUE_TYPES, 'none'];

export const resource = (id: number, type: ResourceType, multiple = false): ResourceDefinition => ({
  id,
  name: `${type} ${id}`,
  operations: type === 'none' ? 'E' : 'RW',
  multiple,
  mandatory: false,
  type,
  range: '',
  units: '',
});

export const objectOf = (id: number, resources: readonly ResourceDefinition[]): ObjectDefinition => ({
  id,
  name: `Object ${id}`,
  version: '1.0',
  enabler: '1.0',
  multiple: true,
  mandatory: false,
  urn: '',
  resources,
});

/** Bytes spelt in a test. */
export function hex(digits: string): Uint8Array {
  const bytes = fromHex(digits);
  if (!bytes) throw new Error(`not hexadecimal: ${digits}`);
  return bytes;
}
