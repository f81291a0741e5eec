import { bootstrapDiscovered, having, testCase } from '../../harness/case/index.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.discover-uri',
    title: 'A Bootstrap-Discover tells where each server is, and not where the Bootstrap-Server is',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-19', says: 'shows the URI with the Security instance of the server' },
      // The examples of the text show none; nothing forbids it.
      x2: { by: 'client', level: 'should', req: 'B-19', says: 'shows no URI with that of the Bootstrap-Server' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const account = roomIn(bind);
    await writeAccount(bootstrapServer, account);
    const { uris } = bootstrapDiscovered(await bootstrapServer.discover('/0'));
    const shown = { [bind('account.security')]: bootstrapServer.account(account).security['0'] };
    check('x1', uris, having(shown));
    check('x2', uris, shown);
  },
);
