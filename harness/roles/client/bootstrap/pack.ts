import type { Outgoing } from '../../../coap/types.js';
import { isWithin, type Path } from '../../../model/path.js';
import type { Entry } from '../../../model/value.js';
import type { CoapMessage } from '../../../wire/coap/message.js';
import { OptionNumber } from '../../../wire/coap/options.js';
import { getUint } from '../../../wire/coap/read.js';
import { ContentFormat } from '../../../wire/codec.js';
import { formatBootstrap } from '../../../wire/queries-bootstrap.js';
import { outgoing } from '../../shared/outgoing.js';
import type { ClientRole } from '../role.js';
import { instancesOf, type BootstrapAccount } from './account.js';
import { BootstrapSession } from './session.js';

/** Formats of a pack, the one that this client likes best first (Core 1.2 §6.1.7.7). */
const FORMATS: readonly number[] = [ContentFormat.senmlCbor, ContentFormat.senmlJson, ContentFormat.lwm2mCbor];

/** Bootstrap-Pack-Request: everything in one answer, from 1.2 (Core 1.2 §6.1.7.7). */
export class BootstrapPack {
  constructor(readonly client: ClientRole) {}

  /**
   * Asks for a pack and puts it in place. False when there is none that can be used: then the client goes on with a
   * Bootstrap-Request (B-41).
   */
  async fetch(account: BootstrapAccount, isOver: () => boolean): Promise<boolean> {
    const format = this.format();
    if (format === undefined) return false;
    const session = new BootstrapSession(this.client, account);
    const response = await this.client.traffic.request(session.address, this.packRequest(account, format));
    if (isOver() || response?.message.code !== '2.05') return false;
    const { bootstrapping } = this.client;
    bootstrapping.session = session;
    session.open();
    const isApplied = this.apply(response.message);
    session.end(isApplied ? 'finished' : 'stopped');
    if (isApplied) return true;
    session.undo();
    bootstrapping.session = undefined;
    return false;
  }

  packRequest(account: BootstrapAccount, accept: number): Outgoing {
    const endpoint = this.client.endpointName();
    const query = formatBootstrap({
      ...(endpoint === undefined ? {} : { endpoint }),
      account: instancesOf(this.client.store, account),
    });
    return outgoing('0.01', { path: '/bspack', query, accept });
  }

  /** The one that the client is told to wish for, else the first that it knows; undefined when it knows none. */
  format(): number | undefined {
    const known = FORMATS.filter((format) => this.client.formats.supported('1.2').includes(format));
    return known.find((format) => format === this.client.options.bootstrapFormat) ?? known[0];
  }

  /** Whether the pack could be put in place, and is consistent. */
  apply(message: CoapMessage): boolean {
    const format = getUint(message, OptionNumber.contentFormat);
    if (format === undefined || !FORMATS.includes(format)) return false;
    const entries = this.client.formats.decodeForBootstrap(format, message.payload, [], '1.2');
    return entries.ok && this.replaceObjects(entries.value) && this.isConsistent();
  }

  /** All instances of the Objects in the pack make room, but for what no bootstrap removes (B-39). */
  replaceObjects(entries: readonly Entry[]): boolean {
    const { deleting } = this.client.bootstrapInterface;
    const objects = [...new Set(entries.flatMap(({ path }) => path.slice(0, 1)))];
    for (const object of objects) for (const instance of deleting.targets([object])) deleting.remove(instance);
    return objects.every((object) => this.write([object], entries));
  }

  /** An id of the Bootstrap-Server's own account cannot be in the pack. */
  write(object: Path, entries: readonly Entry[]): boolean {
    const { writing } = this.client.bootstrapInterface;
    const own = entries.filter(({ path }) => isWithin(path, object));
    const account = this.client.bootstrapping.accountInForce();
    const taken = account ? instancesOf(this.client.store, account) : [];
    if (own.some(({ path }) => taken.some((instance) => isWithin(path, instance)))) return false;
    return writing.writeEntries(object, own) === undefined;
  }

  isConsistent(): boolean {
    return this.client.bootstrapInterface.consistency.problem() === undefined;
  }
}
