import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.fragments-of-client',
    title: 'Handshake messages of a client in pieces of one byte are put together',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { client: { channel: { fragment: 1, wholeHello: true } } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc6347#4.2.3',
        says: 'takes handshake messages that are cut at every boundary',
      },
    },
  },
  async ({ server }) => {
    await server.received('register', { within: 60, owed: 'x1' });
  },
);
