import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
import { sleep, VirtualClock } from '../base/clock.js';
import { ProblemError } from '../base/error.js';
import type { Address } from '../link/link.js';
import { memoryAddresses, memoryNetwork } from '../link/memory.js';
import { Interrupt } from './interrupt.js';
import { Stand } from './stand.js';

/** A stand on a memory network, with parties of others beside it. */
function bench(clientIsOurs: boolean, hasLinks = true) {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const addresses = memoryAddresses();
  const seen: string[] = [];
  const notes: string[] = [];
  const plan = {
    clock,
    network: (peer: string, another?: 'another') =>
      hasLinks || another === undefined
        ? Promise.resolve(network.link(addresses(peer, another)))
        : Promise.reject(new ProblemError({ code: 'link-socket', message: 'no socket' })),
  };
  const stand = new Stand(plan, clientIsOurs, {
    seen: (from, to, bytes, astray) => seen.push(`${from} ${to} ${toHex(bytes)}${astray ? ' astray' : ''}`),
    protectedSeen: () => undefined,
    security: () => undefined,
    note: (text) => notes.push(text),
  });
  /** A party of another's, which answers with the same byte and a 1 before it. */
  const foreign = (address: Address) => {
    const link = network.link(address);
    const from: Address[] = [];
    link.onReceive((peer, datagram) => {
      from.push(peer);
      if (datagram.length === 1) link.send(peer, Uint8Array.of(1, datagram[0] ?? 0));
    });
    return { link, from };
  };
  return { clock, network, stand, seen, notes, foreign, wait: () => sleep(clock, 1) };
}

describe('a client of others before a server of others', () => {
  it('is seen at a relay, once for each datagram, and can get another address', async () => {
    const { clock, stand, seen, foreign, wait } = bench(false);
    const server = foreign('theirs');
    const client = foreign('device');
    await clock.run(async () => {
      const front = await stand.reached('server', 'theirs');
      expect(front).not.toBe('theirs');
      client.link.send(front, Uint8Array.of(5));
      await wait();
      const [old = ''] = server.from;
      await stand.rebind();
      server.link.send(old, Uint8Array.of(6));
      await wait();
      client.link.send(front, Uint8Array.of(7));
      await wait();
      expect(server.from[1]).not.toBe(old);
      await stand.close();
    });
    expect(seen).toEqual([
      'client server 05',
      'server client 0105',
      'server client 06 astray',
      'client server 07',
      'server client 0107',
    ]);
  });

  it('leaves a note where the relay gets no link', async () => {
    const { clock, stand, seen, notes, foreign, wait } = bench(false, false);
    foreign('theirs');
    const client = foreign('device');
    await clock.run(async () => {
      client.link.send(await stand.reached('server', 'theirs'), Uint8Array.of(5));
      await wait();
    });
    expect(notes).toEqual([expect.stringContaining('no socket')]);
    expect(seen).toEqual(['client server 05']);
  });
});

describe('a client of ours that gets another address', () => {
  it('is lost to a server of others that stays with the old one', async () => {
    const { clock, stand, seen, foreign, wait } = bench(true);
    const server = foreign('theirs');
    await clock.run(async () => {
      const client = await stand.link('client');
      expect(await stand.reached('server', 'theirs')).toBe('theirs');
      client.send('theirs', Uint8Array.of(5));
      await wait();
      await stand.rebind();
      server.link.send('client:5683', Uint8Array.of(6));
      client.send('theirs', Uint8Array.of(7));
      await wait();
    });
    expect(server.from).toEqual(['client:5683', 'client:49152']);
    expect(seen).toEqual([
      'client server 05',
      'server client 0105',
      'client server 07',
      'server client 06 astray',
      'server client 0107',
    ]);
  });

  it('is seen to be lost at a server of ours, once', async () => {
    const { clock, stand, seen, wait } = bench(true);
    await clock.run(async () => {
      const server = await stand.link('server');
      await stand.reached('server', server.local);
      await stand.link('client');
      await stand.rebind();
      server.send('client:5683', Uint8Array.of(6, 6));
      server.send('client:49152', Uint8Array.of(7, 7));
      await wait();
    });
    expect(seen).toEqual(['server client 0606 astray', 'server client 0707']);
  });
});

describe('a client of others before a server of ours', () => {
  it('has nothing before it that could give it another address', async () => {
    const { stand } = bench(false);
    const server = await stand.link('server');
    expect(await stand.reached('server', server.local)).toBe(server.local);
    await expect(stand.rebind()).rejects.toThrow(Interrupt);
    await expect(stand.rebind()).rejects.toMatchObject({ verdict: 'not-applicable' });
  });
});
