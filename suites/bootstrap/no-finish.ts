import { bootstrapDiscovered, lacks, testCase } from '../../harness/case/index.js';
import { opened, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.no-finish',
    title: 'A bootstrap without a Finish has failed after a time, and is begun again as if nothing had been',
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
      x2: { by: 'client', level: 'must', req: 'B-35', says: 'asks again later' },
      x3: { by: 'client', level: 'must', req: 'B-36', says: 'has nothing of what the failed session wrote' },
    },
  },
  async ({ client, bootstrapServer, bind, times, check }) => {
    await opened(client, bootstrapServer);
    const { security } = bootstrapServer.account(roomIn(bind));
    const write = await bootstrapServer.write(bind('account.security'), security);
    await bootstrapServer.silence({ for: 240, after: write, kind: 'bootstrap-request', owed: 'x1' });
    await bootstrapServer.next('bootstrap-request', { within: times.again, after: write, owed: 'x2' });
    const { paths } = bootstrapDiscovered(await bootstrapServer.discover('/0'));
    check('x3', paths, lacks(bind('account.security')));
  },
);
