import { testCase } from '../../harness/case/index.js';
import { faulty, noSession, sessionElsewhere } from './_refused.js';

export default testCase(
  {
    id: 'security.certificate-of-client',
    title: 'A client without a good certificate gets no session, and nobody else suffers',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'client',
    variants: ['expired', 'not-yet-valid', 'unknown', 'self-signed', 'none'],
    variantOurs: faulty('client', 'expired', 'not-yet-valid', 'unknown', 'self-signed', 'none'),
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-9', says: 'opens no session for a client without a good certificate' },
      x2: { by: 'server', level: 'must', req: 'S-8', says: 'opens a session with a client with a good one after that' },
    },
  },
  async ({ channel, client }) => {
    await noSession(channel, 'x1');
    await sessionElsewhere(client, channel, 'x2');
  },
);
