import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-client-expired',
    title: 'A client certificate that has expired opens no session',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'client',
    ours: { client: { channel: { credentials: 'expired' } } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc5280#6.1.3',
        says: 'opens no session for a certificate that has expired',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
