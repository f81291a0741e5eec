import { bootstrapDiscovered, contains, lacks, matches, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.delete-root',
    title: 'A delete of everything leaves the account of the Bootstrap-Server and the device',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-30', says: 'answers 2.02' },
      x2: { by: 'client', level: 'must', req: 'B-30', says: 'has the account and the device still' },
      x3: { by: 'client', level: 'must', req: 'B-30', says: 'has nothing of the server any more' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const account = roomIn(bind);
    await writeAccount(bootstrapServer, account);
    const deleted = await bootstrapServer.remove('/');
    check('x1', deleted.response.code, '2.02');
    const { paths } = bootstrapDiscovered(await bootstrapServer.discover('/'));
    check('x2', paths.includes(bind('account.bootstrap')) ? 'kept' : 'removed', graded.X48Wide);
    check('x2', paths, contains('/3/0'));
    check('x3', paths, lacks(matches(/^\/1\/\d+$/)));
    check('x3', paths, lacks(bind('account.security')));
  },
);
