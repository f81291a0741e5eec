import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.write-optional-absent',
    title: 'An optional Resource that was not written is not there',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-26', says: 'has no default periods, as none were written' },
      x2: { by: 'client', level: 'must', req: 'B-22', says: 'lets the instance be read' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const path = bind('account.server');
    const { response } = await bootstrapServer.read(path);
    check('x2', response.code, graded.X14);
    check('x1', [response.content.value(`${path}/2`), response.content.value(`${path}/3`)], [undefined, undefined]);
  },
);
