import { contains, testCase } from '../../harness/case/index.js';
import { opened, writeAccount } from './_session.js';

/** Ids that nobody would choose. */
const ACCOUNT = { security: 5, server: 9, lifetime: 4321 };

export default testCase(
  {
    id: 'bootstrap.registration-follows',
    title: 'After a bootstrap the client registers at once, with what it was given',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-37', says: 'registers at the server' },
      x2: { by: 'client', level: 'must', req: 'B-37', says: 'registers with the lifetime that was written' },
      x3: {
        by: 'client',
        level: 'must',
        req: 'B-24',
        says: 'announces the Server instance under the id that was written',
      },
    },
  },
  async ({ client, server, bootstrapServer, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, ACCOUNT);
    const finish = await bootstrapServer.finish();
    const register = await server.next('register', { within: 10, after: finish, owed: 'x1' });
    check('x2', register.request.query.get('lt'), '4321');
    const { objects } = await server.registered();
    check('x3', objects, contains('/1/9'));
  },
);
