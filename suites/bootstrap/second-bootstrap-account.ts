import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.second-bootstrap-account',
    title: 'A client has one Bootstrap-Server at most',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'B-3',
        says: 'refuses the second account, when it is written or at Finish',
      },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const account = roomIn(bind);
    await writeAccount(bootstrapServer, account);
    const { security } = bootstrapServer.account(account);
    const own = { '0': 'coap://192.0.2.77:5683', '1': true, '2': 3 };
    const write = await bootstrapServer.write('/0/9', { ...security, ...own });
    const finish = await bootstrapServer.finish();
    const refusedAt = finish.response.code !== '2.04' ? 'finish' : 'nowhere';
    check('x1', write.response.code === '2.04' ? refusedAt : 'write', graded.X15);
  },
);
