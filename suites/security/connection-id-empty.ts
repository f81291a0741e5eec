import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.connection-id-empty',
    title: 'A connection id of no length changes no record',
    since: '1.2',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { server: { channel: { connectionId: 0 } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc9146#3',
        says: 'has a session with a server that wants no connection id in what it gets',
      },
    },
  },
  async ({ channel, server }) => {
    await channel.connected({ within: 60, owed: 'x1' });
    await server.registered();
  },
);
