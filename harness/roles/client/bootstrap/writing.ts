import { MAX_ID, type Path } from '../../../model/path.js';
import type { Entry, Value } from '../../../model/value.js';
import type { Result } from '../../../base/error.js';
import type { Enabler } from '../../../model/party.js';
import type { Code } from '../../../wire/coap/message.js';
import { initialResource } from '../initial-value.js';
import { reply, type Reply } from '../reply.js';
import { EXECUTABLE, type Resource } from '../store.js';
import { groupById, Writing, type Changes, type Checked } from '../writing.js';
import type { BootstrapCommand } from './command.js';

/** Objects whose instances are looked at as a whole when the bootstrap ends, not Write by Write (B-34, X-15). */
const JUDGED_AT_FINISH: readonly number[] = [0, 1, 2, 21, 23, 24];

/** Objects that every client takes in a bootstrap, whether it has instances of them or not (Core 1.1 §6.1.2, §8.1). */
const OF_EVERY_CLIENT: readonly number[] = [0, 1, 2];

/** What one Object Instance is to be. */
interface Plan {
  readonly instance: Path;
  readonly changes: Changes;
}

/**
 * Bootstrap-Write to an Object, an Object Instance or a Resource (Core 1.1 §6.1.7.5). Neither rights nor the operations of a
 * Resource count; what is there and not named stays; a payload is stored whole or not at all.
 */
export class BootstrapWriting extends Writing {
  bootstrapWrite(command: BootstrapCommand): Reply {
    const refusal = this.targetRefusal(command.path);
    if (refusal) return reply(refusal);
    const entries = this.decode(command);
    if (!entries.ok) return reply(entries.code);
    return reply(this.writeEntries(command.path, entries.value) ?? '2.04');
  }

  /** Stores all of it, or nothing for the reason that is returned. */
  writeEntries(target: Path, entries: readonly Entry[]): Code | undefined {
    if (target[0] !== undefined && !this.supports(target[0])) return '4.00';
    const plans = this.planAll(target, entries);
    if (!plans.ok) return plans.code;
    for (const { instance, changes } of plans.value) this.store(instance, changes);
    return undefined;
  }

  /** An Object, instance or Resource that this client cannot have (B-28). */
  targetRefusal(path: Path): Code | undefined {
    const [object = 0, instance, resource] = path;
    if (!this.supports(object)) return '4.00';
    if (instance !== undefined && !this.takesInstance(object, instance)) return '4.00';
    if (resource === undefined) return undefined;
    return this.isKnown(path) && !this.isExecutable(path) ? undefined : '4.00';
  }

  supports(object: number): boolean {
    return OF_EVERY_CLIENT.includes(object) || this.client.store.has([object]);
  }

  /** A single Object has the instance 0 alone. */
  takesInstance(object: number, instance: number): boolean {
    return instance < MAX_ID && (instance === 0 || this.client.model.object(object)?.multiple !== false);
  }

  isExecutable(path: Path): boolean {
    return this.client.targets.operations(path) === 'E';
  }

  override decodeEntries(format: number, payload: Uint8Array, path: Path, enabler: Enabler): Result<readonly Entry[]> {
    return this.client.formats.decodeForBootstrap(format, payload, path, enabler);
  }

  /** In a Security instance nothing at all is no key, where the definition has a length for keys: bootstrap-servers write it. */
  override acceptsValue(path: Path, value: Value): boolean {
    const isNoKey = path[0] === 0 && value.type === 'opaque' && value.value.length === 0;
    return super.acceptsValue(path, value) || (isNoKey && this.client.targets.typeOf(path) === 'opaque');
  }

  /** Links are looked at when the bootstrap ends: what they lead to may be written later. */
  override linksToSomething(): boolean {
    return true;
  }

  /** What becomes of every instance in the payload, or why nothing does. */
  planAll(target: Path, entries: readonly Entry[]): Checked<readonly Plan[]> {
    const plans: Plan[] = [];
    for (const [id, own] of groupByInstance(target, entries)) {
      const instance: Path = [...target.slice(0, 1), id];
      const plan = this.planInstance(target, instance, own);
      if (!plan.ok) return plan;
      plans.push({ instance, changes: plan.value });
    }
    return { ok: true, value: plans };
  }

  planInstance(target: Path, instance: Path, entries: readonly Entry[]): Checked<Changes> {
    const [object = 0, id = 0] = instance;
    if (!this.takesInstance(object, id)) return { ok: false, code: '4.00' };
    const named = this.planResources(instance, this.withTarget(target, entries));
    if (!named.ok || this.client.store.has(instance)) return named;
    const lacksSomething =
      target.length < 3 && !JUDGED_AT_FINISH.includes(object) && !this.isComplete(object, named.value);
    if (lacksSomething) return { ok: false, code: '4.00' };
    return { ok: true, value: new Map([...this.ownContent(object), ...named.value]) };
  }

  /** A multiple Resource without an instance in the payload is still the Resource that is meant. */
  withTarget(target: Path, entries: readonly Entry[]): readonly Entry[] {
    return target.length === 3 && entries.length === 0 ? [{ path: target }] : entries;
  }

  /** Resources that the client does not know are left aside (B-26). */
  planResources(instance: Path, entries: readonly Entry[]): Checked<Changes> {
    const changes = new Map<number, Resource>();
    for (const [id, own] of groupById(entries, 2)) {
      const path = [...instance, id];
      if (!this.isKnown(path)) continue;
      if (this.isExecutable(path)) return { ok: false, code: '4.00' };
      const resource = this.combine(path, own, 'replace');
      if (!resource.ok) return resource;
      changes.set(id, resource.value);
    }
    return { ok: true, value: changes };
  }

  /** Whether everything that only a server can give is there (OMA#153). */
  isComplete(object: number, changes: Changes): boolean {
    const resources = this.client.model.object(object)?.resources ?? [];
    return resources.every(
      ({ id, mandatory, operations }) => !mandatory || !operations.includes('W') || changes.has(id),
    );
  }

  /** What a new instance has whether it is named or not: executables, and mandatory values that are the client's to give. */
  ownContent(object: number): [number, Resource][] {
    const isOwn = !JUDGED_AT_FINISH.includes(object);
    return (this.client.model.object(object)?.resources ?? []).flatMap((definition): [number, Resource][] => {
      if (definition.type === 'none') return [[definition.id, EXECUTABLE]];
      const isGiven = isOwn && definition.mandatory && definition.operations === 'R';
      return isGiven ? [[definition.id, initialResource(definition)]] : [];
    });
  }

  store(instance: Path, changes: Changes): void {
    const [object = 0, id = 0] = instance;
    if (!this.client.store.has(instance)) this.client.store.putInstance(object, id, new Map());
    this.commit(instance, changes);
  }
}

/** Entries by Object Instance; that of the target is there even with nothing in it. */
function groupByInstance([, instance]: Path, entries: readonly Entry[]): Map<number, Entry[]> {
  const groups = groupById(entries, 1);
  return instance === undefined || groups.has(instance) ? groups : new Map([[instance, []]]);
}
