import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.psk-wrong-key-of-client',
    title: 'A known identity with another key opens no session',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    start: true,
    our: 'client',
    ours: { client: { channel: { credentials: 'wrong-key' } } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-19', says: 'opens no session for a known identity with another key' },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
