import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.psk-unknown-identity',
    title: 'An identity that a server does not know opens no session',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    start: true,
    our: 'client',
    ours: { client: { channel: { credentials: 'unknown' } } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-19', says: 'opens no session for an identity that it does not know' },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
