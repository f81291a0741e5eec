import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import { dtlsClient } from './dtls-client.js';
import { dtlsServer } from './dtls-server.js';
import { EXTENSION } from './extension.js';
import type { HandshakeMessage } from './handshake.js';
import { HANDSHAKE } from './handshake.js';
import { decodeClientHello, decodeServerHello, encodeClientHello, encodeServerHello } from './hello.js';
import { decodeResumable, encodeResumable } from './session.js';
import { SessionCache, TicketSealer } from './session-store.js';
import { VirtualClock } from '../../base/clock.js';
import {
  everything,
  exchange,
  IDENTITY,
  makeBench,
  pki,
  psk,
  rpk,
  pass,
  run,
  SERVER,
  x509,
  type Bench,
  type BenchOptions,
} from './testing/bench.js';
import { SUITES } from './suites.js';

const kinds = { psk, rpk, x509 };

/** Two handshakes one after another, with an echo on each. */
async function twice(
  bench: Bench,
  between: () => void = () => undefined,
): Promise<Awaited<ReturnType<typeof exchange>>> {
  await exchange(bench, 'first');
  bench.client.disconnect(SERVER);
  between();
  return exchange(bench, 'second');
}

describe('a session', () => {
  for (const kind of ['psk', 'rpk', 'x509'] as const) {
    for (const how of ['ticket', 'id'] as const) {
      for (const side of ['client', 'server'] as const) {
        if (how === 'ticket' && side === 'server') continue;
        it(`is resumed by ${how} with ${kind}${how === 'id' ? `, no tickets at the ${side}` : ''}`, async () => {
          const options: BenchOptions = { [side]: how === 'id' ? { tickets: false } : {} };
          const bench = makeBench({ ...options, client: { ...options.client, credentials: kinds[kind] } });
          const first = await exchange(bench);
          bench.client.disconnect(SERVER);
          const { client, server } = await exchange(bench, 'again');
          expect(client).toMatchObject({ resumed: how, suite: first.client.suite, extendedMasterSecret: true });
          expect(server?.resumed).toBe(how);
          // The identity outlives the handshake that proved it.
          expect(JSON.stringify(server?.identity)).toBe(JSON.stringify(first.server?.identity));
          expect(server?.identity.kind).toBe(kind);
        });
      }
    }
  }

  it('is resumed with every suite', async () => {
    for (const { name, keyExchange } of SUITES) {
      const credentials = keyExchange === 'ecdhe-ecdsa' ? x509 : psk;
      expect((await twice(makeBench({ client: { credentials, suites: [name] } }))).client).toMatchObject({
        resumed: 'ticket',
        suite: name,
      });
    }
  });

  it('is resumed again and again', async () => {
    const bench = makeBench();
    await exchange(bench);
    for (let i = 0; i < 5; i++) {
      bench.client.disconnect(SERVER);
      expect((await exchange(bench)).server).toMatchObject({
        resumed: 'ticket',
        identity: { kind: 'psk', identity: IDENTITY },
      });
    }
  });

  it('is not resumed once it is forgotten, or when the client does not resume', async () => {
    const forgetful = makeBench();
    expect((await twice(forgetful, () => forgetful.client.forget(SERVER))).client.resumed).toBe(false);
    expect((await twice(makeBench({ client: { resume: false } }))).client.resumed).toBe(false);
  });

  it('is not resumed after its lifetime', async () => {
    for (const tickets of [true, false]) {
      const bench = makeBench({ client: { tickets }, server: { sessionLifetime: 10 } });
      await exchange(bench);
      bench.client.disconnect(SERVER);
      await run(bench, () => new Promise<void>((resolve) => void bench.clock.after(11, resolve)));
      expect((await exchange(bench)).server?.resumed).toBe(false);
    }
  });

  it('is not resumed once its credential is gone', async () => {
    let welcome = true;
    const bench = makeBench({ server: { isWelcome: () => welcome } });
    expect((await twice(bench, () => (welcome = false))).server?.resumed).toBe(false);
  });

  it('is not resumed by another server, which makes a full handshake', async () => {
    for (const tickets of [true, false]) {
      const bench = makeBench({ client: { tickets } });
      await exchange(bench);
      bench.client.disconnect(SERVER);
      await pass(bench, 1);
      await bench.server.close();
      const { clock, network } = bench;
      dtlsServer({ link: network.link(SERVER), clock, random: seeded(99), credentials: everything });
      expect(unwrap(await run(bench, () => bench.connect())).resumed).toBe(false);
    }
  });

  it('is not resumed without the extended master secret that it has (RFC 7627 §5.3)', async () => {
    let strip = false;
    const message = (sent: HandshakeMessage): HandshakeMessage[] => {
      if (!strip || sent.type !== HANDSHAKE.client_hello) return [sent];
      const hello = decodeClientHello(sent.body);
      const extensions = new Map([...hello.extensions].filter(([type]) => type !== EXTENSION.extended_master_secret));
      return [{ ...sent, body: encodeClientHello({ ...hello, extensions }) }];
    };
    const bench = makeBench({ client: { hooks: { message } } });
    await exchange(bench);
    bench.client.disconnect(SERVER);
    strip = true;
    expect(await run(bench, () => bench.connect())).toMatchObject({
      ok: false,
      problem: { code: 'dtls-alert-received' },
    });
    expect(bench.serverEvents).toContainEqual(
      expect.objectContaining({ kind: 'alert', direction: 'sent', name: 'handshake_failure' }),
    );
  });

  it('is not resumed for another server name (RFC 6066 §3)', async () => {
    let strip = false;
    const message = (sent: HandshakeMessage): HandshakeMessage[] => {
      if (!strip || sent.type !== HANDSHAKE.client_hello) return [sent];
      const hello = decodeClientHello(sent.body);
      const extensions = new Map([...hello.extensions].filter(([type]) => type !== EXTENSION.server_name));
      return [{ ...sent, body: encodeClientHello({ ...hello, extensions }) }];
    };
    const bench = makeBench({ client: { hooks: { message }, serverName: 'one.example' } });
    expect((await twice(bench)).server).toMatchObject({ resumed: 'ticket', serverName: 'one.example' });
    bench.client.disconnect(SERVER);
    strip = true;
    expect((await exchange(bench)).server).toMatchObject({ resumed: false, serverName: undefined });
  });

  it('is not resumed by a server that changes the suite', async () => {
    let change = false;
    const message = (sent: HandshakeMessage): HandshakeMessage[] => {
      if (!change || sent.type !== HANDSHAKE.server_hello) return [sent];
      return [{ ...sent, body: encodeServerHello({ ...decodeServerHello(sent.body), suite: 0xc0a4 }) }];
    };
    const bench = makeBench({ server: { hooks: { message } } });
    await exchange(bench);
    bench.client.disconnect(SERVER);
    change = true;
    expect(await run(bench, () => bench.connect())).toMatchObject({
      ok: false,
      problem: { code: 'dtls-illegal-parameter' },
    });
    change = false;
    // What failed to resume is not tried again.
    expect((await exchange(bench)).client.resumed).toBe(false);
  });

  it('asks for a cookie too (SE-15)', async () => {
    let asked = 0;
    const counting = makeBench({
      server: {
        hooks: { message: (sent) => ((asked += sent.type === HANDSHAKE.hello_verify_request ? 1 : 0), [sent]) },
      },
    });
    await twice(counting);
    expect(asked).toBe(2);
  });
});

