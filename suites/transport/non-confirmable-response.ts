import { testCase } from '../../harness/case/index.js';
import { heldUpdate } from './_update.js';

export default testCase(
  {
    id: 'transport.non-confirmable-response',
    title: 'An answer in a non-confirmable message is taken',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.execute & transport.udp',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-14', says: 'does not reset a non-confirmable response' },
      x2: { by: 'client', level: 'must', req: 'P-14', says: 'repeats the request no more' },
      x3: { by: 'client', level: 'must', req: 'P-14', says: 'has taken it, and can send the next Update' },
    },
  },
  async ({ server, check, sleep }) => {
    const registration = await server.registered();
    const update = await heldUpdate(server, registration);
    const { id, token } = update.request.message;
    await server.send({ type: 'ACK', code: '0.00', id }, { within: 0 });
    await sleep(5);
    check('x2', update.transmissions.length, 1);
    const response = await server.send({ type: 'NON', code: '2.04', token }, { within: 2 });
    check('x1', response.code, 'none');
    await sleep(5);
    check('x2', update.transmissions.length, 1);

    const next = await server.execute(`${registration.serverObject}/8`);
    const second = await server.next('update', { within: 10, after: next, owed: 'x3' });
    check('x3', second.request.method, 'POST');
  },
);
