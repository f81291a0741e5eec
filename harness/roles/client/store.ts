import type { Path } from '../../model/path.js';
import type { Entry, Value } from '../../model/value.js';

/** What the device holds at a Resource: one value, values by Resource Instance id, or something to execute. */
export type Resource =
  | { readonly kind: 'single'; readonly value: Value }
  | { readonly kind: 'multiple'; readonly values: ReadonlyMap<number, Value> }
  | { readonly kind: 'executable' };

export const single = (value: Value): Resource => ({ kind: 'single', value });
export const multiple = (values: Iterable<readonly [number, Value]>): Resource => ({
  kind: 'multiple',
  values: new Map(values),
});
export const EXECUTABLE: Resource = { kind: 'executable' };

/** The Resources of one Object Instance by Resource id. */
export type Instance = ReadonlyMap<number, Resource>;

/** Told after each change: the path of the Resource that changed, or of the Object or Object Instance that came or went. */
export type ChangeListener = (path: Path) => void;

const ascending = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b);

/**
 * The Objects, Object Instances and Resources that exist on the device (Core 1.1 §7.1), and nothing about who may use them.
 * Resources are immutable: a change puts another in the place.
 */
export class ObjectStore {
  readonly #objects = new Map<number, Map<number, Map<number, Resource>>>();
  readonly #listeners = new Set<ChangeListener>();

  /** Ids of the supported Objects, ascending, those without an instance included. */
  objects(): number[] {
    return ascending(this.#objects.keys());
  }

  instances(object: number): number[] {
    return ascending(this.#objects.get(object)?.keys() ?? []);
  }

  resources(object: number, instance: number): number[] {
    return ascending(this.#objects.get(object)?.get(instance)?.keys() ?? []);
  }

  /** The Resource at (or above, for a Resource Instance) a path. */
  resource(path: Path): Resource | undefined {
    const [object, instance, resource] = path;
    if (object === undefined || instance === undefined || resource === undefined) return undefined;
    return this.#objects.get(object)?.get(instance)?.get(resource);
  }

  /** The one value at a path: of a single Resource, or of a Resource Instance. */
  value(path: Path): Value | undefined {
    const resource = this.resource(path);
    const [, , , id] = path;
    if (resource?.kind === 'single') return id === undefined ? resource.value : undefined;
    return resource?.kind === 'multiple' && id !== undefined ? resource.values.get(id) : undefined;
  }

  /** Whether the path, of any level, exists. The root always does. */
  has(path: Path): boolean {
    const [object, instance, resource, id] = path;
    if (object === undefined) return true;
    const instances = this.#objects.get(object);
    if (instance === undefined || !instances) return instances !== undefined;
    const resources = instances.get(instance);
    if (resource === undefined || !resources) return resources !== undefined;
    return id === undefined ? resources.has(resource) : this.value(path) !== undefined;
  }

  /** All values at or below a path, ascending; executables have none, a multiple Resource without instances is an entry without a value. */
  entries(path: Path): Entry[] {
    return this.resourcePaths(path).flatMap((at) => {
      const resource = this.resource(at);
      if (resource?.kind === 'single') return path.length === 4 ? [] : [{ path: at, value: resource.value }];
      if (resource?.kind !== 'multiple') return [];
      if (resource.values.size === 0) return path.length === 4 ? [] : [{ path: at }];
      return ascending(resource.values.keys())
        .filter((id) => path[3] === undefined || path[3] === id)
        .flatMap((id) => {
          const value = resource.values.get(id);
          return value ? [{ path: [...at, id], value }] : [];
        });
    });
  }

  /** Paths of all Resources at or below a path (of the Resource itself for a Resource Instance), ascending. */
  resourcePaths(path: Path): Path[] {
    const [object, instance, resource] = path;
    if (resource !== undefined) return this.has(path.slice(0, 3)) ? [path.slice(0, 3)] : [];
    const objects = object === undefined ? this.objects() : [object];
    return objects.flatMap((o) =>
      (instance === undefined ? this.instances(o) : [instance]).flatMap((i) =>
        this.resources(o, i).map((r): Path => [o, i, r]),
      ),
    );
  }

  /** Supports an Object; no effect when it is there. */
  addObject(object: number): void {
    if (this.#objects.has(object)) return;
    this.#objects.set(object, new Map());
    this.#changed([object]);
  }

  /** Makes the Object Instance, or replaces its whole content. */
  putInstance(object: number, instance: number, content: Instance): void {
    this.addObject(object);
    this.#objects.get(object)?.set(instance, new Map(content));
    this.#changed([object, instance]);
  }

  /** Puts a Resource in place; makes the Object and the Object Instance where they are missing. */
  put(path: Path, resource: Resource): void {
    const [object, instance, id] = path;
    if (object === undefined || instance === undefined || id === undefined) return;
    if (!this.has([object, instance])) this.putInstance(object, instance, new Map());
    this.#objects.get(object)?.get(instance)?.set(id, resource);
    this.#changed([object, instance, id]);
  }

  /** Puts one value in place: of a single Resource, or of a Resource Instance whose siblings stay. */
  putValue(path: Path, value: Value): void {
    const [, , , id] = path;
    if (id === undefined) return this.put(path, single(value));
    const before = this.resource(path);
    this.put(path.slice(0, 3), multiple([...(before?.kind === 'multiple' ? before.values : []), [id, value]]));
  }

  /** Removes an Object, Object Instance, Resource or Resource Instance. False when there was none. */
  remove(path: Path): boolean {
    if (!this.has(path)) return false;
    const [object, instance, resource, id] = path;
    if (object === undefined) return false;
    if (instance === undefined) this.#objects.delete(object);
    else if (resource === undefined) this.#objects.get(object)?.delete(instance);
    else if (id === undefined) this.#objects.get(object)?.get(instance)?.delete(resource);
    else return this.#removeResourceInstance(path, id);
    this.#changed(path);
    return true;
  }

  /** Tells `listener` of each change from now on. */
  onChange(listener: ChangeListener): void {
    this.#listeners.add(listener);
  }

  /** The whole content, to `restore` later. */
  snapshot(): ReadonlyMap<number, ReadonlyMap<number, Instance>> {
    return new Map(
      ascending(this.#objects.keys()).map((o) => [
        o,
        new Map(this.instances(o).map((i) => [i, new Map(this.#objects.get(o)?.get(i))])),
      ]),
    );
  }

  /** Puts a snapshot in place of the content. */
  restore(snapshot: ReadonlyMap<number, ReadonlyMap<number, Instance>>): void {
    for (const object of this.objects()) if (!snapshot.has(object)) this.remove([object]);
    for (const [object, instances] of snapshot) {
      this.addObject(object);
      for (const instance of this.instances(object)) if (!instances.has(instance)) this.remove([object, instance]);
      for (const [instance, content] of instances) this.putInstance(object, instance, content);
    }
  }

  #removeResourceInstance(path: Path, id: number): boolean {
    const resource = this.resource(path);
    if (resource?.kind !== 'multiple') return false;
    this.put(path.slice(0, 3), multiple([...resource.values].filter(([other]) => other !== id)));
    return true;
  }

  #changed(path: Path): void {
    for (const listener of this.#listeners) listener(path);
  }
}
