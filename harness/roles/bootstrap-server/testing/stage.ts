import { utf8 } from '../../../base/bytes.js';
import { sleep, VirtualClock } from '../../../base/clock.js';
import { seeded } from '../../../base/random.js';
import { Endpoint } from '../../../coap/index.js';
import type { IncomingRequest, Outgoing } from '../../../coap/types.js';
import { memoryNetwork } from '../../../link/memory.js';
import type { Address } from '../../../link/link.js';
import type { CoapMessage } from '../../../wire/coap/message.js';
import { OptionNumber } from '../../../wire/coap/options.js';
import { getPath, getUint } from '../../../wire/coap/read.js';
import { outgoing } from '../../shared/outgoing.js';
import { BarePeer } from '../../shared/testing/bare-peer.js';
import { BootstrapServerRole } from '../bootstrap-server-role.js';
import type { Provisioning } from '../provisioning.js';
import type { BootstrapEvent, BootstrapSession } from '../session.js';
import type { BootstrapServerOptions } from '../session-table.js';

/** For tests of the bootstrap-server: a role on a memory network in virtual time, with bare CoAP endpoints as clients. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly role: BootstrapServerRole;
  readonly events: BootstrapEvent[];
  readonly client: (address?: Address) => Device;
  /** The session that began last. */
  readonly session: () => BootstrapSession;
}

/** Answers by `METHOD path`; a command that is not named gets what a client answers that does as it is told. */
export type Answers = Readonly<Record<string, Outgoing | 'silence' | undefined>>;

const METHODS: Readonly<Record<string, string>> = { '0.01': 'GET', '0.02': 'POST', '0.03': 'PUT', '0.04': 'DELETE' };
const GOOD = { GET: '2.05', POST: '2.04', PUT: '2.04', DELETE: '2.02' } as const;

/** A client that a test plays. */
export class Device extends BarePeer {
  answers: Answers = {};

  override answer = (request: IncomingRequest): Outgoing | undefined => {
    const name = nameOf(request);
    const given = this.answers[name];
    if (given) return given === 'silence' ? undefined : given;
    if (name.startsWith('GET'))
      return getUint(request.message, OptionNumber.accept) === 40 ? links(FRESH) : { code: '4.05' };
    return { code: name.startsWith('PUT') ? GOOD.PUT : name.startsWith('DELETE') ? GOOD.DELETE : GOOD.POST };
  };

  /** Asks for a bootstrap. */
  ask(...query: readonly string[]): Promise<CoapMessage> {
    return this.send('0.02', { path: '/bs', query });
  }

  /** The commands so far: `PUT /0/1 [11542]`. */
  commands(): readonly string[] {
    return this.requests.map((request) => {
      const format = getUint(request.message, OptionNumber.contentFormat);
      return format === undefined ? nameOf(request) : `${nameOf(request)} [${format}]`;
    });
  }

  /** The payload of the last request of this name. @throws Error when there was none */
  payload(name: string): Uint8Array {
    const found = this.requests.findLast((request) => nameOf(request) === name);
    if (!found) throw new Error(`no ${name} among ${this.commands().join(', ')}`);
    return found.message.payload;
  }
}

const nameOf = ({ message }: IncomingRequest): string => `${METHODS[message.code] ?? message.code} ${getPath(message)}`;

/** The answer to a Bootstrap-Discover. */
export const links = (text: string): Outgoing => outgoing('2.05', { contentFormat: 40, payload: utf8(text) });

/** A client that has the account of the bootstrap-server alone. */
export const FRESH = '</>;lwm2m=1.1,</0/0>,</1>,</3/0>';

/** Runs `play` in virtual time. */
export function onStage(
  play: (stage: Stage) => Promise<void>,
  provisioning: Provisioning,
  options: Partial<BootstrapServerOptions> = {},
  Role = BootstrapServerRole,
): Promise<void> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const events: BootstrapEvent[] = [];
  const endpointAt = (address: Address): Endpoint =>
    new Endpoint({ link: network.link(address), clock, random: seeded(7).fork(address) });
  const role = new Role({
    endpoint: endpointAt('bs'),
    clock,
    provisioningOf: (endpoint) => (endpoint === 'device' ? provisioning : undefined),
    tell: (event) => events.push(event),
    ...options,
  });
  const client = (address = 'client'): Device => new Device(endpointAt(address), address, 'bs');
  const session = (): BootstrapSession => {
    const last = role.sessions().at(-1);
    if (!last) throw new Error('there is no session');
    return last;
  };
  return clock.run(() => play({ clock, role, events, client, session }));
}

/** Lets a session come to its end. */
export const settle = ({ clock }: Stage, seconds = 5): Promise<void> => sleep(clock, seconds);
