import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, utf8 } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { decodeRecords, encodeRecord } from './record.js';
import {
  handshake,
  makeBench,
  psk,
  rpk,
  run,
  SERVER,
  x509,
  type Bench,
  type BenchOptions,
  type Fault,
} from './testing/bench.js';

const kinds = { psk, rpk, x509 };
type Kind = keyof typeof kinds;

/** Loses the datagrams with these numbers. */
const without =
  (...lost: readonly number[]): Fault =>
  (bytes, index) =>
    lost.includes(index) ? [] : [{ bytes }];

/** Loses each flight twice; flights are told apart by their length. */
function loseTwice(): Fault {
  const lost = new Map<number, number>();
  return (bytes) => {
    const count = lost.get(bytes.length) ?? 0;
    lost.set(bytes.length, count + 1);
    return count < 2 ? [] : [{ bytes }];
  };
}

async function connects(options: BenchOptions): Promise<Bench> {
  const bench = makeBench(options);
  const { client, server } = await handshake(bench);
  expect(server?.suite).toBe(client.suite);
  return bench;
}

describe('a handshake', () => {
  for (const kind of ['psk', 'rpk', 'x509'] as const) {
    const client = { credentials: kinds[kind] };
    // Up: hello, hello with cookie, last flight. Down: cookie request, server's flight, last flight.
    it.each([0, 1, 2])(`survives the loss of the client's datagram %i (${kind})`, async (lost) => {
      await connects({ client, up: without(lost) });
    });
    it.each([0, 1, 2])(`survives the loss of the server's datagram %i (${kind})`, async (lost) => {
      await connects({ client, down: without(lost) });
    });
    it(`survives the loss of each flight twice (${kind})`, async () => {
      await connects({ client, up: loseTwice(), down: loseTwice() });
    });
    it(`survives the loss of any one record of any flight (${kind})`, async () => {
      for (let lost = 0; lost < 12; lost++) {
        await connects({ client: { ...client, pack: false }, server: { pack: false }, up: without(lost) });
        await connects({ client: { ...client, pack: false }, server: { pack: false }, down: without(lost) });
      }
    });
  }

  it('survives the loss of each flight of an abbreviated one', async () => {
    for (const direction of ['up', 'down'] as const) {
      for (let lost = 0; lost < 3; lost++) {
        let armed = false;
        let sent = 0;
        const fault: Fault = (bytes) => (armed && sent++ === lost ? [] : [{ bytes }]);
        const bench = await connects({ [direction]: fault });
        bench.client.disconnect(SERVER);
        armed = true;
        expect((await handshake(bench)).client.resumed).toBe('ticket');
      }
    }
  });

  it('repeats a flight after 1, 3 and 7 s', async () => {
    const times: number[] = [];
    const bench = makeBench({ up: () => (times.push(bench.clock.now()), []) });
    await bench.clock.run(async () => {
      void bench.connect();
      await new Promise<void>((resolve) => void bench.clock.after(8, resolve));
    });
    expect(times).toEqual([0, 1, 3, 7]);
  });

  it('keeps to the timer that it was given', async () => {
    const times: number[] = [];
    const timer = { initial: 9, max: 10, retransmissions: 2 };
    const bench = makeBench({ client: { timer }, up: () => (times.push(bench.clock.now()), []) });
    expect((await run(bench, () => bench.connect())).ok).toBe(false);
    expect(times).toEqual([0, 9, 19]);
    expect(bench.clock.now()).toBe(29);
  });

  it('survives datagrams that come twice, late and in another order', async () => {
    for (const kind of ['psk', 'rpk', 'x509'] as const) {
      const twice: Fault = (bytes) => [{ bytes }, { bytes, delay: 0.05 }];
      await connects({ client: { credentials: kinds[kind] }, up: twice, down: twice });
      const later: Fault = (bytes, index) => [{ bytes, delay: index % 2 === 0 ? 0.3 : 0.01 }];
      await connects({
        client: { credentials: kinds[kind], pack: false },
        server: { pack: false },
        up: later,
        down: later,
      });
    }
  });

  it('survives records in reverse order, Finished before ChangeCipherSpec', async () => {
    const reverse: Fault = (bytes) => {
      const records = decodeRecords(bytes, 0).map(encodeRecord).reverse();
      return [{ bytes: concatBytes(...records) }];
    };
    for (const kind of ['psk', 'rpk', 'x509'] as const) {
      const bench = await connects({ client: { credentials: kinds[kind] }, up: reverse, down: reverse });
      expect(bench.clock.now()).toBeLessThan(1.5);
    }
  });

  it.each([1, 2, 3, 7, 16, 33, 64, 100, 255])('survives fragments of %i bytes', async (fragment) => {
    for (const kind of ['psk', 'rpk', 'x509'] as const) {
      const bench = await connects({ client: { credentials: kinds[kind], fragment }, server: { fragment } });
      expect(bench.clock.now()).toBeLessThan(1.5);
    }
  });

  it('survives a cut at every boundary of a message', async () => {
    for (let fragment = 1; fragment <= 120; fragment++) await connects({ client: { fragment }, server: { fragment } });
  });

  it.each([100, 150, 256, 512])('keeps to an MTU of %i bytes', async (mtu) => {
    let longest = 0;
    const measure: Fault = (bytes) => {
      longest = Math.max(longest, bytes.length);
      return [{ bytes }];
    };
    await connects({ client: { credentials: x509, mtu }, server: { mtu }, up: measure, down: measure });
    expect(longest).toBeLessThanOrEqual(mtu);
  });

  it('survives loss, doubling and disorder at random', async () => {
    const chance = seeded(42);
    for (let round = 0; round < 60; round++) {
      const fault: Fault = (bytes) => {
        const delay = chance.next() * 0.5;
        const drawn = chance.next();
        if (drawn < 0.2) return [];
        return drawn < 0.35
          ? [
              { bytes, delay },
              { bytes, delay: delay + chance.next() },
            ]
          : [{ bytes, delay }];
      };
      const kind: Kind = (['psk', 'rpk', 'x509'] as const)[round % 3] ?? 'psk';
      const pack = round % 2 === 0;
      const options = { timer: { initial: 1, max: 4, retransmissions: 40 }, pack, fragment: 40 + round };
      const bench = makeBench({
        seed: round,
        client: { credentials: kinds[kind], ...options },
        server: options,
        up: fault,
        down: fault,
      });
      const result = await run(bench, () => bench.connect());
      expect(result).toMatchObject({ ok: true });
    }
  });

  it('delivers data that overtakes the last flight of the client, once that has come', async () => {
    const held: Uint8Array[] = [];
    const up: Fault = (bytes, index) => {
      // The last flight is late; the data after it is not.
      if (index === 2) return [{ bytes, delay: 0.4 }];
      if (index === 3) held.push(bytes);
      return [{ bytes }];
    };
    const bench = makeBench({ up, down: without(2) });
    await run(bench, async () => {
      bench.client.send(SERVER, utf8('early'));
      await bench.connect();
      await new Promise<void>((resolve) => void bench.clock.after(5, resolve));
    });
    expect(bench.atServer).toEqual(['client early']);
  });

  it('carries the same message whatever its fragments are', async () => {
    const bodies: Uint8Array[] = [];
    const hooks = {
      message: (message: { type: number; sequence: number; body: Uint8Array }) => {
        bodies.push(message.body);
        return [message];
      },
    };
    await connects({ server: { hooks, fragment: 5 } });
    const cut = bodies.splice(0);
    await connects({ server: { hooks } });
    expect(cut.length).toBe(bodies.length);
    expect(cut.every((body, i) => equalBytes(body, bodies[i] ?? new Uint8Array()))).toBe(true);
  });
});
