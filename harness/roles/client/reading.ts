import type { Result } from '../../base/error.js';
import type { Enabler } from '../../model/party.js';
import type { Path } from '../../model/path.js';
import type { Entry } from '../../model/value.js';
import type { Code } from '../../wire/coap/message.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';

/** Read, and what Observe has in common with it (Core 1.1 §6.3.1). */
export class Reading {
  constructor(readonly client: ClientRole) {}

  read(request: DeviceRequest): Reply {
    const refusal = this.refusal(request);
    if (refusal) return reply(refusal);
    const format = this.client.formats.ofAnswer(request.accept, request.path, request.enabler);
    if (format === undefined) return reply('4.06');
    return this.content(request, format);
  }

  /** 2.05 with the target in the given format. */
  content(request: DeviceRequest, format: number): Reply {
    const payload = this.render(request.path, request.server, request.enabler, format);
    return payload.ok ? reply('2.05', { contentFormat: format, payload: payload.value }) : reply('5.00');
  }

  /** Why the target cannot be read, in the order existence, right, operation (Core 1.1 §6.3.1, §8.2). */
  refusal({ path, server, enabler }: DeviceRequest): Code | undefined {
    return (
      this.client.targets.absence(path, enabler) ??
      (this.mayRead(server, path) ? undefined : '4.01') ??
      (this.isReadable(path) ? undefined : '4.05')
    );
  }

  /** On an Object it takes the right for one of the instances, if there are any (Core 1.1 §8.2). */
  mayRead(server: number, path: Path): boolean {
    const [object = 0] = path;
    if (path.length > 1) return this.client.access.mayRead(server, path.slice(0, 2));
    const instances = this.client.store.instances(object);
    return instances.length === 0 || instances.some((id) => this.client.access.mayRead(server, [object, id]));
  }

  /** The root cannot be read; an Object or Object Instance always can; a Resource if its definition says so. */
  isReadable(path: Path): boolean {
    return (
      path.length === 1 || path.length === 2 || (path.length > 2 && this.client.targets.operations(path).includes('R'))
    );
  }

  /** What a Read of the target tells this server: readable resources of instances for which it has the right. */
  entries(path: Path, server: number): Entry[] {
    return this.client.store
      .entries(path)
      .filter((entry) => this.isReadable(entry.path) && this.client.access.mayRead(server, entry.path.slice(0, 2)));
  }

  render(path: Path, server: number, enabler: Enabler, format: number): Result<Uint8Array> {
    return this.client.formats.encode(format, this.entries(path, server), path, enabler);
  }
}
