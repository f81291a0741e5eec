import { octets, testCase } from '../../harness/case/index.js';
import { heldUpdate } from './_update.js';

/** Of a length that a client is not likely to choose itself. */
const FOREIGN = octets('5A A5 5A A5 5A');

export default testCase(
  {
    id: 'transport.foreign-token',
    title: 'A response with another token answers nothing',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.execute & transport.udp',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-13', says: 'resets a confirmable response to nothing it asked' },
      x2: { by: 'client', level: 'must', req: 'P-13', says: 'goes on to wait for the answer: repeats its request' },
      x3: {
        by: 'client',
        level: 'must',
        req: 'R-20',
        says: 'takes the right answer then, and can send the next Update',
      },
    },
  },
  async ({ server, allowances, check, sleep }) => {
    const registration = await server.registered();
    const update = await heldUpdate(server, registration);
    const stray = await server.send({ code: '2.04', token: FOREIGN }, { within: allowances.reaction });
    check('x1', stray.code, 'RST');
    // The repetition, which is due after 2 to 3 s where no other time is set, is answered by the server.
    await sleep(5 + allowances.reaction);
    check('x2', update.retransmissions > 0, true);
    const next = await server.execute(`${registration.serverObject}/8`);
    const second = await server.next('update', { within: 10, after: next, owed: 'x3' });
    check('x3', second.request.method, 'POST');
  },
);
