import { matches, testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.outside-session',
    title: 'After Finish nothing of the Bootstrap-Server is taken any more',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'role.readable.a',
    variants: ['write', 'delete', 'finish'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-15', says: 'refuses it, or does not answer' },
      x2: { by: 'client', level: 'must', req: 'B-37', says: 'is registered as before, and answers its server' },
    },
  },
  async ({ client, server, bootstrapServer, bind, variant, check }) => {
    await opened(client, bootstrapServer);
    const account = roomIn(bind);
    await writeAccount(bootstrapServer, account);
    const finish = await bootstrapServer.finish();
    await server.next('register', { within: REGISTERS_WITHIN, after: finish });
    const values = bootstrapServer.account(account).server;
    const late =
      variant === 'write'
        ? await bootstrapServer.write(bind('account.server'), { ...values, '1': 77 })
        : variant === 'delete'
          ? await bootstrapServer.remove('/1')
          : await bootstrapServer.finish();
    check('x1', late.response.code, matches(/^(4\.\d\d|5\.\d\d|none|RST)$/));
    const lifetime = await server.read(`${bind('account.server')}/1`);
    check('x2', lifetime.response.content.value(`${bind('account.server')}/1`), 86_400);
  },
);
