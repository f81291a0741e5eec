import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
import { sleep, VirtualClock } from '../base/clock.js';
import { ProblemError } from '../base/error.js';
import type { Link } from './link.js';
import { memoryNetwork } from './memory.js';
import { tap } from './tap.js';

/** Collects what arrives at a link as `from hex time`. */
function arrivals(link: Link, clock: VirtualClock): string[] {
  const seen: string[] = [];
  link.onReceive((from, datagram) => seen.push(`${from} ${toHex(datagram)} ${clock.now()}`));
  return seen;
}

describe('memoryNetwork', () => {
  it('delivers in order after the latency, to the address alone', async () => {
    const clock = new VirtualClock();
    const network = memoryNetwork(clock, { latency: 0.25 });
    const [a, b, c] = [network.link('a'), network.link('b'), network.link('c')];
    const [atA, atB, atC] = [arrivals(a, clock), arrivals(b, clock), arrivals(c, clock)];
    await clock.run(async () => {
      a.send('b', Uint8Array.of(1));
      a.send('b', Uint8Array.of(2));
      b.send('a', Uint8Array.of(3));
      a.send('nobody', Uint8Array.of(4));
      await sleep(clock, 1);
    });
    expect([atA, atB, atC]).toEqual([['b 03 0.25'], ['a 01 0.25', 'a 02 0.25'], []]);
  });

  it('delivers what was sent, whatever the sender does to its bytes afterwards', async () => {
    const clock = new VirtualClock();
    const network = memoryNetwork(clock);
    const seen = arrivals(network.link('b'), clock);
    const bytes = Uint8Array.of(1);
    await clock.run(async () => {
      network.link('a').send('b', bytes);
      bytes[0] = 9;
      await sleep(clock, 1);
    });
    expect(seen).toEqual(['a 01 0.001']);
  });

  it('lets an address go when its link is closed, with what was on its way', async () => {
    const clock = new VirtualClock();
    const network = memoryNetwork(clock);
    const [a, b] = [network.link('a'), network.link('b')];
    const seen = arrivals(b, clock);
    expect(() => network.link('b')).toThrow(ProblemError);
    await clock.run(async () => {
      a.send('b', Uint8Array.of(1));
      await b.close();
      await b.close();
      b.send('a', Uint8Array.of(2));
      await sleep(clock, 1);
      const again = arrivals(network.link('b'), clock);
      await b.close(); // it is not its address any more
      a.send('b', Uint8Array.of(3));
      await sleep(clock, 1);
      expect([seen, again]).toEqual([[], ['a 03 1.001']]);
    });
  });
});

describe('tap', () => {
  it('tells both directions in order, and changes nothing', async () => {
    const clock = new VirtualClock();
    const network = memoryNetwork(clock);
    const told: string[] = [];
    const a = tap(network.link('a'), (direction, peer, datagram) =>
      told.push(`${direction} ${peer} ${toHex(datagram)}`),
    );
    const b = network.link('b');
    const [atA, atB] = [arrivals(a, clock), arrivals(b, clock)];
    expect(a.local).toBe('a');
    await clock.run(async () => {
      a.send('b', Uint8Array.of(1));
      await sleep(clock, 1);
      b.send('a', Uint8Array.of(2));
      await sleep(clock, 1);
      await a.close();
      b.send('a', Uint8Array.of(3));
      await sleep(clock, 1);
    });
    expect(told).toEqual(['out b 01', 'in b 02']);
    expect([atA, atB]).toEqual([['b 02 1.001'], ['a 01 0.001']]);
  });
});
