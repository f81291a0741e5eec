import { describe, expect, it } from 'vitest';
import { EMPTY, utf8 } from '../../base/bytes.js';
import { decodeClientHello } from './hello.js';
import { HANDSHAKE } from './handshake.js';
import { SUITES } from './suites.js';
import {
  CLIENT,
  everything,
  exchange,
  IDENTITY,
  KEY,
  makeBench,
  pki,
  psk,
  rpk,
  run,
  SERVER,
  x509,
} from './testing/bench.js';

const kinds = { psk, rpk, x509 };
const CBC = 'PSK_AES_128_CBC_SHA256';
const ECDSA = 'ECDHE_ECDSA_AES_128_CCM_8';

describe('client and server', () => {
  for (const { name, keyExchange, cipher } of SUITES) {
    for (const kind of keyExchange === 'ecdhe-ecdsa' ? (['rpk', 'x509'] as const) : (['psk'] as const)) {
      for (const extendedMasterSecret of [true, false]) {
        it(`agree on ${name} with ${kind}, extended master secret ${extendedMasterSecret}`, async () => {
          const bench = makeBench({ client: { credentials: kinds[kind], suites: [name], extendedMasterSecret } });
          const { client, server } = await exchange(bench);
          const encryptThenMac = cipher.kind === 'cbc';
          const both = { suite: name, resumed: false, extendedMasterSecret, encryptThenMac };
          expect(client).toMatchObject({ peer: SERVER, ...both });
          expect(server).toMatchObject({ peer: CLIENT, ...both, identity: { kind } });
          expect(bench.atServer).toEqual([`${CLIENT} hello`]);
          expect(bench.atClient).toEqual([`${SERVER} hello`]);
          expect([...bench.clientEvents, ...bench.serverEvents].map((event) => event.kind)).toEqual([
            'connected',
            'connected',
          ]);
        });
      }
    }
  }

  it.each(['secp256r1', 'x25519'] as const)('exchange keys on %s', async (group) => {
    for (const credentials of [x509, psk]) {
      const suites = [ECDSA, 'ECDHE_PSK_AES_128_CBC_SHA256'] as const;
      const { client, server } = await exchange(makeBench({ client: { credentials, suites, groups: [group] } }));
      expect([client.group, server?.group]).toEqual([group, group]);
    }
  });

  it('choose the mandatory suite of the credentials when all are offered', async () => {
    expect((await exchange(makeBench())).client.suite).toBe('PSK_AES_128_CCM_8');
    expect((await exchange(makeBench({ client: { credentials: rpk } }))).client.suite).toBe(ECDSA);
  });

  it("choose by the server's order", async () => {
    const { client } = await exchange(makeBench({ server: { suites: [CBC, 'PSK_AES_128_CCM_8'] } }));
    expect(client.suite).toBe(CBC);
  });

  it('fall back to MAC-then-encrypt when one side has no encrypt-then-MAC', async () => {
    for (const side of ['client', 'server'] as const) {
      const bench = makeBench({ client: { suites: [CBC] }, [side]: { suites: [CBC], encryptThenMac: false } });
      expect((await exchange(bench)).client.encryptThenMac).toBe(false);
    }
  });

  it('tell the server the name that was asked for', async () => {
    const { server } = await exchange(makeBench({ client: { serverName: 'server.example.com' } }));
    expect(server?.serverName).toBe('server.example.com');
  });

  it('tell the client the hint of the server', async () => {
    const lookup = (): Uint8Array => KEY;
    for (const suite of ['PSK_AES_128_CCM_8', 'ECDHE_PSK_AES_128_CBC_SHA256'] as const) {
      const credentials = { psk: { hint: utf8('which'), lookup } };
      const { client } = await exchange(makeBench({ client: { suites: [suite] }, server: { credentials } }));
      expect(client.identity).toEqual({ kind: 'psk', identity: IDENTITY, hint: utf8('which') });
    }
  });

  it.each([
    [0, 1],
    [1, 16],
    [127, 17],
    [128, 32],
    [128, 64],
  ])('take an identity of %i and a key of %i bytes', async (identityLength, keyLength) => {
    const identity = new Uint8Array(identityLength).fill(0xe4);
    const key = Uint8Array.from({ length: keyLength }, (_, i) => 255 - i);
    const lookup = (given: Uint8Array): Uint8Array | undefined => (given.length === identityLength ? key : undefined);
    const bench = makeBench({
      client: { credentials: { kind: 'psk', identity, key } },
      server: { credentials: { psk: { lookup } } },
    });
    expect((await exchange(bench)).server?.identity).toEqual({ kind: 'psk', identity });
  });

  it.each([512, 1024, 2048, 4096] as const)(
    'keep records to a max_fragment_length of %i',
    async (maxFragmentLength) => {
      const bench = makeBench({ client: { credentials: x509, maxFragmentLength } });
      const { client, server } = await exchange(bench, 'x'.repeat(maxFragmentLength));
      expect([client.maxFragmentLength, server?.maxFragmentLength]).toEqual([maxFragmentLength, maxFragmentLength]);
      bench.client.send(SERVER, new Uint8Array(maxFragmentLength + 1));
      expect(bench.clientEvents.at(-1)).toEqual({ kind: 'dropped', peer: SERVER, reason: 'too-long-to-send' });
    },
  );

  it('agree without a client certificate where the server allows it', async () => {
    const credentials = { ...everything, allowAnonymous: true };
    const anonymous = {
      kind: 'certificate',
      trust: x509.kind === 'certificate' ? x509.trust : { accepts: [], judge: () => undefined },
    } as const;
    const { server } = await exchange(makeBench({ client: { credentials: anonymous }, server: { credentials } }));
    expect(server?.identity).toEqual({ kind: 'anonymous' });
  });

  it('agree when the server asks for no certificate', async () => {
    const { psk: keys, own = [] } = everything;
    const bench = makeBench({
      client: { credentials: x509 },
      server: { credentials: { ...(keys ? { psk: keys } : {}), own } },
    });
    expect((await exchange(bench)).server?.identity).toEqual({ kind: 'anonymous' });
  });

  it('build a path over an intermediate certificate', async () => {
    const { certificate, intermediates, privateKey } = pki.credentials['server-by-intermediate'];
    const own = [{ kind: 'x509', chain: [certificate, ...intermediates], privateKey }] as const;
    const { client } = await exchange(
      makeBench({ client: { credentials: x509 }, server: { credentials: { ...everything, own } } }),
    );
    expect(client.identity).toMatchObject({ kind: 'x509', chain: [{ subject: certificate.subject }, {}] });
  });

  it('agree without cookies where the server asks for none', async () => {
    const bench = makeBench({ server: { cookies: false } });
    await exchange(bench);
    expect(bench.atServer).toEqual([`${CLIENT} hello`]);
  });
});

