import { testCase } from '../../harness/case/index.js';
import { sendBad } from './_bad-records.js';

export default testCase(
  {
    id: 'security.bad-records-of-server',
    title: 'A record that is none does nothing, and the session lives on',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'server',
    ours: { client: { keepAlive: false } },
    variants: [
      'garbage',
      'truncated',
      'damaged',
      'replayed',
      'later-epoch',
      'clear-alert',
      'clear-close',
      'short-alert',
      'change-cipher-spec',
    ],
    checks: {
      x1: {
        by: 'client',
        level: 'should',
        req: 'S-12',
        says: 'says nothing to a record that it must not believe',
        continues: true,
      },
      x2: { by: 'client', level: 'should', req: 'S-12', says: 'goes on with the session' },
    },
  },
  async ({ server, channel, variant, check }) => {
    const registration = await server.registered();
    await server.read(`${registration.serverObject}/1`);
    sendBad(server.records, variant);
    await channel.quiet('client', { for: 5, owed: 'x1' });
    const read = await server.read(`${registration.serverObject}/1`);
    check('x2', read.response.code, '2.05');
  },
);
