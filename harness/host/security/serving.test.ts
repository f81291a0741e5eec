import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { RealClock, sleep, VirtualClock, type Clock } from '../../base/clock.js';
import { unwrap } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import type { Link } from '../../link/link.js';
import { memoryNetwork } from '../../link/memory.js';
import { udpLink } from '../../link/udp.js';
import type { PeerAddress, Sut } from '../../sut/contract.js';
import { referenceClient } from '../../sut/reference-client.js';
import { referenceServer } from '../../sut/reference-server.js';
import { makeCredentials, type Credentials } from './credentials.js';
import type { SecurityChoice } from './options.js';
import { servedClient, servedServer } from './serving.js';

const ENDPOINT = 'urn:dev:ops:32473-lamp';
const values = { '/1/0/0': 1, '/1/0/1': 300, '/1/0/6': true, '/1/0/7': 'U' };

interface Network {
  readonly clock: Clock;
  link(name: string): Promise<Link>;
}

interface Scene {
  readonly client: Sut;
  readonly server: Sut;
  readonly told: string[];
  /** Endpoint names. */
  readonly registered: () => Promise<readonly string[]>;
  readonly pass: (seconds: number) => Promise<void>;
}

const choice = (own: Credentials): SecurityChoice => ({
  transport: `dtls-${own.kind}`,
  own,
});

/** A client and a server with security, started. */
async function scene(
  network: Network,
  { client: mine, server: theirs }: { readonly client: SecurityChoice; readonly server: SecurityChoice },
  body: (scene: Scene) => Promise<void>,
  endpoint = ENDPOINT,
): Promise<void> {
  const { clock } = network;
  const told: string[] = [];
  const serving = servedServer(theirs, (line) => told.push(`server ${line}`));
  const server = referenceServer({
    clock,
    random: seeded(1),
    link: async () => serving.over(await network.link('server'), clock),
    setup: serving.setup,
  });
  const setup = { case: 'test', endpoint, enabler: '1.1', configuration: { id: 'C.1', values } } as const;
  const { address = '' } = await server.start({ ...setup, peers: [], credentials: {} });
  const uri = `${mine.transport === 'udp' ? 'coap' : 'coaps'}://${address}`;
  const served = servedClient(mine, uri, (line) => told.push(`client ${line}`));
  const client = referenceClient({
    clock,
    random: seeded(2),
    enabler: '1.1',
    link: async () => served.over(await network.link('client'), clock),
    onReach: served.onReach,
  });
  const peers: PeerAddress[] = [{ party: 'server', uri, shortServerId: 1 }];
  await client.start({ ...setup, peers, credentials: served.credentials });
  const registered: Scene['registered'] = async () => {
    const outcome = await server.stimulate({ do: 'registrations' });
    const told = outcome !== 'unsupported' && 'told' in outcome ? outcome.told : [];
    return Array.isArray(told) ? told.map((one: { endpoint: string }) => one.endpoint) : [];
  };
  await body({ client, server, told, registered, pass: (seconds) => sleep(clock, seconds) });
  await client.stop();
  await server.stop();
}

function onMemory(
  security: { readonly client: SecurityChoice; readonly server: SecurityChoice },
  body: (scene: Scene) => Promise<void>,
  endpoint?: string,
): Promise<void> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  return clock.run(() =>
    scene({ clock, link: (name) => Promise.resolve(network.link(`${name}:5684`)) }, security, body, endpoint),
  );
}

const made = (kind: Credentials['kind'], endpoint = ENDPOINT) => {
  const { client, server } = makeCredentials(kind, seeded(5)).for(endpoint);
  return { client: choice(client), server: choice(server) };
};

