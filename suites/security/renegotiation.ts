import { testCase } from '../../harness/case/index.js';
import { clientHello } from './_hello.js';

export default testCase(
  {
    id: 'security.renegotiation',
    title: 'A server does not negotiate anew',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: { by: 'server', level: 'should', req: 'rfc7925#17', says: 'refuses with no_renegotiation', continues: true },
      x2: { by: 'server', level: 'must', req: 'S-3', says: 'goes on with the session' },
    },
  },
  async ({ client, server, channel, check }) => {
    const { exchange } = await server.registered();
    const session = await channel.connected({ within: 60 });
    client.records.record('handshake', clientHello(1));
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x2' });
    check('x2', update.response.code, '2.04');
    await channel.alert({ within: 10, after: session, where: ({ name }) => name === 'no_renegotiation', owed: 'x1' });
  },
);
