import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.signature-of-server',
    title: 'A key exchange that the server has not signed opens no session',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    variants: ['wrong', 'missing'],
    variantOurs: {
      wrong: { server: { channel: { signatures: 'wrong' } } },
      missing: { server: { channel: { signatures: 'missing' } } },
    },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc5246#7.4.3',
        says: 'opens no session without a good signature of the server',
      },
    },
  },
  ({ channel }) => noSession(channel, 'x1'),
);
