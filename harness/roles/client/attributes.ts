import { effectiveAttributes, inheritedAttributes, type NotificationAttributes } from '../../model/attributes.js';
import { formatPath, isWithin, parsePath, type Path } from '../../model/path.js';
import {
  applyAttributes,
  checkAttributes,
  parseAttributes,
  type AttributeChange,
} from '../../wire/queries-attributes.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';

/** Thresholds below zero are outside the grammar, but a temperature has them (OMA#563). */
const SIGNED: ReadonlySet<string> = new Set(['attributes-signed']);

/** Write-Attributes, and what each server has attached where (Core 1.1 §5.1, §6.3.4). */
export class Attributes {
  /** By Short Server ID, then by path. */
  readonly #assigned = new Map<number, Map<string, NotificationAttributes>>();

  constructor(readonly client: ClientRole) {}

  write(request: DeviceRequest): Reply {
    const { path, server, enabler } = request;
    const absence = this.client.targets.absence(path, enabler);
    if (absence) return reply(absence);
    if (path.length === 0) return reply('4.05');
    if (!this.client.access.mayWriteAttributes(server, path)) return reply('4.01');
    const changes = this.parse(request);
    if (!changes) return reply('4.00');
    const after = applyAttributes(this.assigned(server, path), changes);
    if (!this.isConsistent(after)) return reply('4.00');
    this.assign(server, path, after);
    this.client.observations.onAttributesChanged(server, path);
    return reply('2.04');
  }

  /** The changes that the query asks for; undefined when it is malformed or does not suit the target. */
  parse({ path, query, enabler }: DeviceRequest): readonly AttributeChange[] | undefined {
    const [object = 0, , resource] = path;
    const definition = resource === undefined ? undefined : this.client.model.resource(object, resource);
    const changes = parseAttributes(query, { path, enabler, ...(definition && { definition }), lenient: SIGNED });
    return changes.ok ? changes.value : undefined;
  }

  /** Whether the attributes of one path agree with each other (Core 1.1 §5.1.2). */
  isConsistent(attributes: NotificationAttributes): boolean {
    return checkAttributes(attributes) === undefined;
  }

  assign(server: number, path: Path, attributes: NotificationAttributes): void {
    const own = this.#assigned.get(server) ?? new Map<string, NotificationAttributes>();
    this.#assigned.set(server, own);
    if (Object.keys(attributes).length === 0) own.delete(formatPath(path));
    else own.set(formatPath(path), attributes);
  }

  /** What the server attached to this very path. */
  assigned(server: number, path: Path): NotificationAttributes {
    return this.#assigned.get(server)?.get(formatPath(path)) ?? {};
  }

  /** Attributes of the path and its ancestors, each from the nearest level that has it (Core 1.1 §5.1.1). */
  inherited(server: number, path: Path): NotificationAttributes {
    return inheritedAttributes(path, (level) => this.assigned(server, level));
  }

  /** What governs notifications of a path: attached or inherited, else the default periods of the server. */
  effective(server: number, path: Path): NotificationAttributes {
    const defaults = this.client.registrations.get(server)?.defaultPeriods() ?? {};
    return effectiveAttributes(path, (level) => this.assigned(server, level), defaults);
  }

  /** Drops what was attached at or below a path that is gone. */
  forget(path: Path): void {
    for (const own of this.#assigned.values())
      for (const text of [...own.keys()]) {
        const at = parsePath(text);
        if (at.ok && isWithin(at.value, path)) own.delete(text);
      }
  }

  /** Drops what a server attached. */
  forgetServer(server: number): void {
    this.#assigned.delete(server);
  }

  clear(): void {
    this.#assigned.clear();
  }
}
