import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-server-unknown',
    title: 'A server certificate of an unknown authority opens no session',
    since: '1.1',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'unknown' } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-13',
        says: 'opens no session with a server whose authority is not that of the account',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
