import { describe, expect, it } from 'vitest';
import { sleep, VirtualClock } from '../../base/clock.js';
import { failed, ok } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import { securedServer, storeOf, type Ground } from './links.js';
import { memoryNetwork } from '../../link/memory.js';
import { namedLink } from '../../link/named.js';
import { referenceClient } from '../../sut/reference-client.js';
import { makeCredentials, SERVER_NAME, type Credentials } from './credentials.js';
import { servedClient } from './serving.js';

const ENDPOINT = 'urn:dev:os:named';
const MEANT = '192.0.2.7:5684';

interface Outcome {
  /** What our client told of its channel. */
  readonly told: string;
  /** By SNI, at the server. */
  readonly asked: string | undefined;
  /** Datagrams of CoAP at the server. */
  readonly heard: number;
}

/** Our client goes to a URI in which each of these names leads to our server, and trusts the authority above it. */
async function goesTo(uri: string, kind: Credentials['kind'], names = [SERVER_NAME]): Promise<Outcome> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  // Where the client is told the authority alone, the name is what it judges the server by.
  const { client: mine, server: theirs } = makeCredentials(kind, seeded(5)).for(ENDPOINT);
  const own = mine.kind === 'x509' && theirs.kind === 'x509' ? { ...mine, trust: theirs.trust } : mine;
  const ground: Ground = { clock, random: seeded(3), instant: () => 1_700_000_000 };
  const { link } = securedServer(theirs, storeOf(theirs, ENDPOINT), network.link(MEANT), ground);
  let heard = 0;
  let asked: string | undefined;
  link.onReceive((from) => {
    heard++;
    asked = link.session(from)?.serverName;
  });
  const told: string[] = [];
  const served = servedClient({ transport: `dtls-${kind}`, own }, uri, (line) => told.push(line));
  const client = referenceClient({
    clock,
    random: seeded(2),
    enabler: '1.1',
    link: () =>
      served.over(
        namedLink({
          link: network.link('192.0.2.9:40000'),
          clock,
          resolve: (name) =>
            Promise.resolve(
              names.some((known) => name === `${known}:5684`)
                ? ok(MEANT)
                : failed({ code: 'link-name', message: `${name} leads nowhere` }),
            ),
          failed: ({ message }) => told.push(message),
        }),
        clock,
      ),
    onReach: served.onReach,
  });
  await clock.run(async () => {
    await client.start({
      ...{ case: 'test', endpoint: ENDPOINT, enabler: '1.1', credentials: served.credentials },
      configuration: { id: 'C.1', values: { '/1/0/1': 300, '/3/0/11/0': 0 } },
      peers: [{ party: 'server', uri, shortServerId: 1 }],
    });
    await sleep(clock, 1);
    await client.stop();
  });
  await link.close();
  return { told: told.join('\n'), asked, heard };
}

describe('A client that goes to a server by its name', () => {
  it.each(['psk', 'rpk', 'x509'] as const)('looks it up, and asks for it by SNI: %s', async (kind) => {
    for (const port of ['', ':5684']) {
      const { told, asked, heard } = await goesTo(`coaps://${SERVER_NAME}${port}`, kind);
      expect(told).toMatch(new RegExp(`^connected with ${SERVER_NAME}:5684`));
      expect(asked).toBe(SERVER_NAME);
      expect(heard).toBeGreaterThan(0);
    }
  });

  it('does not take the certificate of another name', async () => {
    const { told, heard } = await goesTo('coaps://other.example.com', 'x509', ['other.example.com']);
    expect(told).toContain('certificate-wrong-host');
    expect(heard).toBe(0);
  });

  it('says which name leads nowhere', async () => {
    const { told, heard } = await goesTo('coaps://nowhere.example.com', 'psk');
    expect(told).toContain('nowhere.example.com:5684 leads nowhere');
    expect(heard).toBe(0);
  });
});
