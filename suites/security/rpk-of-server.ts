import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.rpk-of-server',
    title: 'A client is not content with another raw public key of its server',
    since: '1.0',
    configuration: 'C.1',
    channel: 'rpk',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'wrong-key' } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-10',
        says: 'opens no session with a server that shows another raw public key',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
