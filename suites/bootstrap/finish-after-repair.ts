import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.finish-after-repair',
    title: 'After a refused Finish the Bootstrap-Server makes good what is wrong, and the client registers',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x3: { by: 'client', level: 'must', req: 'B-34', says: 'refuses the first Finish' },
      x1: { by: 'client', level: 'must', req: 'B-34', says: 'takes the rest of the account, and the second Finish' },
      x2: { by: 'client', level: 'must', req: 'B-37', says: 'registers after the second Finish' },
    },
  },
  async ({ client, server, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const early = await bootstrapServer.finish();
    check('x3', early.response.code, graded.E17);
    await writeAccount(bootstrapServer, roomIn(bind));
    const finish = await bootstrapServer.finish();
    check('x1', finish.response.code, '2.04');
    await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x2' });
  },
);
