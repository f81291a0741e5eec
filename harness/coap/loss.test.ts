import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { seeded } from '../base/random.js';
import { fault, type FaultPlan } from '../link/fault.js';
import { uriPath, type BlockSize } from '../wire/coap/options.js';
import { Endpoint } from './endpoint.js';
import { Wire } from './testing/wire.js';

const SEEDS = 1_000;
const REQUESTS = 8;

/** A bad link in both directions: of 100 datagrams 20 are lost, 20 come twice, 20 are overtaken. */
const faults = { loss: 0.2, duplication: 0.2, reordering: 0.2, spread: 3 };
const plan: FaultPlan = { out: faults, in: faults };

/** How often each of a series of requests was handled, and which of them were answered. */
async function series(
  seed: number,
  bodyLength: number,
  blockSize: BlockSize,
  Server: typeof Endpoint = Endpoint,
): Promise<{ handled: number[]; answered: boolean[]; exact: boolean }> {
  const wire = new Wire(seed);
  const random = seeded(seed).fork('faults');
  const link = fault(wire.network.link('client'), plan, random, wire.clock);
  const client = wire.endpoint('client', { link, blockSize });
  const server = new Server(wire.optionsFor('server', { blockSize }));
  const handled = Array.from({ length: REQUESTS }, () => 0);
  let exact = true;
  const bodyOf = (i: number): Uint8Array => utf8(`${i} `.padEnd(bodyLength, String(i)));
  server.onRequest(async ({ message }) => {
    const i = Number.parseInt(new TextDecoder().decode(message.payload.subarray(0, 2)));
    handled[i] = (handled[i] ?? 0) + 1;
    exact &&= message.payload.toString() === bodyOf(i).toString();
    // Every third answer is separate.
    if (i % 3 === 0) await wire.sleep(1);
    return { code: '2.04', payload: bodyOf(i) };
  });
  const answered = await wire.run(async () => {
    const requests = Array.from({ length: REQUESTS }, async (_, i) => {
      const result = await client.request('server', {
        code: '0.02',
        options: uriPath(`/3/0/${i}`),
        payload: bodyOf(i),
      });
      if (result.ok)
        exact &&=
          result.value.message.code === '2.04' && result.value.message.payload.toString() === bodyOf(i).toString();
      return result.ok;
    });
    const all = await Promise.all(requests);
    await wire.sleep(300);
    return all;
  });
  return { handled, answered, exact };
}

describe('requests over a link that loses, doubles and reorders', () => {
  it(`happen once each, over ${SEEDS} seeds`, async () => {
    let answered = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const run = await series(seed, 20, 1024);
      expect(run.exact, `seed ${seed}`).toBe(true);
      for (const [i, count] of run.handled.entries()) {
        // One that was given up after five transmissions may have happened; never twice.
        if (run.answered[i]) expect(count, `seed ${seed}, request ${i}`).toBe(1);
        else expect(count, `seed ${seed}, request ${i}`).toBeLessThanOrEqual(1);
        if (run.answered[i]) answered++;
      }
    }
    // 0.64 of the round trips succeed: five in a row fail in 0.6 % of the cases.
    expect(answered / (SEEDS * REQUESTS)).toBeGreaterThan(0.98);
  }, 120_000);

  it('happen once each when they and their answers take several blocks', async () => {
    let answered = 0;
    for (let seed = 0; seed < 100; seed++) {
      const run = await series(seed, 100, 32);
      expect(run.exact, `seed ${seed}`).toBe(true);
      for (const [i, count] of run.handled.entries()) {
        if (run.answered[i]) expect(count, `seed ${seed}, request ${i}`).toBe(1);
        else expect(count, `seed ${seed}, request ${i}`).toBeLessThanOrEqual(1);
        if (run.answered[i]) answered++;
      }
    }
    expect(answered / (100 * REQUESTS)).toBeGreaterThan(0.9);
  }, 120_000);

  it('would happen more than once without the detection of duplicates', async () => {
    class Forgetful extends Endpoint {
      override isDuplicate(): boolean {
        return false;
      }
    }
    let twice = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { handled } = await series(seed, 20, 1024, Forgetful);
      twice += handled.filter((count) => count > 1).length;
    }
    expect(twice).toBeGreaterThan(40);
  });

  it('go the same way for the same seed', async () => {
    expect(await series(7, 100, 32)).toEqual(await series(7, 100, 32));
  });

  it('leave confirmable notifications delivered once each', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const wire = new Wire(seed);
      const link = fault(wire.network.link('client'), plan, seeded(seed).fork('faults'), wire.clock);
      const client = wire.endpoint('client', { link });
      const server = wire.endpoint('server');
      const token = utf8('t');
      server.onRequest(() => ({ code: '2.05', options: [{ number: 6, value: Uint8Array.of(1) }] }));
      const heard: string[] = [];
      const sent: string[] = [];
      await wire.run(async () => {
        const out = { code: '0.01', token, options: [{ number: 6, value: new Uint8Array(0) }] };
        const asked = await client.request('server', out, {
          onNotification: ({ message }) => heard.push(new TextDecoder().decode(message.payload)),
        });
        if (!asked.ok) return;
        for (let i = 0; i < 10; i++) {
          const delivery = await server.notify('client', token, i + 2, { code: '2.05', payload: utf8(`#${i}`) });
          if (delivery === 'acknowledged') sent.push(`#${i}`);
        }
        await wire.sleep(300);
      });
      expect(new Set(heard).size, `seed ${seed}`).toBe(heard.length);
      for (const one of sent) expect(heard, `seed ${seed}`).toContain(one);
    }
  }, 60_000);
});
