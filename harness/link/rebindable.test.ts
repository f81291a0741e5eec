import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
import { sleep, VirtualClock } from '../base/clock.js';
import { memoryNetwork } from './memory.js';
import { rebindable } from './rebindable.js';

function bench() {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const lost: string[] = [];
  const seen: string[] = [];
  const atServer: string[] = [];
  const link = rebindable(network.link('old'), (from, datagram) => lost.push(`${from} ${toHex(datagram)}`));
  const server = network.link('server');
  server.onReceive((from, datagram) => atServer.push(`${from} ${toHex(datagram)}`));
  const receive = (): void => link.onReceive((from, datagram) => seen.push(`${from} ${toHex(datagram)}`));
  return { clock, network, link, lost, seen, atServer, server, receive };
}

describe('a link that is rebound', () => {
  it('sends and receives at its new address, and tells what came to the old one', async () => {
    const { clock, network, link, lost, seen, atServer, server, receive } = bench();
    receive();
    await clock.run(async () => {
      link.send('server', Uint8Array.of(1));
      server.send('old', Uint8Array.of(2));
      await sleep(clock, 1);
      link.rebind(network.link('new'));
      link.send('server', Uint8Array.of(3));
      server.send('old', Uint8Array.of(4));
      server.send('new', Uint8Array.of(5));
      await sleep(clock, 1);
    });
    expect(atServer).toEqual(['old 01', 'new 03']);
    expect(seen).toEqual(['server 02', 'server 05']);
    expect(lost).toEqual(['server 04']);
    expect(link.local).toBe('new');
  });

  it('can be listened to only once it is rebound, and frees all its addresses in the end', async () => {
    const { clock, network, link, seen, server, receive } = bench();
    link.rebind(network.link('new'));
    receive();
    await clock.run(async () => {
      server.send('new', Uint8Array.of(1));
      await sleep(clock, 1);
    });
    expect(seen).toEqual(['server 01']);
    await link.close();
    expect([network.link('old').local, network.link('new').local]).toEqual(['old', 'new']);
  });
});
