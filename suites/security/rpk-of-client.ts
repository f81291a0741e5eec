import { testCase } from '../../harness/case/index.js';
import { noSession, sessionElsewhere } from './_refused.js';

export default testCase(
  {
    id: 'security.rpk-of-client',
    title: 'A raw public key that a server does not know opens no session, and nobody else suffers',
    since: '1.0',
    configuration: 'C.1',
    channel: 'rpk',
    start: true,
    our: 'client',
    ours: { client: { channel: { credentials: 'unknown' } } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'S-10',
        says: 'opens no session for a raw public key that it does not know',
      },
      x2: {
        by: 'server',
        level: 'must',
        req: 'S-8',
        says: 'opens a session with a client with a known one after that',
      },
    },
  },
  async ({ channel, client }) => {
    await noSession(channel, 'x1');
    await sessionElsewhere(client, channel, 'x2');
  },
);
