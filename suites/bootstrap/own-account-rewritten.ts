import { testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.own-account-rewritten',
    title: 'A Bootstrap-Server that writes its own account anew sends nobody in circles',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    times: { watch: { nominal: 60, quick: 20 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-34', says: 'takes it, and lets the bootstrap end' },
      x2: { by: 'client', level: 'must', req: 'B-37', says: 'registers' },
      x3: { by: 'client', level: 'must', req: 'B-2', says: 'does not ask again' },
    },
  },
  async ({ client, server, bootstrapServer, bind, times, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    await bootstrapServer.write(`${bind('account.bootstrap')}/12`, 0);
    const finish = await bootstrapServer.finish();
    check('x1', finish.response.code, '2.04');
    const register = await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x2' });
    await bootstrapServer.silence({ for: times.watch, after: register, kind: 'bootstrap-request', owed: 'x3' });
  },
);
