import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.interrupted',
    title: 'A client that restarts within a bootstrap begins it again, and is bootstrapped in the end',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'stimulus.restart',
    variants: ['after-request', 'after-delete', 'after-security', 'after-account'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-2', says: 'asks again, and registers nowhere before' },
      x2: { by: 'client', level: 'must', req: 'B-34', says: 'is bootstrapped by the second session' },
      x3: { by: 'client', level: 'must', req: 'B-37', says: 'registers' },
    },
  },
  async ({ client, server, bootstrapServer, bind, variant, check }) => {
    const first = await opened(client, bootstrapServer);
    const account = roomIn(bind);
    const { security } = bootstrapServer.account(account);
    if (variant === 'after-delete') await bootstrapServer.remove('/');
    if (variant === 'after-security') await bootstrapServer.write(bind('account.security'), security);
    if (variant === 'after-account') await writeAccount(bootstrapServer, account);
    await client.restart();
    await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN, after: first, owed: 'x1' });
    await writeAccount(bootstrapServer, account);
    const finish = await bootstrapServer.finish();
    check('x2', finish.response.code, '2.04');
    await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x3' });
  },
);
