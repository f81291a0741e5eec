import { testCase } from '../../harness/case/index.js';
import { sendBad } from './_bad-records.js';

export default testCase(
  {
    id: 'security.bad-records-of-client',
    title: 'A record that is none does nothing, and the session lives on',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
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
        by: 'server',
        level: 'should',
        req: 'S-12',
        says: 'says nothing to a record that it must not believe',
        continues: true,
      },
      x2: { by: 'server', level: 'should', req: 'S-12', says: 'goes on with the session' },
    },
  },
  async ({ client, server, channel, variant, check }) => {
    const { exchange } = await server.registered();
    sendBad(client.records, variant);
    await channel.quiet('server', { for: 5, owed: 'x1' });
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x2' });
    check('x2', update.response.code, '2.04');
  },
);
