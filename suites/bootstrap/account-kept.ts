import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.account-kept',
    title: 'A timeout of 0 keeps the account of the Bootstrap-Server for ever',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'op.execute & op.bootstrap-server-initiated & resource./0/12',
    times: { later: { nominal: 60, quick: 20 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-6', says: 'takes the trigger' },
      x2: { by: 'client', level: 'must', req: 'B-6', says: 'asks' },
    },
  },
  async ({ client, server, bootstrapServer, bind, times, sleep, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    await bootstrapServer.write(`${bind('account.bootstrap')}/12`, 0);
    const finish = await bootstrapServer.finish();
    await server.next('register', { within: REGISTERS_WITHIN, after: finish });
    const { serverObject } = await server.registered();
    await sleep(times.later, finish);
    const execute = await server.execute(`${serverObject}/9`);
    check('x1', execute.response.code, '2.04');
    await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN, after: execute, owed: 'x2' });
  },
);
