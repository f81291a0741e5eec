import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.hello-verify-lost',
    title: 'A ClientHello whose answer is lost is sent again',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { server: { channel: { loses: [0] } } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'rfc6347#4.2.4', says: 'sends its hello again when nothing comes back' },
      x2: { by: 'client', level: 'must', req: 'rfc6347#4.2.4', says: 'has a session after all' },
    },
  },
  async ({ channel, server }) => {
    const hello = await channel.clientHello({ within: 60 });
    await channel.clientHello({ within: 60, after: hello, owed: 'x1' });
    await server.next('register', { within: 120, owed: 'x2' });
  },
);
