import type { ResourceType } from './value.js';

/** A Resource of an Object, as the OMA registry describes it. */
export interface ResourceDefinition {
  readonly id: number;
  readonly name: string;
  /** Any of R, W, E, or empty: set by bootstrap only. */
  readonly operations: '' | 'R' | 'W' | 'RW' | 'E';
  readonly multiple: boolean;
  readonly mandatory: boolean;
  readonly type: ResourceType;
  /** Text of RangeEnumeration: `0..255`, `0-255`, `U`, … empty when open. */
  readonly range: string;
  readonly units: string;
}

/** One version of an Object. */
export interface ObjectDefinition {
  readonly id: number;
  readonly name: string;
  /** `1.0` … */
  readonly version: string;
  /** Lowest enabler the definition asks for. */
  readonly enabler: string;
  readonly multiple: boolean;
  readonly mandatory: boolean;
  readonly urn: string;
  readonly resources: readonly ResourceDefinition[];
}

/** Finds definitions by Object id and version. */
export interface Model {
  object(id: number): ObjectDefinition | undefined;
  resource(object: number, resource: number): ResourceDefinition | undefined;
}

/** A model of the given definitions; of two with one id the later wins. */
export function modelOf(definitions: Iterable<ObjectDefinition>): Model {
  const objects = new Map<number, ObjectDefinition>();
  const resources = new Map<string, ResourceDefinition>();
  for (const definition of definitions) {
    for (const old of objects.get(definition.id)?.resources ?? []) resources.delete(`${definition.id}/${old.id}`);
    objects.set(definition.id, definition);
    for (const resource of definition.resources) resources.set(`${definition.id}/${resource.id}`, resource);
  }
  return {
    object: (id) => objects.get(id),
    resource: (object, resource) => resources.get(`${object}/${resource}`),
  };
}
