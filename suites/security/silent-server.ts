import { testCase } from '../../harness/case/index.js';

/** Datagrams of a server of which nothing is heard: more than it sends here. */
const ALL = Array.from({ length: 200 }, (_, i) => i);

export default testCase(
  {
    id: 'security.silent-server',
    title: 'A server that is silent in its handshake keeps the client from no other',
    since: '1.0',
    configuration: 'C.108',
    channel: 'secure',
    requires: 'servers.2',
    servers: 2,
    start: true,
    our: 'server',
    ours: { server: { channel: { loses: ALL } } },
    checks: {
      x1: { by: 'client', level: 'should', req: 'B-2', says: 'registers with the other server all the same' },
      x2: { by: 'client', level: 'should', req: 'S-11', says: 'answers it while the handshake is tried' },
    },
  },
  async ({ server2, channel, check }) => {
    const hello = await channel.clientHello({ within: 60 });
    await server2.next('register', { within: 30, owed: 'x1' });
    const { serverObject } = await server2.registered();
    await channel.clientHello({ within: 60, after: hello });
    const read = await server2.read(`${serverObject}/1`);
    check('x2', read.response.code, '2.05');
  },
);
