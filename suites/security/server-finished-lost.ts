import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.server-finished-lost',
    title: 'The last flight of a client is sent again when the one of the server is lost',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { server: { channel: { losesFinish: 1 } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc6347#4.2.4',
        says: 'sends its last flight again when nothing comes back',
      },
      x2: {
        by: 'client',
        level: 'must',
        req: 'rfc6347#4.2.4',
        says: 'registers over the session that stands after all',
      },
    },
  },
  async ({ channel, server }) => {
    const last = await channel.handshake('client_key_exchange', { within: 60 });
    await channel.handshake('client_key_exchange', { within: 60, after: last, owed: 'x1' });
    await server.next('register', { within: 120, owed: 'x2' });
  },
);
