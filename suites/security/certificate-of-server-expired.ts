import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-server-expired',
    title: 'A server certificate that has expired opens no session',
    since: '1.1',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'expired' } } },
    checks: {
      x1: {
        by: 'client',
        level: 'should',
        req: 'rfc5280#6.1.3',
        says: 'opens no session with a server whose certificate has expired',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
