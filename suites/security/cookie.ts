import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.cookie',
    title: 'A handshake begins with a cookie',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    requires: 'security.cookies',
    start: true,
    checks: {
      x1: { by: 'client', level: 'must', req: 'rfc6347#4.2.1', says: 'sends its hello again with the cookie' },
      x2: { by: 'server', level: 'should', req: 'S-12', says: 'asks a new client for a cookie' },
    },
  },
  async ({ channel, check }) => {
    await channel.clientHello({ within: 60 });
    const asked = await channel.handshake('hello_verify_request', { within: 60, owed: 'x2' });
    const hello = await channel.clientHello({ within: 60, after: asked, owed: 'x1' });
    check('x1', hello.hasCookie, true);
  },
);
