import type { Enabler } from '../../../model/party.js';
import { ContentFormat } from '../../../wire/codec.js';
import { reply, type Reply } from '../reply.js';
import type { ClientRole } from '../role.js';
import type { BootstrapCommand } from './command.js';

/** Bootstrap-Read of the Objects Server and Access Control, whatever their Resources allow a server (Core 1.1 §6.1.7.4, O-4). */
export class BootstrapReading {
  constructor(readonly client: ClientRole) {}

  read({ path, accept, enabler }: BootstrapCommand): Reply {
    const { store, formats } = this.client;
    if (!store.has(path)) return reply('4.04');
    const format = accept ?? this.formats(enabler)[0] ?? ContentFormat.tlv;
    if (!this.formats(enabler).includes(format)) return reply('4.06');
    const payload = formats.encodeForBootstrap(format, store.entries(path), path, enabler);
    return payload.ok ? reply('2.05', { contentFormat: format, payload: payload.value }) : reply('5.00');
  }

  /** Those that can carry an Object, the one that the client likes best first. */
  formats(enabler: Enabler): number[] {
    const { tlv, senmlJson, senmlCbor, lwm2mCbor } = ContentFormat;
    const structured: readonly number[] = [tlv, senmlJson, senmlCbor, lwm2mCbor];
    return this.client.formats.supported(enabler).filter((format) => structured.includes(format));
  }
}
