import { encodeMessage, oneOf, testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

/** Seconds after which a message without an answer comes once more, at the earliest (RFC 7252 §4.8). */
const ACK_TIMEOUT = 2;

export default testCase(
  {
    id: 'bootstrap.finish-again',
    title: 'A Finish whose answer was lost is answered once more, and changes nothing',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'should', req: 'P-11', says: 'answers the same message as before' },
      x2: { by: 'client', level: 'must', req: 'B-37', says: 'registers' },
    },
  },
  async ({ client, server, bootstrapServer, bind, check, sleep }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const finish = await bootstrapServer.finish();
    await sleep(ACK_TIMEOUT, finish);
    const again = await bootstrapServer.send(encodeMessage(finish.request.message), { within: 5 });
    check('x1', again.code, oneOf('2.04', 'ACK'));
    await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x2' });
  },
);
