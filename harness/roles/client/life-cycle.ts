import { MAX_ID, type Path } from '../../model/path.js';
import type { Entry } from '../../model/value.js';
import type { Code } from '../../wire/coap/message.js';
import { freeInstance } from './access-control.js';
import { initialResource } from './initial-value.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';
import type { Instance, Resource } from './store.js';
import type { Checked } from './writing.js';

/** Objects whose instances a server can neither create nor delete: they follow accounts and targets (Core 1.1 §6.3.7, §8.1). */
const OF_THE_CLIENT: readonly number[] = [0, 1, 2];

/** Create and Delete of Object Instances (Core 1.1 §6.3.6, §6.3.7). */
export class LifeCycle {
  constructor(readonly client: ClientRole) {}

  create(request: DeviceRequest): Reply {
    const refusal = this.createRefusal(request);
    if (refusal) return reply(refusal);
    const entries = this.decodeNew(request);
    if (!entries.ok) return reply(entries.code);
    const target = this.newInstance(request, entries.value);
    if (!target.ok) return reply(target.code);
    const content = this.newContent(target.value.path, entries.value);
    if (!content.ok) return reply(content.code);
    this.commit(request.server, target.value.path, content.value);
    return reply('2.01', target.value.chosen ? { location: `/${target.value.path.join('/')}` } : {});
  }

  /** Unknown Object, no right, or an Object that takes no further instance. */
  createRefusal({ path, server }: DeviceRequest): Code | undefined {
    const [object = 0] = path;
    if (!this.client.store.has([object])) return '4.04';
    if (!this.client.access.mayCreate(server, object)) return '4.01';
    return this.takesInstances(object) ? undefined : '4.05';
  }

  takesInstances(object: number): boolean {
    if (OF_THE_CLIENT.includes(object)) return false;
    const definition = this.client.model.object(object);
    return definition !== undefined && (definition.multiple || this.client.store.instances(object).length === 0);
  }

  /** The New Value. Only 1.2 allows it to be absent (Core 1.2 §6.3.6). */
  decodeNew({ path, payload, contentFormat, enabler }: DeviceRequest): Checked<readonly Entry[]> {
    if (contentFormat === undefined) {
      if (payload.length > 0) return { ok: false, code: '4.15' };
      return enabler === '1.2' ? { ok: true, value: [] } : { ok: false, code: '4.00' };
    }
    if (!this.client.formats.carries(contentFormat, path, enabler)) return { ok: false, code: '4.15' };
    const entries = this.client.formats.decodeNew(contentFormat, payload, path, enabler);
    return entries.ok ? entries : { ok: false, code: '4.00' };
  }

  /** Where the instance goes: 65535 in the payload, or no payload, leaves the id to the client. */
  newInstance(
    request: DeviceRequest,
    entries: readonly Entry[],
  ): Checked<{ readonly path: Path; readonly chosen: boolean }> {
    const [object = 0] = request.path;
    const ids = new Set(entries.map((entry) => entry.path[1]));
    if (ids.size > 1 || entries.some((entry) => entry.path[0] !== object || entry.path.length < 2))
      return { ok: false, code: '4.00' };
    const [id = MAX_ID] = ids;
    const isSingle = this.client.model.object(object)?.multiple === false;
    if (id === MAX_ID)
      return { ok: true, value: { path: [object, isSingle ? 0 : this.chooseInstance(object)], chosen: true } };
    if (this.client.store.has([object, id]) || (isSingle && id !== 0)) return { ok: false, code: '4.00' };
    return { ok: true, value: { path: [object, id], chosen: false } };
  }

  chooseInstance(object: number): number {
    return freeInstance(this.client.store, object);
  }

  /**
   * Writable Resources from the payload, of which the mandatory ones must be there; read-only and executable ones are the
   * client's to fill, whatever the payload says. Optional Resources that nobody named stay away (Core 1.0 §5.4.7).
   */
  newContent(instance: Path, entries: readonly Entry[]): Checked<Instance> {
    const [object = 0] = instance;
    const content = new Map<number, Resource>();
    const placed = entries.map((entry) => ({ ...entry, path: [...instance, ...entry.path.slice(2)] }));
    for (const definition of this.client.model.object(object)?.resources ?? []) {
      const path = [...instance, definition.id];
      const own = placed.filter((entry) => entry.path[2] === definition.id);
      if (own.length > 0 && this.isFromServer(path)) {
        const resource = this.client.writing.combine(path, own, 'replace');
        if (!resource.ok) return resource;
        content.set(definition.id, resource.value);
      } else if (definition.mandatory) {
        if (this.isFromServer(path)) return { ok: false, code: '4.00' };
        content.set(definition.id, initialResource(definition));
      }
    }
    return { ok: true, value: content };
  }

  /** Whether the value of a new Resource is for the server to give. */
  isFromServer(path: Path): boolean {
    return this.client.writing.isWritable(path);
  }

  commit(server: number, instance: Path, content: Instance): void {
    const [object = 0, id = 0] = instance;
    this.client.store.putInstance(object, id, content);
    this.client.access.onCreated(server, instance);
  }

  delete(request: DeviceRequest): Reply {
    const refusal = this.deleteRefusal(request);
    if (refusal) return reply(refusal);
    this.client.store.remove(request.path);
    if (request.path.length === 2) {
      this.client.access.onDeleted(request.path);
      this.client.attributes.forget(request.path);
    }
    return reply('2.02');
  }

  deleteRefusal({ path, server, enabler }: DeviceRequest): Code | undefined {
    const absence = this.client.targets.absence(path, path.length === 4 ? '1.1' : enabler);
    if (absence) return absence;
    if (!this.isDeletableLevel(path, enabler)) return '4.05';
    if (!this.client.access.mayDelete(server, path.slice(0, 2))) return '4.01';
    return this.isDeletable(path) ? undefined : '4.05';
  }

  /** Object Instances; from 1.2 Resource Instances too (Core 1.2 §6.3.7). */
  isDeletableLevel(path: Path, enabler: DeviceRequest['enabler']): boolean {
    return path.length === 2 || (path.length === 4 && enabler === '1.2');
  }

  /** The only instance of a mandatory Object stays, and so does what the client itself keeps. */
  isDeletable(path: Path): boolean {
    const [object = 0] = path;
    if (path.length === 4) return this.client.writing.isWritable(path);
    return !OF_THE_CLIENT.includes(object) && this.client.model.object(object)?.mandatory !== true;
  }
}
