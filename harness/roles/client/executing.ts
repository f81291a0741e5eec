import type { Code } from '../../wire/coap/message.js';
import { ContentFormat } from '../../wire/codec.js';
import { decodeArguments, type ExecuteArgument } from '../../wire/execute-arguments.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';

/** Execute (Core 1.1 §6.3.5). */
export class Executing {
  constructor(readonly client: ClientRole) {}

  execute(request: DeviceRequest): Reply {
    if (this.isUpdateOfMultiple(request)) return this.client.writing.update(request);
    const refusal = this.refusal(request);
    if (refusal) return reply(refusal);
    const args = this.parseArguments(request);
    return args ? this.client.device.onExecute(request, args) : reply('4.00');
  }

  /** From 1.2 a POST of a structured format to a multiple Resource is a Partial Update (Core 1.2 §6.3.3). */
  isUpdateOfMultiple({ path, enabler, contentFormat }: DeviceRequest): boolean {
    const structured = contentFormat !== undefined && contentFormat !== ContentFormat.text;
    return enabler === '1.2' && structured && path.length === 3 && this.client.targets.isMultiple(path);
  }

  refusal({ path, server, enabler, contentFormat }: DeviceRequest): Code | undefined {
    const absence = this.client.targets.absence(path, enabler);
    if (absence) return absence;
    if (!this.client.access.mayExecute(server, path.slice(0, 2))) return '4.01';
    if (path.length !== 3 || !this.isExecutable(path)) return '4.05';
    return contentFormat === undefined || contentFormat === ContentFormat.text ? undefined : '4.15';
  }

  /** The arguments; undefined when they are malformed. A repeated digit is refused in every version. */
  parseArguments({ payload }: DeviceRequest): readonly ExecuteArgument[] | undefined {
    const args = decodeArguments(payload);
    return args.ok ? args.value : undefined;
  }

  isExecutable(path: DeviceRequest['path']): boolean {
    return this.client.targets.operations(path).includes('E');
  }
}
