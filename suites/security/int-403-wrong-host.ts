import { testCase } from '../../harness/case/index.js';
import { noSession } from './_refused.js';

export default testCase(
  {
    id: 'security.wrong-host',
    ets: { '1.1': 'int-403' },
    title: 'A certificate for another host opens no session',
    since: '1.1',
    configuration: 'C.18',
    channel: 'x509',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'wrong-host' } } },
    errata: [
      {
        ref: 'ETS 1.1 int-403',
        reading:
          'The account holds the authority, with certificate usage 2: as printed, the certificate itself is trusted.',
      },
    ],
    checks: { A: { by: 'client', level: 'must', req: 'S-13', says: 'ends the handshake and does not register' } },
  },
  ({ channel }) => noSession(channel, 'A'),
);
