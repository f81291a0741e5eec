import { testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

/** application/xml */
const XML = 41;

export default testCase(
  {
    id: 'bootstrap.write-unsupported-format',
    title: 'A Write in a format that nobody has is refused, and the session goes on',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-28', says: 'refuses it for its format' },
      x2: { by: 'client', level: 'must', req: 'B-28', says: 'takes a right one, and lets the bootstrap end' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const write = await bootstrapServer.request({
      method: 'PUT',
      path: bind('account.server'),
      contentFormat: XML,
      payload: utf8('<lifetime>60</lifetime>'),
    });
    check('x1', write.response.code, graded.E13);
    await writeAccount(bootstrapServer, roomIn(bind));
    const finish = await bootstrapServer.finish();
    check('x2', finish.response.code, '2.04');
  },
);
