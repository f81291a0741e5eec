import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.server-flight-lost',
    title: 'A ClientHello with a cookie is sent again when the flight of the server is lost',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    requires: 'security.cookies',
    start: true,
    ours: { server: { channel: { loses: [1, 2, 3, 4, 5, 6] } } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'rfc6347#4.2.4',
        says: 'sends its hello with the cookie again when nothing comes back',
      },
      x2: { by: 'client', level: 'must', req: 'rfc6347#4.2.4', says: 'has a session after all' },
    },
  },
  async ({ channel, server }) => {
    const hello = await channel.clientHello({ within: 60, where: ({ hasCookie }) => hasCookie });
    await channel.clientHello({ within: 60, after: hello, where: ({ hasCookie }) => hasCookie, owed: 'x1' });
    await server.next('register', { within: 120, owed: 'x2' });
  },
);