describe('a client', () => {
  it('queues what is sent during the handshake, in order, and up to a bound', async () => {
    const bench = makeBench();
    await run(bench, async () => {
      for (let i = 0; i < 40; i++) bench.client.send(SERVER, utf8(String(i)));
      await bench.connect();
      await new Promise<void>((resolve) => void bench.clock.after(1, resolve));
    });
    expect(bench.atServer).toEqual(Array.from({ length: 32 }, (_, i) => `${CLIENT} ${i}`));
    expect(bench.clientEvents.filter((event) => event.kind === 'dropped')).toHaveLength(8);
  });

  it('offers PSK suites only with a PSK, and no groups or signatures without need', async () => {
    const hellos: Uint8Array[] = [];
    const hooks = {
      message: (message: { type: number; sequence: number; body: Uint8Array }) => {
        if (message.type === HANDSHAKE.client_hello) hellos.push(message.body);
        return [message];
      },
    };
    await exchange(makeBench({ client: { hooks, suites: ['PSK_AES_128_CCM_8', ECDSA] } }));
    const hello = decodeClientHello(hellos[0] ?? EMPTY);
    expect(hello.suites).toEqual([0xc0a8]);
    expect([...hello.extensions.keys()]).toEqual([23, 35, 0xff01]);
  });

  it('says so when no suite fits the credentials', async () => {
    const bench = makeBench({ client: { suites: [ECDSA] } });
    expect(await bench.connect()).toMatchObject({ ok: false, problem: { code: 'dtls-no-suite' } });
    bench.client.send(SERVER, utf8('lost'));
    expect(bench.clientEvents).toMatchObject([{ kind: 'failed', problem: { code: 'dtls-no-suite' } }]);
  });

  it('gives up on a silent server after its retransmissions, 123 s', async () => {
    const bench = makeBench({ down: () => [] });
    const result = await run(bench, () => bench.connect());
    expect(result).toMatchObject({ ok: false, problem: { code: 'dtls-timeout' } });
    expect(bench.clock.now()).toBeCloseTo(1 + 2 + 4 + 8 + 16 + 32 + 60, 1);
  });

  it('begins anew after a failed handshake', async () => {
    let silent = true;
    const bench = makeBench({ up: (bytes) => (silent ? [] : [{ bytes }]) });
    await run(bench, async () => {
      expect((await bench.connect()).ok).toBe(false);
      silent = false;
      expect((await bench.connect()).ok).toBe(true);
    });
  });

  it('logs keys in the NSS format, the same on both sides', async () => {
    const lines: string[][] = [[], []];
    const log = (side: number) => (line: string) => void lines[side]?.push(line);
    await exchange(makeBench({ client: { keyLog: log(0) }, server: { keyLog: log(1) } }));
    expect(lines[0]).toEqual(lines[1]);
    expect(lines[0]?.[0]).toMatch(/^CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}$/);
  });

  it('makes the same handshake from the same seed, another from another', async () => {
    const record = async (seed: number): Promise<string[]> => {
      const seen: string[] = [];
      const note = (bytes: Uint8Array): { bytes: Uint8Array }[] => {
        seen.push(Buffer.from(bytes).toString('hex'));
        return [{ bytes }];
      };
      await exchange(makeBench({ seed, client: { credentials: x509 }, up: note, down: note }));
      return seen;
    };
    expect(await record(5)).toEqual(await record(5));
    expect(await record(5)).not.toEqual(await record(6));
  });
});

