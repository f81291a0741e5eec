import { octets, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.server-opens-none',
    title: 'Sessions are opened by clients alone',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-2', says: 'opens no session to a client that has closed its own' },
      x2: { by: 'server', level: 'must', req: 'S-11', says: 'takes the client in again when it comes' },
    },
  },
  async ({ client, server, channel, check }) => {
    const { exchange, serverObject } = await server.registered();
    const session = await channel.connected({ within: 60 });
    // close_notify
    client.records.record('alert', octets('01 00'));
    const closed = await channel.alert({ within: 10, after: session, where: ({ from }) => from === 'server' });
    await server.order({ do: 'read', path: `${serverObject}/1` });
    await channel.silence('client-hello', { for: 10, after: closed, owed: 'x1' });
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x2' });
    check('x2', update.response.code, '2.04');
  },
);
