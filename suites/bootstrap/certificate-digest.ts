import { testCase, type PlainContent } from '../../harness/case/index.js';
import { ACCOUNT, asDigest, givenAccount, MATCHING } from './_certificates.js';
import { REGISTERS_WITHIN } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.certificate-digest',
    title: 'A client that was given the hash of a certificate knows the server by it',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    channel: 'x509',
    our: 'bootstrap-server',
    requires: 'resource./0/13',
    variants: Object.keys(MATCHING),
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-15',
        says: 'registers with the server whose certificate has that hash',
      },
    },
  },
  async ({ client, server, bootstrapServer, bind, variant }) => {
    const byHash = ({ [ACCOUNT.server]: certificate }: PlainContent): PlainContent => asDigest(certificate, variant);
    const finish = await givenAccount(client, bootstrapServer, bind, byHash);
    await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x1' });
  },
);
