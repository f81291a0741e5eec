import { testCase } from '../../harness/case/index.js';
import { faulty, noSession, sessionElsewhere } from './_refused.js';

export default testCase(
  {
    id: 'security.psk-of-client',
    title: 'Who does not know the key gets no session, and nobody else suffers',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    start: true,
    our: 'client',
    variants: ['unknown', 'no-identity', 'wrong-key'],
    variantOurs: faulty('client', 'unknown', 'no-identity', 'wrong-key'),
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'S-19',
        says: 'opens no session for an identity that it does not know, nor for one with another key',
      },
      x2: {
        by: 'server',
        level: 'must',
        req: 'S-8',
        says: 'opens a session with a client with the right key after that',
      },
    },
  },
  async ({ channel, client }) => {
    await noSession(channel, 'x1');
    await sessionElsewhere(client, channel, 'x2');
  },
);
