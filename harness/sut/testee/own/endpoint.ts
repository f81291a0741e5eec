import { sleep, VirtualClock } from '../../../base/clock.js';
import { seeded } from '../../../base/random.js';
import { memoryNetwork } from '../../../link/memory.js';
import type { Link } from '../../../link/link.js';
import { decodeMessage, encodeMessage, isRequest, isSuccess, type CoapMessage } from '../../../wire/index.js';
import { referenceClient } from '../../reference-client.js';

const SERVER = 'server';
const CLIENT = 'client';

/** Seconds in which an endpoint that has something to say says it: a separate response included. */
const PATIENCE = 5;

/**
 * What our own client, registered and with a battery level at /3/0/9, does with a datagram of its server: `serve`, a code, `rst`,
 * `silence`. On virtual time.
 */
export async function reactionTo(datagram: Uint8Array): Promise<string> {
  const clock = new VirtualClock();
  const random = seeded(1);
  const network = memoryNetwork(clock);
  const server = network.link(SERVER);
  const sut = referenceClient({ clock, random, link: () => network.link(CLIENT), enabler: '1.1' });
  return clock.run(async () => {
    const heard: CoapMessage[] = [];
    server.onReceive((from, bytes) => {
      const message = decodeMessage(bytes);
      if (!message.ok) return;
      if (isRequest(message.message.code)) acceptRegistration(server, from, message.message);
      else heard.push(message.message);
    });
    await sut.start({
      case: 'vectors',
      endpoint: 'urn:dev:os:vectors',
      enabler: '1.1',
      configuration: { id: 'C.1', values: { '/3/0/9': 85 } },
      peers: [{ party: 'server', uri: `coap://${SERVER}`, shortServerId: 101 }],
      credentials: {},
    });
    await sleep(clock, 1);
    server.send(CLIENT, datagram);
    await sleep(clock, PATIENCE);
    await sut.stop();
    await server.close();
    return reactionOf(heard);
  });
}

function acceptRegistration(server: Link, to: string, request: CoapMessage): void {
  const location = ['rd', '1'].map((segment) => ({ number: 8, value: new TextEncoder().encode(segment) }));
  const { id, token } = request;
  server.send(
    to,
    encodeMessage({ type: 'ACK', code: '2.01', id, token, options: location, payload: new Uint8Array() }),
  );
}

function reactionOf(heard: readonly CoapMessage[]): string {
  const [first] = heard.filter(({ type, code }) => type !== 'ACK' || code !== '0.00');
  if (!first) return 'silence';
  if (first.type === 'RST') return 'rst';
  return isSuccess(first.code) ? 'serve' : first.code;
}
