import { describe, expect, it } from 'vitest';
import { EMPTY, utf8 } from '../../base/bytes.js';
import { seeded, type Random } from '../../base/random.js';
import { dtlsClient } from './dtls-client.js';
import {
  CLIENT,
  makeBench,
  pass,
  psk,
  rpk,
  run,
  SERVER,
  x509,
  type Bench,
  type BenchOptions,
  type Fault,
} from './testing/bench.js';

/** Mutations of each role, of handshakes and of sessions each; more with `DTLS_MUTATIONS=100000`. */
const COUNT = Number(process.env['DTLS_MUTATIONS'] ?? 2000);
/** Those of keys twice as often: the rest take ten times as long, and share all but a few messages. */
const kinds = [psk, rpk, psk, x509] as const;

/** One of the ways in which a datagram can be wrong. */
function mutate(datagram: Uint8Array, random: Random): Uint8Array {
  const bytes = Uint8Array.from(datagram);
  const at = random.integer(Math.max(1, bytes.length));
  switch (random.integer(7)) {
    case 0: // A bit flips.
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(8));
      return bytes;
    case 1: // A byte of the first headers changes, where lengths, types and numbers are.
      bytes[random.integer(Math.min(40, bytes.length))] = random.integer(256);
      return bytes;
    case 2:
      return bytes.subarray(0, at);
    case 3: // Bytes come in.
      return Uint8Array.from([
        ...bytes.subarray(0, at),
        ...random.bytes(1 + random.integer(20)),
        ...bytes.subarray(at),
      ]);
    case 4: // Bytes go out.
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + random.integer(20))]);
    case 5: // The extremes of a number.
      bytes.fill(random.integer(2) * 255, at, at + 1 + random.integer(3));
      return bytes;
    default: // The body of another message under these headers.
      bytes.set(random.bytes(Math.max(0, bytes.length - 25)), Math.min(25, bytes.length));
      return bytes;
  }
}

/** Nobody has failed by a fault of our own, whatever has happened. */
function expectNoFaultOfOurs(bench: Bench): void {
  for (const event of [...bench.clientEvents, ...bench.serverEvents]) {
    expect(event.kind === 'failed' && event.problem.code).not.toBe('dtls-internal-error');
    expect(event.kind === 'alert' && event.name).not.toBe('internal_error');
  }
}

/** A later handshake with the same server succeeds, and no timer is left of the one before. */
async function expectWorking(bench: Bench, after: () => void): Promise<void> {
  after();
  await pass(bench, 1); // what is still under way is of the handshake before
  bench.client.disconnect(SERVER);
  bench.client.forget(SERVER);
  expect(await run(bench, () => bench.connect())).toMatchObject({ ok: true });
  bench.client.send(SERVER, utf8('works'));
  await pass(bench, 1);
  expect(bench.atClient.at(-1)).toBe(`${SERVER} works`);
}

describe('a mutated datagram of a handshake', () => {
  for (const [direction, role] of [
    ['up', 'server'],
    ['down', 'client'],
  ] as const) {
    it(
      `does not break or block a ${role}: ${COUNT} of them`,
      async () => {
        const random = seeded(direction === 'up' ? 1001 : 2002);
        let mutated = 0;
        let round = 0;
        let connected = 0;
        for (; mutated < COUNT; round++) {
          // One in the first flights, and others that come as late as retransmissions.
          const targets = [random.integer(4), random.integer(4) + 2, random.integer(8)];
          let isOver = false;
          const fault: Fault = (bytes, index) => {
            if (isOver || !targets.includes(index)) return [{ bytes }];
            mutated++;
            return [{ bytes: mutate(bytes, random) }];
          };
          const credentials = kinds[round % kinds.length] ?? psk;
          const fragment = round % 5 === 0 ? { fragment: 30 + random.integer(100) } : {};
          const options: BenchOptions = {
            seed: round % 17,
            client: { credentials, connectionId: EMPTY, ...fragment },
            server: { connectionIdLength: round % 3 ? 4 : 0, ...fragment },
            [direction]: fault,
          };
          const bench = makeBench(options);
          const result = await run(bench, () => bench.connect());
          if (result.ok) connected++;
          expectNoFaultOfOurs(bench);
          await expectWorking(bench, () => (isOver = true));
        }
        // Most mutations hurt, and some do not: a flight that was dropped comes again.
        expect(connected).toBeGreaterThan(round / 10);
        expect(connected).toBeLessThan(round);
      },
      120_000 + COUNT * 20,
    );

    it(`does not hurt an established session of a ${role}: ${COUNT} of them`, async () => {
      const random = seeded(direction === 'up' ? 3003 : 4004);
      let mutating = false;
      const fault: Fault = (bytes) => [{ bytes: mutating ? mutate(bytes, random) : bytes }];
      const bench = makeBench({ [direction]: fault });
      await run(bench, () => bench.connect());
      await pass(bench, 1);
      for (let round = 0; round < COUNT; round++) {
        mutating = true;
        if (direction === 'up') bench.client.send(SERVER, utf8(`round ${round}`));
        else bench.server.send(CLIENT, utf8(`round ${round}`));
        mutating = false;
      }
      await pass(bench, 1);
      expectNoFaultOfOurs(bench);
      bench.client.send(SERVER, utf8('lives on'));
      await pass(bench, 1);
      expect(bench.atClient.at(-1)).toBe(`${SERVER} lives on`);
      // Nothing altered is delivered.
      for (const text of [...bench.atServer, ...bench.atClient])
        expect(text).toMatch(/^(client|server) (round \d+|lives on)$/);
    });
  }

  it('of pure noise is dropped by both roles', async () => {
    const bench = makeBench();
    const random = seeded(5);
    const stranger = bench.network.link('stranger');
    for (let round = 0; round < COUNT; round++) stranger.send(SERVER, random.bytes(random.integer(200)));
    expect(await run(bench, () => bench.connect())).toMatchObject({ ok: true });
    expectNoFaultOfOurs(bench);
  });
});

