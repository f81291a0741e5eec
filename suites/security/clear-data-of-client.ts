import { octets, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.clear-data-of-client',
    title: 'What is said in the clear in a session is not heard',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    checks: { x1: { by: 'server', level: 'must', req: 'S-1', says: 'answers no ping that is not protected' } },
  },
  async ({ client, server, channel, sleep }) => {
    await server.registered();
    await sleep(2); // what follows a registration of a server's own accord
    // A CoAP ping, as data of epoch 0.
    client.records.datagram(octets('17 fefd 0000 000000000001 0004 40 00 12 34'));
    await channel.quiet('server', { for: 5, owed: 'x1' });
  },
);
