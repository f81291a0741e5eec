import { testCase } from '../../harness/case/index.js';
import { clientHello, inRecord } from './_hello.js';

export default testCase(
  {
    id: 'security.hello-in-session',
    title: 'A hello from the address of a client does not end its session',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc6347#4.2.8',
        says: 'keeps the session until the client has shown that it can be reached',
      },
    },
  },
  async ({ client, server, check }) => {
    const { exchange } = await server.registered();
    client.records.datagram(inRecord(clientHello(0)));
    await client.update();
    const update = await server.next('update', { within: 60, after: exchange, owed: 'x1' });
    check('x1', update.response.code, '2.04');
  },
);
