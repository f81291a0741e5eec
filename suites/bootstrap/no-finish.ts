import { testCase } from '../../harness/case/index.js';
import { opened, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.no-finish',
    title: 'A bootstrap without a Finish has failed after a time, and what it wrote of the Bootstrap-Server with it',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    times: { again: { nominal: 900, quick: 900 } },
    errata: [
      {
        ref: 'Core 1.1 §6.1.6',
        reading: 'EXCHANGE_LIFETIME after the last command; when a client asks again is its own matter',
      },
    ],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-35', says: 'waits as long as a command can come' },
      x2: { by: 'client', level: 'must', req: 'B-36', says: 'asks again later, where it asked before' },
    },
  },
  async ({ client, bootstrapServer, bind, times }) => {
    await opened(client, bootstrapServer);
    const account = bootstrapServer.account(roomIn(bind));
    await bootstrapServer.write(bind('account.security'), account.security);
    const nowhere = String(account.security['0']).replace(/:\/\/.*/, '://127.0.0.1:9');
    const write = await bootstrapServer.write(`${bind('account.bootstrap')}/0`, nowhere);
    await bootstrapServer.silence({ for: 240, after: write, kind: 'bootstrap-request', owed: 'x1' });
    await bootstrapServer.next('bootstrap-request', { within: times.again, after: write, owed: 'x2' });
  },
);
