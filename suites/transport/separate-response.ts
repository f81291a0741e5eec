import { testCase } from '../../harness/case/index.js';
import { heldUpdate } from './_update.js';

/** Seconds that our server takes for the answer: in time for no repetition without the ACK, long after it with it. */
const DELAYS: Readonly<Record<string, number>> = { 'after-acknowledgement': 8, 'without-acknowledgement': 1 };

export default testCase(
  {
    id: 'transport.separate-response',
    title: 'An answer in a message of its own is taken and acknowledged',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.execute & transport.udp',
    variants: ['after-acknowledgement', 'without-acknowledgement'],
    times: { reaction: { nominal: 10, quick: 10 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-14', says: 'acknowledges a confirmable response' },
      x2: { by: 'client', level: 'must', req: 'P-14', says: 'repeats the request no more' },
      x3: { by: 'client', level: 'must', req: 'P-14', says: 'has taken it, and can send the next Update' },
    },
  },
  async ({ server, times, variant, check, sleep }) => {
    const registration = await server.registered();
    const update = await heldUpdate(server, registration);
    const { id, token } = update.request.message;
    const acknowledgement = { type: 'ACK', code: '0.00', id } as const;
    await Promise.all(variant === 'after-acknowledgement' ? [server.send(acknowledgement, { within: 0 })] : []);
    await sleep(DELAYS[variant] ?? 1);
    check('x2', update.transmissions.length, 1);
    const response = await server.send({ code: '2.04', token }, { within: times.reaction });
    check('x1', response.code, 'ACK');
    await sleep(5);
    check('x2', update.transmissions.length, 1);

    const next = await server.execute(`${registration.serverObject}/8`);
    const second = await server.next('update', { within: times.reaction, after: next, owed: 'x3' });
    check('x3', second.request.method, 'POST');
  },
);
