import { utf8 } from '../../../base/bytes.js';
import { VirtualClock } from '../../../base/clock.js';
import { seeded } from '../../../base/random.js';
import { Endpoint } from '../../../coap/index.js';
import type { Outgoing } from '../../../coap/types.js';
import { memoryNetwork, type MemoryNetwork } from '../../../link/memory.js';
import { getLocationPath } from '../../../wire/coap/read.js';
import { outgoing, type Parts } from '../../shared/outgoing.js';
import { BarePeer } from '../../shared/testing/bare-peer.js';
import type { ServerEvent } from '../registration.js';
import type { ServerOptions } from '../registration-table.js';
import { ServerRole } from '../server-role.js';

/** For tests of the server: a role on a memory network in virtual time, with bare CoAP endpoints as clients. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly server: ServerRole;
  readonly events: ServerEvent[];
  readonly client: (address?: string) => BareClient;
}

/** A client that a test plays. */
export class BareClient extends BarePeer {
  /** Registers, and returns the location. @throws Error when refused */
  async register(query: readonly string[] = QUERY, links = LINKS): Promise<string> {
    const response = await this.send('0.02', registerParts(query, links));
    const location = getLocationPath(response);
    if (response.code !== '2.01' || location === undefined)
      throw new Error(`refused with ${response.code}: ${new TextDecoder().decode(response.payload)}`);
    return location;
  }
}

export const QUERY = ['ep=device', 'lt=60', 'lwm2m=1.1', 'b=U'];
export const LINKS = '</>;rt="oma.lwm2m";ct="110 112 11542",</1/0>,</3/0>,</3303/0>,</3303/1>';

export const registerParts = (query: readonly string[] = QUERY, links: string | undefined = LINKS): Parts => ({
  path: '/rd',
  query,
  ...(links === '' ? {} : { contentFormat: 40, payload: utf8(links) }),
});

/** A response with text. */
export const content = (text: string, contentFormat = 0, observe?: number): Outgoing =>
  outgoing('2.05', { contentFormat, payload: utf8(text), ...(observe === undefined ? {} : { observe }) });

/** Runs `play` in virtual time. */
export function onStage(
  play: (stage: Stage) => Promise<void>,
  options: Partial<ServerOptions> = {},
  Role = ServerRole,
  limit?: number,
): Promise<void> {
  const clock = new VirtualClock();
  const network: MemoryNetwork = memoryNetwork(clock);
  const events: ServerEvent[] = [];
  const endpointAt = (address: string): Endpoint =>
    new Endpoint({ link: network.link(address), clock, random: seeded(7).fork(address) });
  const server = new Role({
    endpoint: endpointAt('server'),
    clock,
    random: seeded(1),
    tell: (event) => events.push(event),
    ...options,
  });
  const client = (address = 'client'): BareClient => new BareClient(endpointAt(address), address, 'server');
  return clock.run(() => play({ clock, server, events, client }), limit);
}
