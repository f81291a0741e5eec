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
  for (const definition of definitions) objects.set(definition.id, definition);
  // Of the Objects that were asked for: a model is made for every registration, and few of its Objects are spoken of.
  const resources = new Map<number, ResourceDefinition>();
  const listed = new Set<number>();
  const list = (object: number): void => {
    listed.add(object);
    for (const resource of objects.get(object)?.resources ?? []) resources.set(key(object, resource.id), resource);
  };
  return {
    object: (id) => objects.get(id),
    resource: (object, resource) => {
      const known = resources.get(key(object, resource));
      if (known || listed.has(object)) return known;
      list(object);
      return resources.get(key(object, resource));
    },
  };
}

/** One number for an Object and a Resource of it: identifiers have 16 bits, and looking up is on every decoder's path. */
const key = (object: number, resource: number): number => object * 65_536 + resource;
