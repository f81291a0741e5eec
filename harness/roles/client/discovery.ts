import { utf8 } from '../../base/bytes.js';
import type { Path } from '../../model/path.js';
import { ContentFormat } from '../../wire/codec.js';
import { formatLinks, type LinkAttribute, type LinkSpec } from '../../wire/core-link.js';
import { formatAttributes, type NotificationAttributes } from '../../wire/queries-attributes.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';

/** Discover: what is there, and what this server attached to it (Core 1.1 §6.3.2). It takes no right. */
export class Discovery {
  constructor(readonly client: ClientRole) {}

  discover(request: DeviceRequest): Reply {
    const { path, enabler } = request;
    const absence = this.client.targets.absence(path, enabler);
    if (absence) return reply(absence);
    if (path.length === 0 || path.length === 4) return reply('4.05');
    const payload = utf8(formatLinks(this.links(request)));
    return reply('2.05', { contentFormat: ContentFormat.link, payload });
  }

  /** The target first, each path before those below it. */
  links(request: DeviceRequest): LinkSpec[] {
    return this.paths(request.path, this.depth(request)).map((path) => ({
      path: this.client.objectList.pathOf(path),
      attributes: [...this.properties(path, request), ...this.attributes(path, request)],
    }));
  }

  /**
   * Levels below the target that are shown: an Object down to its Resources; an Object Instance down to its Resources, in 1.1 to
   * their instances; a Resource from 1.1 down to its instances. In 1.2 as the query asks (Core 1.2 §6.3.2).
   */
  depth({ path, enabler, query }: DeviceRequest): number {
    if (path.length === 1) return this.askedDepth(query, enabler) ?? 2;
    if (path.length === 2) return this.askedDepth(query, enabler) ?? (enabler === '1.1' ? 2 : 1);
    return this.askedDepth(query, enabler) ?? (enabler === '1.0' ? 0 : 1);
  }

  /** `depth=0` to `depth=3`, from 1.2; what is out of range is ignored. */
  askedDepth(query: readonly string[], enabler: DeviceRequest['enabler']): number | undefined {
    const digit = query.map((parameter) => /^depth=([0-3])$/.exec(parameter)?.[1]).find((found) => found !== undefined);
    return enabler === '1.2' && digit !== undefined ? Number(digit) : undefined;
  }

  paths(path: Path, depth: number): Path[] {
    return [path, ...(depth === 0 ? [] : this.children(path).flatMap((child) => this.paths(child, depth - 1)))];
  }

  children(path: Path): Path[] {
    const { store } = this.client;
    const [object = 0, instance = 0] = path;
    if (path.length === 1) return store.instances(object).map((id) => [...path, id]);
    if (path.length === 2) return store.resources(object, instance).map((id) => [...path, id]);
    const resource = path.length === 3 ? store.resource(path) : undefined;
    return resource?.kind === 'multiple'
      ? [...resource.values.keys()].sort((a, b) => a - b).map((id) => [...path, id])
      : [];
  }

  /** `ver` of an Object, `dim` of a multiple Resource (Core 1.1 §5.1.1). */
  properties(path: Path, { enabler }: DeviceRequest): LinkAttribute[] {
    const [object = 0] = path;
    if (path.length === 1) return this.client.objectList.versionAttributes(object, enabler);
    const resource = path.length === 3 ? this.client.store.resource(path) : undefined;
    return resource?.kind === 'multiple' ? [['dim', String(resource.values.size), false]] : [];
  }

  attributes(path: Path, request: DeviceRequest): LinkAttribute[] {
    const shown =
      path.length === request.path.length ? this.attributesOfTarget(request) : this.attributesBelow(path, request);
    return formatAttributes({ ...shown }).map((text): LinkAttribute => {
      const [name = '', value] = text.split('=');
      return [name, value, false];
    });
  }

  /** Of a Resource those in force, inherited ones included; in 1.2 at any level (Core 1.2 §6.3.2). */
  attributesOfTarget({ path, server, enabler }: DeviceRequest): NotificationAttributes {
    const inherits = path.length > 2 || enabler === '1.2';
    return inherits ? this.client.attributes.inherited(server, path) : this.client.attributes.assigned(server, path);
  }

  /** Those assigned to the path itself; below an Object none before 1.2 (OMA#234). */
  attributesBelow(path: Path, { path: target, server, enabler }: DeviceRequest): NotificationAttributes {
    return target.length === 1 && enabler !== '1.2' ? {} : this.client.attributes.assigned(server, path);
  }
}
