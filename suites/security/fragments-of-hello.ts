import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.fragments-of-hello',
    title: 'A ClientHello in pieces of one byte is put together',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { client: { channel: { fragment: 1 } } },
    checks: {
      x1: {
        by: 'server',
        level: 'should',
        req: 'rfc6347#4.2.3',
        says: 'takes a ClientHello that is cut at every boundary',
      },
    },
  },
  async ({ server }) => {
    await server.received('register', { within: 60, owed: 'x1' });
  },
);
