import { testCase } from '../../harness/case/index.js';

const CONNECTION_ID = 54;

export default testCase(
  {
    id: 'security.connection-id-given',
    title: 'A server gives out a connection id to a client that asks for one',
    since: '1.2',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { channel: { connectionId: 0 } } },
    checks: {
      x1: { by: 'server', level: 'should', req: 'rfc9146#3', says: 'has a connection id of its own' },
    },
  },
  async ({ channel, check }) => {
    const hello = await channel.serverHello({ within: 60 });
    // The first byte is the length.
    check('x1', (hello.extension(CONNECTION_ID)[0] ?? 0) > 0, true);
  },
);
