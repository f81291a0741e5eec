import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.flights-of-client-reordered',
    title: 'The records of each flight of a client come in reverse order',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    ours: { client: { channel: { reorders: true } } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'rfc6347#4.2.2',
        says: 'has a session although messages overtake each other, a Finished its ChangeCipherSpec',
      },
    },
  },
  async ({ server }) => {
    await server.received('register', { within: 90, owed: 'x1' });
  },
);
