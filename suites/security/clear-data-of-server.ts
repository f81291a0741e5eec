import { octets, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.clear-data-of-server',
    title: 'What is said in the clear in a session is not heard',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'server',
    ours: { client: { keepAlive: false } },
    checks: { x1: { by: 'client', level: 'must', req: 'S-1', says: 'answers no ping that is not protected' } },
  },
  async ({ server, channel, sleep }) => {
    await server.registered();
    await sleep(2); // what follows a registration of a server's own accord
    // A CoAP ping, as data of epoch 0.
    server.records.datagram(octets('17 fefd 0000 000000000001 0004 40 00 12 34'));
    await channel.quiet('client', { for: 5, owed: 'x1' });
  },
);
