import type { Result } from '../../base/error.js';
import type { Enabler } from '../../model/party.js';
import { MAX_ID, type Path } from '../../model/path.js';
import type { Entry, Value } from '../../model/value.js';
import type { Code } from '../../wire/coap/message.js';
import { parseUpdate } from '../../wire/queries-registration.js';
import { inRange } from '../../model/range.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';
import { multiple, single, type Resource } from './store.js';

export type WriteMode = 'replace' | 'update';

/** Resources to put in place, by id; undefined: to remove. */
export type Changes = ReadonlyMap<number, Resource | undefined>;

/** A value, or the code of the refusal. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: Code };

const accepted = <T>(value: T): Checked<T> => ({ ok: true, value });
const refused = (code: Code): Checked<never> => ({ ok: false, code });

/** What of a request brings values. */
type Carrying = Pick<DeviceRequest, 'contentFormat' | 'path' | 'enabler' | 'payload'>;

/** Write: Replace and Partial Update (Core 1.1 §6.3.3). A request that is refused changes nothing. */
export class Writing {
  constructor(readonly client: ClientRole) {}

  replace(request: DeviceRequest): Reply {
    return this.write(request, 'replace');
  }

  update(request: DeviceRequest): Reply {
    return this.write(request, 'update');
  }

  write(request: DeviceRequest, mode: WriteMode): Reply {
    const refusal = this.refusal(request);
    if (refusal) return reply(refusal);
    const entries = this.decode(request);
    if (!entries.ok) return reply(entries.code);
    const changes = this.plan(request, entries.value, mode);
    if (!changes.ok) return reply(changes.code);
    this.commit(request.path.slice(0, 2), changes.value);
    return reply('2.04');
  }

  /** Why the target cannot be written, in the order existence, right, operation. */
  refusal({ path, server, enabler }: DeviceRequest): Code | undefined {
    const absence = this.absence(path, enabler);
    if (absence) return absence;
    if (path.length < 2) return '4.05';
    if (!this.client.access.mayWrite(server, path.slice(0, 2))) return '4.01';
    return path.length > 2 && !this.isWritable(path) ? '4.05' : undefined;
  }

  /** As for any target, except that a writable Resource which is not there yet can be made. */
  absence(path: Path, enabler: DeviceRequest['enabler']): Code | undefined {
    const { store, model } = this.client;
    const [object = 0, , resource = 0] = path;
    const isNew =
      path.length === 3 &&
      store.has(path.slice(0, 2)) &&
      !store.has(path) &&
      model.resource(object, resource) !== undefined;
    return isNew && this.isWritable(path) ? undefined : this.client.targets.absence(path, enabler);
  }

  isWritable(path: Path): boolean {
    return this.client.targets.operations(path).includes('W');
  }

  /** The entries of the payload, all within the target. */
  decode({ contentFormat, path, enabler, payload }: Carrying): Checked<readonly Entry[]> {
    if (contentFormat === undefined || !this.client.formats.carries(contentFormat, path, enabler))
      return refused('4.15');
    const entries = this.decodeEntries(contentFormat, payload, path, enabler);
    if (!entries.ok) return refused('4.00');
    return entries.value.every((entry) => path.every((id, i) => entry.path[i] === id))
      ? accepted(entries.value)
      : refused('4.00');
  }

  /** What the payload says. */
  decodeEntries(format: number, payload: Uint8Array, path: Path, enabler: Enabler): Result<readonly Entry[]> {
    return this.client.formats.decode(format, payload, path, enabler);
  }

  /** What is to be changed in the Object Instance, or why not. */
  plan(request: DeviceRequest, entries: readonly Entry[], mode: WriteMode): Checked<Changes> {
    const { path } = request;
    const changes = new Map<number, Resource | undefined>();
    const wholeResource = path.length === 3 && entries.length === 0;
    for (const [id, own] of groupById(wholeResource ? [{ path }] : entries, 2)) {
      const at = [...path.slice(0, 2), id];
      if (!this.isKnown(at)) continue;
      if (!this.isWritable(at)) return refused('4.05');
      const resource = this.combine(at, own, path.length === 4 ? 'update' : mode);
      if (!resource.ok) return resource;
      changes.set(id, resource.value);
    }
    return path.length === 2 && mode === 'replace' ? this.complete(path, changes) : accepted(changes);
  }

