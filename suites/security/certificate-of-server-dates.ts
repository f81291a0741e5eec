import { testCase } from '../../harness/case/index.js';
import { faulty, noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-server-dates',
    title: 'A server certificate outside of its time opens no session',
    since: '1.1',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    variants: ['expired', 'not-yet-valid'],
    variantOurs: faulty('server', 'expired', 'not-yet-valid'),
    checks: {
      // A device without a clock may skip the dates (RFC 7925 §4.4).
      x1: {
        by: 'client',
        level: 'should',
        req: 'rfc5280#6.1.3',
        says: 'opens no session with a server whose certificate has expired or is not valid yet',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
