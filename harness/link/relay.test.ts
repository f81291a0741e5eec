import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
import { sleep, VirtualClock } from '../base/clock.js';
import { failed, ok, unwrap, type Problem } from '../base/error.js';
import { memoryNetwork } from './memory.js';
import { relay, type Relay, type RelayOptions } from './relay.js';

/** A server that echoes, a relay before it, and two clients. */
function bench(open?: RelayOptions['open']) {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const told: string[] = [];
  const problems: Problem[] = [];
  const atServer: string[] = [];
  const lost: string[] = [];
  const server = network.link('server');
  server.onReceive((from, datagram) => {
    atServer.push(`${from} ${toHex(datagram)}`);
    server.send(from, datagram);
  });
  let count = 0;
  const middle: Relay = relay({
    front: network.link('front'),
    server: 'server',
    open: open ?? (() => Promise.resolve(ok(network.link(`up${++count}`)))),
    seen: (direction, client, datagram) => told.push(`${direction} ${client} ${toHex(datagram)}`),
    lost: (client, datagram) => lost.push(`${client} ${toHex(datagram)}`),
    failed: (problem) => problems.push(problem),
  });
  const client = (name: string): { send: (byte: number) => void; seen: string[] } => {
    const link = network.link(name);
    const seen: string[] = [];
    link.onReceive((from, datagram) => seen.push(`${from} ${toHex(datagram)}`));
    return { send: (byte) => link.send('front', Uint8Array.of(byte)), seen };
  };
  return { clock, network, middle, told, problems, atServer, lost, server, client, wait: () => sleep(clock, 1) };
}

describe('relay', () => {
  it('passes both directions on, each client by an address of its own that stays', async () => {
    const { clock, middle, told, atServer, client, wait } = bench();
    const [one, two] = [client('one'), client('two')];
    await clock.run(async () => {
      one.send(1);
      one.send(2); // before its link is open
      await wait();
      two.send(3);
      one.send(4);
      await wait();
    });
    expect(atServer).toEqual(['up1 01', 'up1 02', 'up2 03', 'up1 04']);
    expect([one.seen, two.seen]).toEqual([['front 01', 'front 02', 'front 04'], ['front 03']]);
    expect(told).toHaveLength(8);
    expect(told.slice(0, 4)).toEqual(['to-server one 01', 'to-server one 02', 'to-client one 01', 'to-client one 02']);
    expect([middle.local, middle.addressOf('one'), middle.addressOf('two'), middle.addressOf('three')]).toEqual([
      'front',
      'up1',
      'up2',
      undefined,
    ]);
  });

  it('gives a client another address; what goes to the old one is lost, and told', async () => {
    const { clock, middle, told, atServer, lost, server, client, wait } = bench();
    const one = client('one');
    await clock.run(async () => {
      one.send(1);
      await wait();
      expect(unwrap(await middle.rebind('one'))).toBe('up2');
      server.send('up1', Uint8Array.of(9));
      await wait();
      one.send(2);
      await wait();
    });
    expect(atServer).toEqual(['up1 01', 'up2 02']);
    expect(one.seen).toEqual(['front 01', 'front 02']);
    expect(lost).toEqual(['one 09']);
    expect(told.filter((text) => text.endsWith('09'))).toEqual([]);
    expect(await middle.rebind('nobody')).toMatchObject({ ok: false, problem: { code: 'relay-client' } });
  });

  it('lets nothing through that does not come from the server', async () => {
    const { clock, network, client, wait, told } = bench();
    const one = client('one');
    const stranger = network.link('stranger');
    await clock.run(async () => {
      one.send(1);
      await wait();
      stranger.send('up1', Uint8Array.of(7));
      await wait();
    });
    expect(one.seen).toEqual(['front 01']);
    expect(told).toHaveLength(2);
  });

  it('tells when a link cannot be opened, and tries again with the next datagram', async () => {
    let open = false;
    const stage = bench(() =>
      Promise.resolve(open ? ok(stage.network.link('up')) : failed({ code: 'link-socket', message: 'no socket' })),
    );
    const { clock, problems, atServer, client, wait } = stage;
    const one = client('one');
    await clock.run(async () => {
      one.send(1);
      await wait();
      open = true;
      one.send(2);
      await wait();
    });
    expect(problems.map(({ code }) => code)).toEqual(['link-socket']);
    expect(atServer).toEqual(['up 02']);
  });

  it('passes nothing on once it is closed, and frees its addresses', async () => {
    const { clock, network, middle, atServer, client, wait } = bench();
    const one = client('one');
    await clock.run(async () => {
      one.send(1);
      await wait();
      await middle.close();
      await middle.close();
      one.send(2);
      await wait();
    });
    expect(atServer).toEqual(['up1 01']);
    expect([network.link('front').local, network.link('up1').local]).toEqual(['front', 'up1']);
  });

  it('closes a link that opens after it was closed itself', async () => {
    const stage = bench(async () => {
      await sleep(stage.clock, 5);
      return ok(stage.network.link('late'));
    });
    const one = stage.client('one');
    await stage.clock.run(async () => {
      one.send(1);
      await stage.wait();
      await stage.middle.close();
      await sleep(stage.clock, 10);
    });
    expect(stage.atServer).toEqual([]);
    expect(stage.network.link('late').local).toBe('late');
  });
});
