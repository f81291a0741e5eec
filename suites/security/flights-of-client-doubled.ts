import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.flights-of-client-doubled',
    title: 'Every datagram of a client comes twice',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { client: { channel: { doubles: true } } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc6347#4.2.2',
        says: 'has a session although every flight comes twice',
      },
      x2: { by: 'server', level: 'must', req: 'rfc6347#4.1.2.6', says: 'goes on when every record comes twice' },
    },
  },
  async ({ client, channel, server, check }) => {
    await channel.connected({ within: 60, owed: 'x1' });
    const { exchange } = await server.registered();
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x2' });
    check('x2', update.response.code, '2.04');
  },
);
