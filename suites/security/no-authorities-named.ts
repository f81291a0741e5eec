import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.no-authorities-named',
    title: 'A client shows its certificate also to a server that names no authority',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'server',
    ours: { server: { channel: { authorities: false } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc5246#7.4.4',
        says: 'opens a session with a server that asks for a certificate of any authority',
      },
    },
  },
  async ({ channel }) => {
    const hello = await channel.clientHello({ within: 60 });
    await channel.connected({ within: 60, after: hello, owed: 'x1' });
  },
);
