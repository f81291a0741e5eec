import { testCase } from '../../harness/case/index.js';
import { noSession, sessionElsewhere } from './_refused.js';

export default testCase(
  {
    id: 'security.signature-of-client',
    title: 'A client that does not prove its key opens no session',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'client',
    variants: ['wrong', 'missing'],
    variantOurs: {
      wrong: { client: { channel: { signatures: 'wrong' } } },
      missing: { client: { channel: { signatures: 'missing' } } },
    },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc5246#7.4.8',
        says: 'opens no session without a good signature of the client',
      },
      x2: { by: 'server', level: 'must', req: 'S-8', says: 'opens a session with a client that signs after that' },
    },
  },
  async ({ channel, client }) => {
    await noSession(channel, 'x1');
    await sessionElsewhere(client, channel, 'x2');
  },
);
