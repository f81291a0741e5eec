import { matches, testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.account-timeout',
    title: 'A client that has given up its Bootstrap-Server cannot be sent there',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'op.execute & op.bootstrap-server-initiated & resource./0/12',
    times: { timeout: { nominal: 20, quick: 5 }, watch: { nominal: 60, quick: 20 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-6', says: 'refuses the trigger' },
      x2: { by: 'client', level: 'must', req: 'B-6', says: 'asks nobody' },
    },
  },
  async ({ client, server, bootstrapServer, bind, times, sleep, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    await bootstrapServer.write(`${bind('account.bootstrap')}/12`, times.timeout);
    const finish = await bootstrapServer.finish();
    await server.next('register', { within: REGISTERS_WITHIN, after: finish });
    const { serverObject } = await server.registered();
    await sleep(times.timeout + 10, finish);
    const trigger = await server.execute(`${serverObject}/9`);
    check('x1', trigger.response.code, matches(/^4\.\d\d$/));
    await bootstrapServer.silence({ for: times.watch, after: trigger, kind: 'bootstrap-request', owed: 'x2' });
  },
);
