import { having, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.read-server',
    title: 'A Bootstrap-Server reads the Server Object, and one instance of it',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['object', 'instance'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-22', says: 'answers 2.05' },
      x2: { by: 'client', level: 'must', req: 'B-22', says: 'tells what was written' },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, { ...roomIn(bind), lifetime: 4321 });
    const instance = bind('account.server');
    const { response } = await bootstrapServer.read(variant === 'object' ? '/1' : instance);
    check('x1', response.code, graded.X14);
    check('x2', response.content.values, having({ [`${instance}/0`]: 1, [`${instance}/1`]: 4321 }));
  },
);
