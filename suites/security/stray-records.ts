import { octets, testCase } from '../../harness/case/index.js';
import { sessionElsewhere } from './_refused.js';

/** First records of an address that nobody knows. */
const RECORDS: Readonly<Record<string, Uint8Array>> = {
  'change-cipher-spec': octets('14 fefd 0000 000000000000 0001 01'),
  alert: octets('15 fefd 0000 000000000000 0002 02 28'),
  'short-alert': octets('15 fefd 0000 000000000000 0001 02'),
  'application-data': octets('17 fefd 0000 000000000000 0004 40 00 12 34'),
  'later-epoch': octets('16 fefd 0001 000000000000 0004 0e 00 00 00'),
  'no-type': octets('3f fefd 0000 000000000000 0001 00'),
  'no-content': octets('16 fefd 0000 000000000000 0000'),
};

export default testCase(
  {
    id: 'security.stray-records',
    title: 'A record that begins no handshake is not answered, and the next client is served',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    variants: Object.keys(RECORDS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-8', says: 'opens a session with a client after that' },
      x2: { by: 'server', level: 'should', req: 'S-12', says: 'says nothing to a stranger that begins no handshake' },
    },
  },
  async ({ server, client, channel, variant, sleep }) => {
    await server.registered();
    const stray = async (): Promise<void> => (await client.elsewhere('clear')).raw(RECORDS[variant] ?? octets(''));
    await stray();
    await sessionElsewhere(client, channel, 'x1');
    await sleep(5); // what follows a session of a server's own accord
    await stray();
    await channel.quiet('server', { for: 5, owed: 'x2' });
  },
);
