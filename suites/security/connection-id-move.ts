import { testCase } from '../../harness/case/index.js';

const CONNECTION_ID = 54;

export default testCase(
  {
    id: 'security.connection-id-move',
    title: 'A server follows a connection id to another address',
    since: '1.2',
    configuration: 'C.1',
    channel: 'secure',
    requires: 'security.cid',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false, channel: { connectionId: 0 } } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-20', says: 'takes an Update of the session from another address' },
      x2: { by: 'server', level: 'must', req: 'S-20', says: 'sends its requests to the new address' },
    },
  },
  async ({ client, server, channel, sleep, check }) => {
    await channel.serverHello({
      within: 60,
      where: (hello) => (hello.extension(CONNECTION_ID)[0] ?? 0) > 0,
    });
    const registration = await server.registered();
    // The answer to the Register goes to the old address.
    await sleep(2);
    await client.rebind();
    await client.update();
    const update = await server.next('update', { within: 60, after: registration.exchange, owed: 'x1' });
    check('x1', update.response.code, '2.04');
    const path = `${registration.serverObject}/1`;
    await server.order({ do: 'read', path });
    await server.sent('read', { within: 60, after: update, path, owed: 'x2' });
  },
);
