import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-purpose-of-client',
    title: 'A certificate that is for servers alone proves no client',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'client',
    ours: { client: { channel: { credentials: 'other-purpose' } } },
    checks: {
      x1: {
        by: 'server',
        level: 'should',
        req: 'rfc5280#4.2.1.12',
        says: 'opens no session for a client whose certificate is for the authentication of servers alone',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
