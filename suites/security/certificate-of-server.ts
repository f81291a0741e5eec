import { testCase } from '../../harness/case/index.js';
import { faulty, noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-server',
    title: 'A certificate that the authority of the account has not signed opens no session',
    since: '1.1',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    variants: ['unknown', 'self-signed'],
    variantOurs: faulty('server', 'unknown', 'self-signed'),
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-13',
        says: 'opens no session with a server whose certificate the authority of the account has not signed',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
