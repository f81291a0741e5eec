import { bootstrapDiscovered, testCase } from '../../harness/case/index.js';
import { codesOf } from './_full.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.write-repeated',
    title: 'The same Writes twice are as good as once',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-27', says: 'answers the second ones with 2.04 as well' },
      x2: { by: 'client', level: 'must', req: 'B-27', says: 'has one account, and lets the bootstrap end' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const again = await writeAccount(bootstrapServer, roomIn(bind));
    check('x1', codesOf(...again), ['2.04', '2.04']);
    const { servers } = bootstrapDiscovered(await bootstrapServer.discover('/1'));
    check('x2', servers, { [bind('account.server')]: 1 });
    const finish = await bootstrapServer.finish();
    check('x2', finish.response.code, '2.04');
  },
);
