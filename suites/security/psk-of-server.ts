import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.psk-of-server',
    title: 'A client is not content with a server that has another key',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'wrong-key' } } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'S-1', says: 'opens no session with a server that has another key' },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
