import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.flights-of-server-doubled',
    title: 'Every datagram of a server comes twice',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { server: { channel: { doubles: true } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc6347#4.2.2',
        says: 'has a session although every flight comes twice',
      },
      x2: { by: 'client', level: 'must', req: 'rfc6347#4.1.2.6', says: 'goes on when every record comes twice' },
    },
  },
  async ({ channel, server, check }) => {
    await channel.connected({ within: 60, owed: 'x1' });
    const registration = await server.registered();
    const read = await server.read(`${registration.serverObject}/1`);
    check('x2', read.response.code, '2.05');
  },
);