describe('a client that restarts behind the same address', () => {
  it('gets a new session, and the server forgets the old one', async () => {
    const bench = makeBench();
    const link = bench.network.link('phone');
    const common = { link, clock: bench.clock, credentials: psk };
    await run(bench, async () => {
      unwrap(await dtlsClient({ ...common, random: seeded(3) }).connect(SERVER));
      unwrap(await dtlsClient({ ...common, random: seeded(4) }).connect(SERVER));
    });
    expect(bench.serverEvents).toMatchObject([
      { kind: 'connected', peer: 'phone' },
      { kind: 'failed', peer: 'phone', problem: { code: 'dtls-replaced' } },
      { kind: 'connected', peer: 'phone' },
    ]);
  });
});

describe('a ticket', () => {
  const clock = new VirtualClock();
  const [suite] = SUITES;
  if (!suite) throw new Error('there are no suites');
  const { client } = pki.credentials;
  const { root } = pki;
  const base = {
    suite,
    master: new Uint8Array(48).fill(1),
    extendedMasterSecret: true,
    serverName: 'a.example',
    expires: 12.5,
  };

  it.each([
    { kind: 'psk', identity: IDENTITY },
    { kind: 'rpk', publicKey: client.privateKey.publicKey },
    { kind: 'anonymous' },
  ] as const)('holds a session of $kind', (identity) => {
    expect(decodeResumable(encodeResumable({ ...base, identity }))).toEqual({ ...base, identity });
  });

  it('holds a session of x509 with its chain', () => {
    const identity = { kind: 'x509', chain: [client.certificate, root.certificate] } as const;
    const decoded = decodeResumable(encodeResumable({ ...base, identity }));
    expect(decoded?.identity.kind === 'x509' && decoded.identity.chain.map(({ der }) => der)).toEqual(
      identity.chain.map(({ der }) => der),
    );
  });

  it('opens with the key that sealed it, whole and in time', async () => {
    const sealer = new TicketSealer(clock, seeded(1));
    const ticket = sealer.seal({ ...base, identity: { kind: 'anonymous' } });
    expect(sealer.open(ticket)).toMatchObject({ serverName: 'a.example' });
    expect(new TicketSealer(clock, seeded(2)).open(ticket)).toBeUndefined();
    for (let at = 0; at < ticket.length; at++) {
      const altered = Uint8Array.from(ticket);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(sealer.open(altered)).toBeUndefined();
      expect(sealer.open(ticket.subarray(0, at))).toBeUndefined();
    }
    await clock.run(() => new Promise<void>((resolve) => void clock.after(13, resolve)));
    expect(sealer.open(ticket)).toBeUndefined();
  });

  it('does not keep more sessions by id than its limit', () => {
    const cache = new SessionCache(new VirtualClock(), 2);
    for (let id = 1; id <= 3; id++) cache.add(Uint8Array.of(id), { ...base, identity: { kind: 'anonymous' } });
    expect([1, 2, 3].map((id) => cache.find(Uint8Array.of(id)) !== undefined)).toEqual([false, true, true]);
  });
});
