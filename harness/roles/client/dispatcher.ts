import type { IncomingRequest, Outgoing } from '../../coap/types.js';
import type { Address } from '../../link/link.js';
import type { Registration } from './registration.js';
import { reply, type Reply } from './reply.js';
import { belowAlternatePath, readRequest, type DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';

/** Takes requests from servers to the operations they ask for. */
export class Dispatcher {
  constructor(readonly client: ClientRole) {}

  /** The answer, or silence towards whom the client does not listen to. What follows from the request comes after the answer. */
  async receive(request: IncomingRequest): Promise<Outgoing | undefined> {
    const replied = this.replyTo(request);
    if (!replied) return undefined;
    this.client.traffic.noteTraffic();
    const { out, afterwards } = await replied;
    if (afterwards) this.client.clock.after(0, afterwards);
    return out;
  }

  /** A Bootstrap-Server is heard in its session. Until the session has ended there is nothing for other servers (B-16). */
  replyTo(request: IncomingRequest): Reply | Promise<Reply> | undefined {
    const { bootstrapping } = this.client;
    const isBootstrap = bootstrapping.isFromBootstrapServer(request.from);
    if (isBootstrap && bootstrapping.session) return bootstrapping.answer(request);
    const registration = this.registrationAt(request.from);
    if (registration && this.listensTo(registration))
      return bootstrapping.isOpen ? reply('5.03') : this.answer(request, registration);
    return isBootstrap ? bootstrapping.answer(request) : undefined;
  }

  registrationAt(from: Address): Registration | undefined {
    return [...this.client.registrations.values()].find((registration) => registration.address === from);
  }

  /** Only to a server where it is registered (Core 1.1 §6.3), and not while it sleeps. */
  listensTo(registration: Registration): boolean {
    return registration.isRegistered && this.client.traffic.isListening(registration);
  }

  /** The place for deviations that come before or after any operation: slow answers, refusals of everything. */
  answer(incoming: IncomingRequest, registration: Registration): Reply | Promise<Reply> {
    const segments = belowAlternatePath(incoming.message, this.client.alternatePath());
    if (!segments) return reply('4.04');
    const read = readRequest(incoming, registration, segments);
    return 'refused' in read ? reply(read.refused) : this.perform(read.request);
  }

  /** Objects that are for bootstrap only are refused whatever is asked (Core 1.1 §6.3, §6.4). */
  perform(request: DeviceRequest): Reply | Promise<Reply> {
    const [object] = request.path;
    if (object !== undefined && this.client.targets.isHidden(object, request.enabler)) return reply('4.01');
    switch (request.operation) {
      case 'read':
        return this.client.reading.read(request);
      case 'discover':
        return this.client.discovery.discover(request);
      case 'observe':
        return this.client.observations.observe(request);
      case 'cancel':
        return this.client.observations.cancel(request);
      case 'write-replace':
        return this.client.writing.replace(request);
      case 'write-update':
        return this.client.writing.update(request);
      case 'write-attributes':
        return this.client.attributes.write(request);
      case 'execute':
        return this.client.executing.execute(request);
      case 'create':
        return this.client.lifeCycle.create(request);
      case 'delete':
        return this.client.lifeCycle.delete(request);
      default:
        return this.performComposite(request);
    }
  }

  /** Composite operations are not supported (E-51). */
  performComposite(_request: DeviceRequest): Reply | Promise<Reply> {
    return reply('4.05');
  }
}
