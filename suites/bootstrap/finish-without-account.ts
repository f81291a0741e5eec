import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.finish-without-account',
    title: 'A bootstrap that left no server cannot end',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['nothing', 'all-deleted'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-34', says: 'answers Finish with 4.06' },
    },
  },
  async ({ client, bootstrapServer, variant, check }) => {
    await opened(client, bootstrapServer);
    if (variant === 'all-deleted') await bootstrapServer.remove('/');
    const finish = await bootstrapServer.finish();
    check('x1', finish.response.code, graded.E17);
  },
);
