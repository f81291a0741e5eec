import { encodeMessage, oneOf, testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, COMMANDS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.request-again',
    title: 'A Bootstrap-Request whose answer was lost begins no second session',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    checks: {
      x1: { by: 'bootstrap-server', level: 'should', req: 'P-11', says: 'answers the same message as before' },
      x2: { by: 'bootstrap-server', level: 'should', req: 'P-11', says: 'carries on with one session' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const again = await client.send(encodeMessage(request.request.message), { within: 5 });
    check('x1', again.code, oneOf('2.04', 'ACK'));
    const wait = { within: 3 * COMMANDS_WITHIN, after: request };
    const finish = await bootstrapServer.commanded('bootstrap-finish', wait);
    await bootstrapServer.silence({ of: 'server', for: 10, after: finish, owed: 'x2' });
  },
);
