import type { IncomingRequest } from '../../../coap/types.js';
import { reply, type Reply } from '../reply.js';
import type { ClientRole } from '../role.js';
import { readCommand, type BootstrapCommand } from './command.js';
import { Consistency } from './consistency.js';
import { BootstrapDeleting } from './deleting.js';
import { BootstrapDiscovery } from './discovery.js';
import { BootstrapPack } from './pack.js';
import { BootstrapReading } from './reading.js';
import { BootstrapWriting } from './writing.js';

/** What a Bootstrap-Server may ask in a session, and what is answered (Core 1.1 §6.1.7). */
export class BootstrapInterface {
  readonly writing: BootstrapWriting;
  readonly deleting: BootstrapDeleting;
  readonly discovery: BootstrapDiscovery;
  readonly reading: BootstrapReading;
  readonly consistency: Consistency;
  readonly pack: BootstrapPack;

  constructor(readonly client: ClientRole) {
    this.writing = this.createWriting();
    this.deleting = this.createDeleting();
    this.discovery = this.createDiscovery();
    this.reading = this.createReading();
    this.consistency = this.createConsistency();
    this.pack = this.createPack();
  }

  createWriting(Kind = BootstrapWriting): BootstrapWriting {
    return new Kind(this.client);
  }

  createDeleting(Kind = BootstrapDeleting): BootstrapDeleting {
    return new Kind(this.client);
  }

  createDiscovery(Kind = BootstrapDiscovery): BootstrapDiscovery {
    return new Kind(this.client);
  }

  createReading(Kind = BootstrapReading): BootstrapReading {
    return new Kind(this.client);
  }

  createConsistency(Kind = Consistency): Consistency {
    return new Kind(this.client);
  }

  createPack(Kind = BootstrapPack): BootstrapPack {
    return new Kind(this.client);
  }

  answer({ message }: IncomingRequest): Reply | Promise<Reply> {
    const read = readCommand(message, this.client.enabler);
    return 'refused' in read ? reply(read.refused) : this.perform(read.command);
  }

  perform(command: BootstrapCommand): Reply | Promise<Reply> {
    switch (command.operation) {
      case 'discover':
        return this.discovery.discover(command);
      case 'read':
        return this.reading.read(command);
      case 'write':
        return this.writing.bootstrapWrite(command);
      case 'delete':
        return this.deleting.delete(command);
      case 'finish':
        return this.finish();
    }
  }

  /** After a refusal the session goes on: the Bootstrap-Server may correct what is wrong (Core 1.1 §6.1.6). */
  finish(): Reply {
    const problem = this.consistency.problem();
    if (problem !== undefined) {
      this.client.emit({ event: 'log', text: `the bootstrap cannot end: ${problem}` });
      return reply('4.06');
    }
    const { session } = this.client.bootstrapping;
    session?.close();
    return reply('2.04', {}, () => session?.end('finished'));
  }
}
