import { testCase } from '../../harness/case/index.js';
import { LIST_OF_LINKS, sessionElsewhere } from './_refused.js';

/** At once: more than small servers keep, far less than large ones do. */
const MANY = 40;

export default testCase(
  {
    id: 'security.failed-handshakes',
    title: 'Handshakes that fail leave nothing behind',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    times: { over: { nominal: 60, quick: 10 } },
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'S-8',
        says: 'opens a session with a client with the right key after many with others',
      },
    },
  },
  async ({ server, client, channel, times, sleep }) => {
    await server.registered();
    for (let i = 0; i < MANY; i++) {
      const stranger = await client.elsewhere('stranger');
      stranger.ask(stranger.message(LIST_OF_LINKS), 'once');
    }
    await sleep(times.over);
    await sessionElsewhere(client, channel, 'x1');
  },
);
