import { bootstrapDiscovered, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.delete-protected',
    title: 'The account of the Bootstrap-Server and the device outlive a delete of just these',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['account', 'device'],
    checks: {
      x1: { by: 'client', level: 'should', req: 'B-31', says: 'refuses, or answers as if it were done' },
      x2: { by: 'client', level: 'should', req: 'B-31', says: 'has the instance still' },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    const path = variant === 'device' ? '/3/0' : bind('account.bootstrap');
    await opened(client, bootstrapServer);
    const deleted = await bootstrapServer.remove(path);
    check('x1', deleted.response.code, graded.X48);
    const { paths } = bootstrapDiscovered(await bootstrapServer.discover('/'));
    check('x2', paths.includes(path) ? 'kept' : 'removed', graded.X48Account);
  },
);
