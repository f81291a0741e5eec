import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.client-flight-lost',
    title: 'The flight of a server is sent again when nothing comes back',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { client: { channel: { losesFinish: 6 } } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'rfc6347#4.2.4', says: 'sends its flight again when nothing comes back' },
      x2: { by: 'server', level: 'must', req: 'rfc6347#4.2.4', says: 'has a session after all' },
    },
  },
  async ({ channel, server }) => {
    const hello = await channel.serverHello({ within: 60 });
    await channel.serverHello({ within: 60, after: hello, owed: 'x1' });
    await server.received('register', { within: 120, owed: 'x2' });
  },
);
