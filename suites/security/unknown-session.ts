import { testCase } from '../../harness/case/index.js';
import { clientHello, inRecord } from './_hello.js';

export default testCase(
  {
    id: 'security.unknown-session',
    title: 'Who would resume a session that is not known is asked for a cookie first',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: { by: 'server', level: 'should', req: 'S-11', says: 'keeps the session of that address' },
      // Only a session that is resumed may do without (RFC 6347 §4.2.1): a hello would bring a whole flight to any address.
      x2: { by: 'server', level: 'should', req: 'S-12', says: 'begins no handshake without a cookie' },
    },
  },
  async ({ client, server, channel, check }) => {
    const { exchange } = await server.registered();
    client.records.datagram(inRecord(clientHello(0, new Uint8Array(32).fill(0x5e))));
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x1' });
    check('x1', update.response.code, '2.04');
    await channel.silence('server-hello', { for: 5, after: exchange, owed: 'x2' });
  },
);
