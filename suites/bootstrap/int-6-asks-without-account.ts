import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.asks-without-account',
    ets: { '1.0': 'int-6', '1.1': 'int-6' },
    title: 'A client that has no account of a server asks before it registers',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    leavesOut: {
      A: 'judged by bootstrap.smart-card',
      B: 'what the factory set is the account of the Bootstrap-Server alone',
      C: 'judged by bootstrap.registers-first',
      E: 'judged by bootstrap.account-timeout',
    },
    checks: {
      D: { by: 'client', level: 'must', req: 'B-2', says: 'sends a Bootstrap-Request' },
      x1: { by: 'client', level: 'must', req: 'B-11', says: 'names its endpoint there' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN, owed: 'D' });
    check('x1', request.response.code, '2.04');
  },
);