  /** Whether the client knows the Resource; others in a payload are left aside (Core 1.1 §6.3.3). */
  isKnown(path: Path): boolean {
    const [object = 0, , resource = 0] = path;
    return this.client.store.has(path) || this.client.model.resource(object, resource) !== undefined;
  }

  /** For a Replace of an instance: writable Resources not mentioned go, unless they are mandatory (Core 1.1 §6.3.3). */
  complete(instance: Path, changes: ReadonlyMap<number, Resource | undefined>): Checked<Changes> {
    const [object = 0, id = 0] = instance;
    const all = new Map(changes);
    for (const resource of this.client.store.resources(object, id)) {
      const path = [object, id, resource];
      if (changes.has(resource) || !this.isWritable(path)) continue;
      if (this.client.model.resource(object, resource)?.mandatory === true) return refused('4.00');
      all.set(resource, undefined);
    }
    return accepted(all);
  }

  /** The Resource as it will be: a multiple one is replaced as a whole, or joined by the instances that are named. */
  combine(path: Path, entries: readonly Entry[], mode: WriteMode): Checked<Resource> {
    const before = this.client.store.resource(path);
    const values = entries.flatMap((entry): (readonly [Path, Value])[] =>
      entry.value ? [[entry.path, entry.value]] : [],
    );
    if (!values.every(([at, value]) => this.acceptsValue(at, value))) return refused('4.00');
    if (!this.client.targets.isMultiple(path)) {
      const [first, ...others] = values;
      return first?.[0].length === 3 && others.length === 0 ? accepted(single(first[1])) : refused('4.00');
    }
    if (values.some(([at]) => at.length !== 4) || entries.some((entry) => !entry.value && entry.path.length !== 3))
      return refused('4.00');
    const named = values.map(([at, value]) => [at[3] ?? 0, value] as const);
    if (new Set(named.map(([id]) => id)).size < named.length) return refused('4.00');
    return accepted(multiple([...(mode === 'update' && before?.kind === 'multiple' ? before.values : []), ...named]));
  }

  /** Whether a value is of the type, in the range and, for a link, to something that is there (Core 1.1 §6.3.3, §7.1). */
  acceptsValue(path: Path, value: Value): boolean {
    const [object = 0, , resource = 0] = path;
    const definition = this.client.model.resource(object, resource);
    if (definition && definition.type !== value.type) return false;
    if (object === 1 && !this.suitsServer(resource, value)) return false;
    return (!definition || inRange(value, definition.range)) && this.linksToSomething(value);
  }

  /** What the Server object says of its values in words: a lifetime is not below 0, a binding has letters of the version. */
  suitsServer(resource: number, value: Value): boolean {
    if (resource === 1 && value.type === 'integer') return value.value >= 0n;
    if (resource === 7 && value.type === 'string')
      return parseUpdate([`b=${value.value}`], { enabler: this.client.enabler }).ok;
    return true;
  }

  /** `o:i` of an existing instance, `o:65535` of an existing Object, or the null link. */
  linksToSomething(value: Value): boolean {
    if (value.type !== 'objlnk') return true;
    const { object, instance } = value.value;
    if (object === MAX_ID) return instance === MAX_ID;
    return this.client.store.has(instance === MAX_ID ? [object] : [object, instance]);
  }

  commit(instance: Path, changes: Changes): void {
    for (const [id, resource] of changes) {
      const path = [...instance, id];
      if (resource) this.client.store.put(path, this.client.device.held(path, resource));
      else this.client.store.remove(path);
    }
  }
}

/** Entries by the identifier at a level of their paths (1 Object Instance, 2 Resource), in order of first appearance. */
export function groupById(entries: readonly Entry[], level: 1 | 2): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const entry of entries) {
    const id = entry.path[level];
    if (id === undefined) continue;
    const group = groups.get(id) ?? [];
    group.push(entry);
    groups.set(id, group);
  }
  return groups;
}
