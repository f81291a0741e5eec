import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.discover-refused',
    title: 'A Bootstrap-Discover of what is not there, or below an Object, is refused',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-20', says: 'knows no such Object' },
      x2: { by: 'client', level: 'must', req: 'B-20', says: 'refuses to discover an instance' },
      x3: { by: 'client', level: 'must', req: 'B-17', says: 'goes on with the session' },
    },
  },
  async ({ client, bootstrapServer, check }) => {
    await opened(client, bootstrapServer);
    const unknown = await bootstrapServer.discover('/42769');
    check('x1', unknown.response.code, graded.E15);
    const below = await bootstrapServer.discover('/3/0');
    check('x2', below.response.code, graded.E15Below);
    const { response } = await bootstrapServer.discover('/');
    check('x3', response.code, '2.05');
  },
);