describe('ClientHellos from 10,000 spoofed addresses', () => {
  it('leave no trace in a server, and a real client gets in', async () => {
    const bench = makeBench();
    const sent: Uint8Array[] = [];
    const recorder = bench.network.link('recorder');
    const probe = dtlsClient({
      link: { ...recorder, send: (_to, bytes) => void sent.push(bytes), onReceive: () => undefined },
      clock: bench.clock,
      random: seeded(6),
      credentials: psk,
      timer: { retransmissions: 0 },
    });
    await run(bench, () => probe.connect(SERVER));
    const hello = sent[0] ?? EMPTY;
    const random = seeded(7);
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 10_000; i++) {
      const spoofed = bench.network.link(`10.0.${i >> 8}.${i & 255}`);
      const bytes = Uint8Array.from(hello);
      bytes.set(random.bytes(32), 27);
      spoofed.send(SERVER, i % 2 ? bytes : cut(bytes));
      await spoofed.close();
    }
    await pass(bench, 5);
    expect(await run(bench, () => bench.connect())).toMatchObject({ ok: true });
    expect(bench.serverEvents.map((event) => event.kind)).toEqual(['connected']);
    global.gc?.();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40e6);
  }, 30_000);

  /** The first half of the hello as a fragment: what a server must keep to go on, of few addresses. */
  function cut(bytes: Uint8Array): Uint8Array {
    const half = Uint8Array.from(bytes.subarray(0, 60));
    half.set([0, 60 - 13], 11);
    half.set([0, 0, 60 - 25], 22);
    return half;
  }

  it('do not push out more than the oldest handshake when their cookies are good', async () => {
    const bench = makeBench({ server: { maxHandshakes: 10 }, client: { timer: { retransmissions: 0 } } });
    const clients = Array.from({ length: 30 }, (_, i) => {
      const link = bench.network.link(`c${i}`);
      let count = 0;
      // Each stops after the cookie.
      const silent = {
        ...link,
        send: (to: string, bytes: Uint8Array) => (count++ < 2 ? link.send(to, bytes) : undefined),
      };
      return dtlsClient({
        link: silent,
        clock: bench.clock,
        random: seeded(i),
        credentials: psk,
        timer: { retransmissions: 1 },
      });
    });
    await run(bench, () => Promise.all(clients.map((client) => client.connect(SERVER))));
    expect(
      bench.serverEvents.filter((event) => event.kind === 'failed' && event.problem.code === 'dtls-evicted'),
    ).toHaveLength(20);
    expect(await run(bench, () => bench.connect())).toMatchObject({ ok: true });
  });

  it('do not make a server keep more sessions than its limit', async () => {
    const bench = makeBench({ server: { maxSessions: 5 } });
    const names = Array.from({ length: 9 }, (_, i) => `c${i}`);
    const clients = names.map((name, i) =>
      dtlsClient({ link: bench.network.link(name), clock: bench.clock, random: seeded(i), credentials: psk }),
    );
    for (const client of clients) await run(bench, () => client.connect(SERVER));
    await pass(bench, 1);
    expect(names.filter((name) => bench.server.session(name) !== undefined)).toEqual(names.slice(4));
  });

  it('are answered with fewer bytes than they have', async () => {
    const up: number[] = [];
    const down: number[] = [];
    const bench = makeBench({
      up: (bytes) => (up.push(bytes.length), [{ bytes }]),
      down: (bytes) => (down.push(bytes.length), [{ bytes }]),
    });
    await run(bench, () => bench.connect());
    expect(down[0]).toBeLessThan(up[0] ?? 0);
  });
});
