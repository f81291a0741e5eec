import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.rpk-unknown-client',
    title: 'A raw public key that a server does not know opens no session',
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
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
