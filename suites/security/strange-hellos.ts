import { octets, testCase } from '../../harness/case/index.js';
import { strangeHello } from './_hello.js';

export default testCase(
  {
    id: 'security.strange-hellos',
    title: 'After a strange hello a server still serves',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    variants: ['odd-suites', 'no-suites', 'no-length', 'one-byte', 'later-epoch', 'certificate'],
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-7', says: 'makes a session when a client comes again' },
    },
  },
  async ({ client, server, channel, variant, check }) => {
    const { exchange } = await server.registered();
    const session = await channel.connected({ within: 60 });
    client.records.datagram(strangeHello(variant));
    client.records.record('alert', octets('01 00'));
    await channel.alert({ within: 10, after: session, where: ({ from }) => from === 'server' });
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x1' });
    check('x1', update.response.code, '2.04');
    await channel.connected({ within: 60, after: session });
  },
);