describe('Our client and our server, served alone', () => {
  it.each(['psk', 'rpk', 'x509'] as const)('work over DTLS with %s', (kind) =>
    onMemory(made(kind), async ({ server, registered, pass, told }) => {
      await pass(2);
      expect(await registered()).toEqual([ENDPOINT]);
      const read = server.stimulate({ do: 'read', endpoint: ENDPOINT, path: '/3/0/0' });
      expect(await read).toMatchObject({ told: { code: '2.05' } });
      expect(told.some((line) => line.startsWith('server connected with client:5684'))).toBe(true);
    }),
  );

  it.each(['psk', 'x509'] as const)('work over DTLS on UDP with %s', (kind) => {
    const link = async (): Promise<Link> => unwrap(await udpLink());
    return scene({ clock: new RealClock(), link }, made(kind), async ({ registered, pass }) => {
      for (let i = 0; i < 50 && (await registered()).length === 0; i++) await pass(0.1);
      expect(await registered()).toEqual([ENDPOINT]);
    });
  });

  it.each(['psk', 'x509'] as const)("refuse a registration under another's endpoint name with %s", (kind) =>
    onMemory(
      made(kind),
      async ({ registered, pass, told }) => {
        await pass(5);
        expect(told.some((line) => line.includes('connected'))).toBe(true);
        expect(await registered()).toEqual([]);
      },
      'urn:dev:ops:32473-another',
    ),
  );

  it('refuse an unknown identity in the handshake', () =>
    onMemory({ ...made('psk'), client: made('psk', 'stranger').client }, async ({ registered, pass, told }) => {
      await pass(10);
      expect(await registered()).toEqual([]);
      expect(told.join('\n')).toContain('client alert received: fatal unknown_psk_identity (115)');
    }));

  it('refuse a wrong key', () => {
    const { server } = made('psk');
    const wrong: Credentials = { kind: 'psk', pairs: [{ identity: utf8(ENDPOINT), key: utf8('wrong') }] };
    return onMemory({ server, client: choice(wrong) }, async ({ registered, pass }) => {
      await pass(60);
      expect(await registered()).toEqual([]);
    });
  });

  it('do not hear a client in the clear on the secure port', () =>
    onMemory({ ...made('psk'), client: { transport: 'udp' } }, async ({ registered, pass }) => {
      await pass(60);
      expect(await registered()).toEqual([]);
    }));

  it('end each session by close_notify', () =>
    onMemory(made('psk'), async ({ client, pass, told }) => {
      await pass(2);
      await client.stop();
      await pass(1);
      expect(told.join('\n')).toContain('server closed by the peer');
    }));

  it('tell nothing that holds a key', () => {
    const { client, server } = made('psk');
    const key = client.own?.kind === 'psk' ? (client.own.pairs[0]?.key ?? new Uint8Array()) : new Uint8Array();
    expect(fromHex(toHex(key))).toHaveLength(16);
    return onMemory({ client, server }, async ({ pass, told }) => {
      await pass(2);
      expect(told.join('\n')).not.toContain(toHex(key));
    });
  });
});

describe('Security options of a command', () => {
  const silent = (): void => undefined;

  it('must go with the URI', () => {
    expect(() => servedClient(made('psk').client, 'coap://192.0.2.1', silent)).toThrow(/coaps:\/\/192\.0\.2\.1/);
    expect(() => servedClient({ transport: 'udp' }, 'coaps://192.0.2.1', silent)).toThrow(/needs credentials/);
  });

  it('may be left out where the credentials of a run are given by name', () => {
    const given = { 'psk.identity': '61', 'psk.key': '62' };
    expect(servedClient({ transport: 'udp' }, 'coaps://192.0.2.1', silent, 'server', given).credentials).toBe(given);
    expect(servedClient({ transport: 'udp' }, 'coap://192.0.2.1', silent, 'server', given).credentials).toEqual({});
  });

  it('must hold credentials: nobody could be told those that a command made', () => {
    expect(() => servedServer({ transport: 'dtls-x509' }, silent)).toThrow(/there are no credentials/);
  });

  it('give a client one pre-shared key and one certificate to judge by', () => {
    const pair = { identity: utf8('a'), key: utf8('b') };
    const psk = choice({ kind: 'psk', pairs: [pair, pair] });
    expect(() => servedClient(psk, 'coaps://192.0.2.1', silent)).toThrow(/one pre-shared key/);
    const { client } = makeCredentials('x509', seeded(1)).for('a');
    if (client.kind !== 'x509') throw new Error('another kind');
    const x509 = choice({ ...client, trust: [...client.trust, ...client.chain] });
    expect(() => servedClient(x509, 'coaps://192.0.2.1', silent)).toThrow(/holds one/);
  });
});
