import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-purpose-of-server',
    title: 'A certificate that is for clients alone proves no server',
    since: '1.1',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'other-purpose' } } },
    checks: {
      x1: {
        by: 'client',
        level: 'should',
        req: 'rfc5280#4.2.1.12',
        says: 'opens no session with a server whose certificate is for the authentication of clients alone',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
