import { describe, expect, it } from 'vitest';
import { sleep, VirtualClock } from '../base/clock.js';
import { failed, ok, type Result } from '../base/error.js';
import type { Address, Link } from './link.js';
import { memoryNetwork } from './memory.js';
import { namedLink } from './named.js';

const ONE = '192.0.2.1:5684';
const OTHER = '192.0.2.2:5684';
const NAME = 'server.example.com:5684';

/** A client that knows names, servers at two addresses that echo, and what came to whom. */
function bench(): {
  readonly clock: VirtualClock;
  readonly client: Link;
  readonly heard: string[];
  readonly asked: Address[];
  readonly problems: string[];
  readonly table: Map<Address, Result<Address>>;
} {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const heard: string[] = [];
  const asked: Address[] = [];
  const problems: string[] = [];
  const table = new Map<Address, Result<Address>>([[NAME, ok(ONE)]]);
  for (const address of [ONE, OTHER]) {
    const server = network.link(address);
    server.onReceive((from, datagram) => {
      heard.push(`${address} ${datagram.join()}`);
      server.send(from, datagram);
    });
  }
  const client = namedLink({
    link: network.link('client:1'),
    clock,
    resolve: (address) => {
      asked.push(address);
      return Promise.resolve(table.get(address) ?? failed({ code: 'link-name', message: 'nobody', place: address }));
    },
    failed: ({ code, place }) => problems.push(`${code} ${place ?? ''}`),
  });
  client.onReceive((from, datagram) => heard.push(`client from ${from} ${datagram.join()}`));
  return { clock, client, heard, asked, problems, table };
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('namedLink', () => {
  it('looks a name up once, keeps the order, and hears the answers under that name', async () => {
    const { clock, client, heard, asked } = bench();
    client.send(NAME, bytes(1));
    client.send(NAME, bytes(2));
    await clock.run(() => sleep(clock, 1));
    client.send(NAME, bytes(3));
    await clock.run(() => sleep(clock, 1));
    expect(heard.filter((line) => line.startsWith(ONE))).toEqual([`${ONE} 1`, `${ONE} 2`, `${ONE} 3`]);
    expect(heard.filter((line) => line.startsWith('client'))).toEqual([1, 2, 3].map((n) => `client from ${NAME} ${n}`));
    expect(asked).toEqual([NAME]);
  });

  it('sends to numbers at once, and hears them as numbers, whatever names they had', async () => {
    const { clock, client, heard, asked } = bench();
    client.send(NAME, bytes(1));
    await clock.run(() => sleep(clock, 1));
    client.send(ONE, bytes(2));
    await clock.run(() => sleep(clock, 1));
    expect(heard.slice(-2)).toEqual([`${ONE} 2`, `client from ${ONE} 2`]);
    expect(asked).toEqual([NAME]);
  });

  it('loses what goes to a name that leads nowhere, says so, and asks again the next time', async () => {
    const { clock, client, heard, problems, table } = bench();
    client.send('gone.example.com:5684', bytes(1));
    await clock.run(() => sleep(clock, 1));
    table.set('gone.example.com:5684', ok(OTHER));
    client.send('gone.example.com:5684', bytes(2));
    await clock.run(() => sleep(clock, 1));
    expect(problems).toEqual(['link-name gone.example.com:5684']);
    expect(heard[0]).toBe(`${OTHER} 2`);
  });

  it('follows a name that moved after a minute of silence, never within a conversation', async () => {
    const { clock, client, heard, table } = bench();
    client.send(NAME, bytes(1));
    await clock.run(() => sleep(clock, 1));
    table.set(NAME, ok(OTHER));
    await clock.run(() => sleep(clock, 50));
    client.send(NAME, bytes(2));
    await clock.run(() => sleep(clock, 50));
    client.send(NAME, bytes(3));
    await clock.run(() => sleep(clock, 61));
    client.send(NAME, bytes(4));
    await clock.run(() => sleep(clock, 1));
    const reached = heard.filter((line) => !line.startsWith('client'));
    expect(reached).toEqual([`${ONE} 1`, `${ONE} 2`, `${ONE} 3`, `${OTHER} 4`]);
    expect(heard.at(-1)).toBe(`client from ${NAME} 4`);
  });

  it('keeps sixteen datagrams for a name that is being looked up, and none once it is closed', async () => {
    const { clock, client, heard } = bench();
    for (let n = 0; n < 20; n++) client.send(NAME, bytes(n));
    await clock.run(() => sleep(clock, 1));
    expect(heard.filter((line) => line.startsWith(ONE))).toHaveLength(16);
    client.send('other.example.com:1', bytes(0));
    await client.close();
    await clock.run(() => sleep(clock, 1));
    expect(heard.filter((line) => line.startsWith(ONE))).toHaveLength(16);
  });
});
