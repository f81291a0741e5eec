import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.certificate-by-authority',
    title: 'A certificate is believed because the authority of the account has signed it',
    since: '1.1',
    configuration: 'C.17',
    channel: 'x509',
    requires: 'resource./0/15',
    start: true,
    our: 'server',
    ours: { server: { channel: { credentials: 'by-authority' } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-14',
        says: 'opens a session with a server whose certificate the authority of the account has signed',
      },
    },
  },
  async ({ channel }) => {
    const hello = await channel.clientHello({ within: 60 });
    await channel.connected({ within: 60, after: hello, owed: 'x1' });
  },
);
