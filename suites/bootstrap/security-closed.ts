import { lacks, matches, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.security-closed',
    title: 'What a bootstrap wrote of security is shown to no server',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-4', says: 'refuses to let it be read' },
      x2: { by: 'client', level: 'must', req: 'M-4', says: 'announces no Security instance' },
    },
  },
  async ({ client, server, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const finish = await bootstrapServer.finish();
    await server.next('register', { within: REGISTERS_WITHIN, after: finish });
    const { objects } = await server.registered();
    check('x2', objects, lacks(matches(/^\/0(\/|$)/)));
    const read = await server.read(`${bind('account.security')}/0`);
    check('x1', read.response.code, graded.E19);
  },
);
