import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-server-self-signed',
    title: 'A server certificate that is signed by itself opens no session',
    since: '1.1',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'self-signed' } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-13',
        says: 'opens no session with a server whose certificate nobody else has signed',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
