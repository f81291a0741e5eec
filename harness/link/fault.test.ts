import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
import { sleep, VirtualClock } from '../base/clock.js';
import { seeded } from '../base/random.js';
import { fault, type FaultPlan } from './fault.js';
import { memoryNetwork } from './memory.js';

/** Sends `count` numbered datagrams each way; gives what arrived as `number time`. */
async function passed(
  plan: FaultPlan,
  count: number,
  seed = 1,
): Promise<{ out: [number, number][]; in: [number, number][] }> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock, { latency: 0 });
  const far = network.link('far');
  const near = fault(network.link('near'), plan, seeded(seed), clock);
  const arrived: { out: [number, number][]; in: [number, number][] } = { out: [], in: [] };
  const number = (datagram: Uint8Array): number => Number.parseInt(toHex(datagram), 16);
  far.onReceive((_from, datagram) => arrived.out.push([number(datagram), clock.now()]));
  near.onReceive((_from, datagram) => arrived.in.push([number(datagram), clock.now()]));
  await clock.run(async () => {
    for (let i = 0; i < count; i++) {
      near.send('far', Uint8Array.of(i >> 8, i & 255));
      far.send('near', Uint8Array.of(i >> 8, i & 255));
    }
    await sleep(clock, 100);
  });
  expect(near.local).toBe('near');
  return arrived;
}

const numbers = (list: readonly [number, number][]): number[] => list.map(([number]) => number);

describe('fault', () => {
  it('changes nothing without a plan', async () => {
    expect(await passed({}, 3)).toEqual({
      out: [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
      in: [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    });
  });

  it('loses as often as it is told, in the direction it is told', async () => {
    const { out, in: inward } = await passed({ out: { loss: 0.2 } }, 2_000);
    expect(out.length).toBeGreaterThan(1_500);
    expect(out.length).toBeLessThan(1_700);
    expect(inward).toHaveLength(2_000);
    expect((await passed({ in: { loss: 1 } }, 5)).in).toEqual([]);
  });

  it('doubles some, the second one later', async () => {
    const { out } = await passed({ out: { duplication: 0.5, spread: 2 } }, 1_000);
    const times = new Map<number, number[]>();
    for (const [number, t] of out) times.set(number, [...(times.get(number) ?? []), t]);
    expect(times.size).toBe(1_000);
    const doubled = [...times.values()].filter((list) => list.length === 2);
    expect(doubled.length).toBeGreaterThan(430);
    expect(doubled.length).toBeLessThan(570);
    expect(doubled.every(([first, second = -1]) => first === 0 && second > 0 && second < 2)).toBe(true);
  });

  it('reorders some and loses none of them', async () => {
    const { in: inward } = await passed({ in: { reordering: 0.3 } }, 500);
    expect(numbers(inward)).not.toEqual(numbers(inward).toSorted((a, b) => a - b));
    expect(numbers(inward).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(Math.max(...inward.map(([, t]) => t))).toBeLessThan(0.1);
  });

  it('turns one bit over in some', async () => {
    const { out } = await passed({ out: { corruption: 1 } }, 100);
    for (const [i, [number]] of out.entries()) {
      const changed = number ^ i;
      expect(changed).toBeGreaterThan(0);
      expect(changed & (changed - 1)).toBe(0);
    }
  });

  it('delays all, evenly between two bounds or by one time', async () => {
    expect((await passed({ out: { delay: 0.5 } }, 2)).out).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
    const times = (await passed({ in: { delay: [1, 2] } }, 200)).in.map(([, t]) => t);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...times)).toBeLessThan(2);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(0.8);
  });

  it('does to single datagrams what it is told, and nothing else', async () => {
    const { out } = await passed(
      { out: { loss: 1, at: { 1: 'duplicate', 2: { delay: 5 }, 3: 'drop', 4: ['corrupt', { delay: 9 }], 5: [] } } },
      8,
    );
    expect(out.map(([number, t]) => [number, t > 0.2 ? t : 0])).toEqual([
      [1, 0],
      [5, 0],
      [1, 0],
      [2, 5],
      [expect.any(Number), 9],
    ]);
    expect(out[4]?.[0]).not.toBe(4);
  });

  it('goes the same way for the same seed, each direction for itself', async () => {
    const plan: FaultPlan = {
      out: { loss: 0.3, duplication: 0.3, reordering: 0.3, corruption: 0.3 },
      in: { loss: 0.3 },
    };
    expect(await passed(plan, 200, 5)).toEqual(await passed(plan, 200, 5));
    expect((await passed(plan, 200, 5)).out).not.toEqual((await passed(plan, 200, 6)).out);
    expect((await passed({ in: { loss: 0.3 } }, 200, 5)).in).toEqual((await passed(plan, 200, 5)).in);
  });

  it('leaves an empty datagram alone when it corrupts', async () => {
    const clock = new VirtualClock();
    const network = memoryNetwork(clock);
    let length: number | undefined;
    network.link('far').onReceive((_from, datagram) => (length = datagram.length));
    const near = fault(network.link('near'), { out: { corruption: 1 } }, seeded(1), clock);
    await clock.run(async () => {
      near.send('far', new Uint8Array(0));
      await sleep(clock, 1);
    });
    expect(length).toBe(0);
  });

  it('closes the link beneath', async () => {
    const network = memoryNetwork(new VirtualClock());
    const near = fault(network.link('near'), {}, seeded(1), new VirtualClock());
    await near.close();
    expect(network.link('near').local).toBe('near');
  });
});
