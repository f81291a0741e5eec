import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.finished-not-heard',
    title: 'The last flight of a server is sent again when the client repeats its own',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { client: { channel: { missesFinish: 1 } } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc6347#4.2.4',
        says: 'ends the handshake again when the client repeats its part',
      },
    },
  },
  async ({ channel, server }) => {
    const last = await channel.handshake('client_key_exchange', { within: 60 });
    await channel.handshake('client_key_exchange', { within: 60, after: last });
    await server.received('register', { within: 120, owed: 'x1' });
  },
);
