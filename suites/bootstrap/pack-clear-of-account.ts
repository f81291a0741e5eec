import { lacks, matches, testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, REGISTERS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.pack-clear-of-account',
    title: 'A pack leaves the account of the Bootstrap-Server alone',
    since: '1.2',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    requires: 'op.bootstrap-pack',
    ours: { client: { bootstrapPack: true } },
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-39', says: 'gives a pack without its own account' },
      x2: { by: 'bootstrap-server', level: 'must', req: 'B-39', says: 'sends no Finish after it' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    await client.start();
    const pack = await bootstrapServer.next('bootstrap-pack', { within: ASKS_WITHIN });
    const own = new RegExp(`^${bind('account.bootstrap')}/`);
    check('x1', pack.response.code, '2.05');
    check('x1', Object.keys(pack.response.content.values), lacks(matches(own)));
    await bootstrapServer.silence({ of: 'server', for: REGISTERS_WITHIN, after: pack, owed: 'x2' });
  },
);