describe('the end of a session', () => {
  it('is told to the server, and the next datagram makes a new one', async () => {
    const bench = makeBench();
    await exchange(bench);
    bench.client.disconnect(SERVER);
    expect(bench.client.session(SERVER)).toBeUndefined();
    await exchange(bench, 'again');
    expect(bench.serverEvents.map((event) => event.kind)).toEqual([
      'connected',
      'alert',
      'alert',
      'closed',
      'connected',
    ]);
    expect(bench.atServer).toEqual([`${CLIENT} hello`, `${CLIENT} again`]);
  });

  it('is told to the client', async () => {
    const bench = makeBench();
    await exchange(bench);
    bench.server.disconnect(CLIENT);
    await bench.clock.run(() => new Promise<void>((resolve) => void bench.clock.after(1, resolve)));
    expect(bench.clientEvents.at(-1)).toEqual({ kind: 'closed', peer: SERVER, by: 'peer' });
    expect(bench.client.session(SERVER)).toBeUndefined();
  });

  it('comes with the link of either side', async () => {
    const bench = makeBench();
    await exchange(bench);
    await bench.client.close();
    await bench.clock.run(() => new Promise<void>((resolve) => void bench.clock.after(1, resolve)));
    expect(bench.server.session(CLIENT)).toBeUndefined();
    expect(bench.serverEvents.at(-1)).toEqual({ kind: 'closed', peer: CLIENT, by: 'peer' });
  });

  it('leaves no way to send from a server', async () => {
    const bench = makeBench();
    bench.server.send(CLIENT, utf8('out of nowhere'));
    expect(bench.serverEvents).toMatchObject([{ kind: 'failed', problem: { code: 'dtls-no-session' } }]);
    await bench.server.close();
  });
});
