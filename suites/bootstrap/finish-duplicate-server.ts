import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.finish-duplicate-server',
    title: 'A bootstrap that gave one Short Server ID to two servers cannot end',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-3', says: 'refuses to end' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const account = roomIn(bind);
    await writeAccount(bootstrapServer, account);
    await writeAccount(bootstrapServer, { ...account, security: 9, server: 9 });
    const finish = await bootstrapServer.finish();
    check('x1', finish.response.code, graded.E17);
  },
);
