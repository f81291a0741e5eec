import { octets, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.hello-request',
    title: 'A client does not negotiate anew when a server asks for it',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'server',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: { by: 'client', level: 'should', req: 'rfc7925#17', says: 'refuses with no_renegotiation', continues: true },
      x2: { by: 'client', level: 'must', req: 'S-3', says: 'goes on with its session' },
    },
  },
  async ({ server, channel, check }) => {
    const registration = await server.registered();
    const session = await channel.connected({ within: 60 });
    // HelloRequest, message 0.
    server.records.record('handshake', octets('00 000000 0000 000000 000000'));
    const read = await server.read(`${registration.serverObject}/1`);
    check('x2', read.response.code, '2.05');
    await channel.alert({ within: 10, after: session, where: ({ name }) => name === 'no_renegotiation', owed: 'x1' });
  },
);
