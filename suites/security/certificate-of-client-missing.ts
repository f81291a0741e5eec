import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-client-missing',
    title: 'A client without a certificate gets no session',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'client',
    ours: { client: { channel: { credentials: 'none' } } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-9', says: 'opens no session for a client that shows no certificate' },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
