import { oneOf, testCase, type PlainContent } from '../../harness/case/index.js';
import { ACCOUNT, asDigest, givenAccount } from './_certificates.js';

/** Seconds within which a handshake is over, one way or the other. */
const OVER = 30;

/** What does not hold for the certificate of the server: the client’s own stands for another one of the same authority. */
const CHANGES: Readonly<Record<string, (security: PlainContent) => PlainContent>> = {
  'another-certificate': ({ [ACCOUNT.own]: own = '' }) => ({ [ACCOUNT.server]: own }),
  'another-hash': ({ [ACCOUNT.own]: own }) => asDigest(own, 'sha-256'),
  'another-authority': ({ [ACCOUNT.own]: own = '' }) => ({ [ACCOUNT.server]: own, [ACCOUNT.usage]: 2 }),
};

export default testCase(
  {
    id: 'bootstrap.certificate-refused',
    title: 'A server that is not the one of the account gets no session',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    channel: 'x509',
    our: 'bootstrap-server',
    variants: Object.keys(CHANGES),
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-14',
        says: 'opens no session with a server whose certificate is not as the account says',
      },
    },
  },
  async ({ client, channel, bootstrapServer, bind, variant, check }) => {
    const finish = await givenAccount(client, bootstrapServer, bind, CHANGES[variant] ?? (() => ({})));
    // A client may see at once that it can do nothing with such an account.
    if (finish.response.code !== '2.04') {
      check('x1', finish.response.code, oneOf('4.00', '4.06'));
      return;
    }
    const hello = await channel.clientHello({ within: 60 });
    await channel.spoken('server', { within: 60 });
    await channel.silence('connected', { for: OVER, after: hello, owed: 'x1' });
  },
);
