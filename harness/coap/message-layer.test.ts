import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../base/bytes.js';
import { unwrap } from '../base/error.js';
import { uintOption, uriPath } from '../wire/coap/options.js';
import { HandPeer, Wire } from './testing/wire.js';
import type { Endpoint } from './endpoint.js';
import type { Outgoing } from './types.js';

const GET: Outgoing = { code: '0.01', options: uriPath('/3/0') };
const POST: Outgoing = { code: '0.02', options: uriPath('/3/0/4') };

/** An endpoint that counts, with a hand-made peer. */
function counting(handler?: () => Outgoing | undefined | Promise<Outgoing | undefined>): {
  wire: Wire;
  server: Endpoint;
  peer: HandPeer;
  count: () => number;
} {
  const wire = new Wire();
  const server = wire.endpoint('server');
  const peer = wire.peer('peer');
  let count = 0;
  server.onRequest(() => {
    count++;
    return handler ? handler() : { code: '2.04', payload: utf8(String(count)) };
  });
  return { wire, server, peer, count: () => count };
}

describe('a confirmable request', () => {
  it('is sent five times with doubled gaps and given up after 31 first timeouts', async () => {
    const firsts: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const wire = new Wire(seed);
      const client = wire.endpoint('client');
      const peer = wire.peer('peer');
      const result = await wire.run(() => client.request('peer', GET));
      expect(result).toMatchObject({ ok: false, problem: { code: 'coap-timeout', place: 'peer' } });
      expect(new Set(peer.seen.map(({ hex }) => hex)).size).toBe(1);
      const [t0 = 0, t1 = 0, ...more] = peer.seen.map(({ t }) => t);
      const first = t1 - t0;
      firsts.push(first);
      expect(more.map((t) => Math.round((t - t0) / first))).toEqual([3, 7, 15]);
      expect((wire.clock.now() - t0 + 0.001) / first).toBeCloseTo(31, 1);
    }
    expect(Math.min(...firsts)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...firsts)).toBeLessThanOrEqual(3);
    expect(Math.max(...firsts) - Math.min(...firsts)).toBeGreaterThan(0.5);
  });

  it('is not repeated after an empty ACK, and waits for its response as long as told', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const result = await wire.run(async () => {
      const asked = client.request('peer', GET, { within: 10 });
      const { message } = await peer.next();
      peer.send('client', { type: 'ACK', id: message.id });
      return asked;
    });
    expect(result).toMatchObject({ ok: false, problem: { code: 'coap-timeout' } });
    expect(peer.seen).toHaveLength(1);
    expect(wire.clock.now()).toBeCloseTo(10.002, 3);
  });

  it('ends with a Reset', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const result = await wire.run(async () => {
      const asked = client.request('peer', GET);
      peer.send('client', { type: 'RST', id: (await peer.next()).message.id });
      return asked;
    });
    expect(result).toMatchObject({ ok: false, problem: { code: 'coap-reset' } });
  });

  it('ignores ACKs and Resets with another Message ID, and from another peer', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const stranger = wire.peer('stranger');
    await wire.run(async () => {
      const asked = client.request('peer', GET);
      const { message } = await peer.next();
      peer.send('client', { type: 'RST', id: (message.id + 1) & 0xffff });
      peer.send('client', { type: 'ACK', id: (message.id + 1) & 0xffff });
      stranger.send('client', { type: 'RST', id: message.id });
      await peer.next(); // sent again
      peer.send('client', { type: 'ACK', id: message.id, token: message.token, code: '2.05' });
      expect(unwrap(await asked).message.code).toBe('2.05');
    });
  });

  it('waits until the one before it is settled (NSTART), for each peer', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const other = wire.peer('other');
    await wire.run(async () => {
      const [get, post] = [client.request('peer', GET), client.request('peer', POST)];
      void client.request('other', GET);
      const first = await peer.next();
      await other.next();
      await wire.sleep(1);
      expect(peer.rest).toEqual([]);
      // An empty ACK ends the interaction, although the response is still to come.
      peer.send('client', { type: 'ACK', id: first.message.id });
      const second = await peer.next();
      expect(second.message.code).toBe('0.02');
      peer.send('client', { type: 'ACK', id: second.message.id, token: second.message.token, code: '2.04' });
      peer.send('client', { type: 'NON', id: 1, token: first.message.token, code: '2.05' });
      expect(unwrap(await get).message.code).toBe('2.05');
      expect(unwrap(await post).message.code).toBe('2.04');
    });
  });

  it('may be outstanding more than once where NSTART says so', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { transmission: { nstart: 2 } });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      for (let i = 0; i < 3; i++) void client.request('peer', GET);
      await wire.sleep(1);
    });
    expect(peer.seen).toHaveLength(2);
  });

  it('follows other transmission parameters', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { transmission: { ackTimeout: 1, ackRandomFactor: 1, maxRetransmit: 2 } });
    const peer = wire.peer('peer');
    await wire.run(() => client.request('peer', GET));
    expect(peer.seen.map(({ t }) => Math.round(t))).toEqual([0, 1, 3]);
    expect(wire.clock.now()).toBeCloseTo(7, 2);
  });
});

describe('a non-confirmable request', () => {
  it('is sent once and lets the next one go after three seconds of silence', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const result = await wire.run(async () => {
      const asked = client.request('peer', { ...GET, confirmable: false }, { within: 20 });
      void client.request('peer', { ...POST, confirmable: false }, { within: 20 });
      return asked;
    });
    expect(result).toMatchObject({ ok: false, problem: { code: 'coap-timeout' } });
    expect(peer.seen.map(({ message, t }) => [message.type, message.code, Math.round(t)])).toEqual([
      ['NON', '0.01', 0],
      ['NON', '0.02', 3],
    ]);
    expect(wire.clock.now()).toBeCloseTo(20, 2);
  });

  it('ends with a Reset, and not with an ACK', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const result = await wire.run(async () => {
      const asked = client.request('peer', { ...GET, confirmable: false });
      const { message } = await peer.next();
      peer.send('client', { type: 'ACK', id: message.id });
      await wire.sleep(1);
      peer.send('client', { type: 'RST', id: message.id });
      return asked;
    });
    expect(result).toMatchObject({ ok: false, problem: { code: 'coap-reset' } });
    expect(wire.clock.now()).toBeGreaterThan(1);
  });
});

describe('a duplicate', () => {
  const request = '42 02 00 07 AB CD B1 33';

  it('of a confirmable request gets the same bytes, and the handler runs once', async () => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      const first = await peer.probe('server', request);
      expect(first).toEqual(['62440007abcdff31']);
      for (let i = 0; i < 3; i++) expect(await peer.probe('server', request)).toEqual(first);
      await wire.sleep(240);
      expect(await peer.probe('server', request)).toEqual(first);
    });
    expect(count()).toBe(1);
  });

  it('is a new request after EXCHANGE_LIFETIME', async () => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      await peer.probe('server', request);
      await wire.sleep(247);
      expect(await peer.probe('server', request)).toEqual(['62440007abcdff32']);
    });
    expect(count()).toBe(2);
  });

  it('is one of the same peer only', async () => {
    const { wire, peer, count } = counting();
    const other = wire.peer('other');
    await wire.run(async () => {
      await peer.probe('server', request);
      await other.probe('server', request);
    });
    expect(count()).toBe(2);
  });

  it('while the handler still runs gets an empty ACK, and the handler runs once', async () => {
    let answer: (out: Outgoing) => void = () => undefined;
    const { wire, peer, count } = counting(() => new Promise((resolve) => (answer = resolve)));
    await wire.run(async () => {
      peer.sendHex('server', request);
      await wire.sleep(0.1);
      expect(peer.seen).toEqual([]);
      peer.sendHex('server', request);
      expect((await peer.next()).hex).toBe('60000007');
      expect(await peer.probe('server', request)).toEqual(['60000007']);
      answer({ code: '2.04' });
      const response = await peer.next();
      expect(response.message).toMatchObject({ type: 'CON', code: '2.04' });
      expect(toHex(response.message.token)).toBe('abcd');
      peer.send('server', { type: 'ACK', id: response.message.id });
      expect(await peer.probe('server', request)).toEqual(['60000007']);
    });
    expect(count()).toBe(1);
  });

  it('of a non-confirmable request is ignored', async () => {
    const { wire, peer, count } = counting();
    const non = '52 02 00 07 AB CD B1 33';
    await wire.run(async () => {
      expect(await peer.probe('server', non)).toHaveLength(1);
      expect(await peer.probe('server', non)).toEqual([]);
      await wire.sleep(145);
      expect(await peer.probe('server', non)).toHaveLength(1);
    });
    expect(count()).toBe(2);
  });

  it('of a request that was ignored is a new one: whom it ignored it may listen to by now', async () => {
    let listens = false;
    const { wire, peer, count } = counting(() => (listens ? { code: '2.05' } : undefined));
    await wire.run(async () => {
      expect(await peer.probe('server', request)).toEqual([]);
      listens = true;
      expect(await peer.probe('server', request)).toHaveLength(1);
      expect(await peer.probe('server', request)).toHaveLength(1);
    });
    expect(count()).toBe(2);
  });

  it('of a separate response is acknowledged again', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', GET);
      const { message } = await peer.next();
      for (let i = 0; i < 3; i++) {
        peer.send('client', { type: 'CON', id: 9, token: message.token, code: '2.05' });
        expect((await peer.next()).message).toMatchObject({ type: 'ACK', code: '0.00', id: 9 });
      }
      expect((await asked).ok).toBe(true);
    });
  });
});

describe('what is no request', () => {
  it('answers a ping with a Reset', async () => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      expect(await peer.probe('server', '40 00 12 34')).toEqual(['70001234']);
    });
    expect(count()).toBe(0);
  });

  it('pings', async () => {
    const { wire, server } = counting();
    const client = wire.endpoint('client');
    await wire.run(async () => {
      expect(await client.ping('server')).toBe('reset');
      await server.close();
      expect(await client.ping('server')).toBe('timeout');
    });
  });

  it.each([
    ['6E 8D'],
    [''],
    ['40'],
    ['40 01'],
    ['40 01 00'],
    ['00 00 00 00'],
    ['80 01 00 01'],
    ['C0 01 00 01'],
    ['50 00 00 01'],
    ['60 00 00 01'],
    ['70 00 00 01'],
    ['51 01 00 01'],
    ['50 E1 00 01'],
    ['60 01 00 01'],
    ['70 45 00 01'],
    ['50 45 00 01'],
    ['60 45 00 01'],
    ['61 01 00 01'],
    ['71 01 00 01'],
  ])('ignores %s', async (hex) => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      expect(await peer.probe('server', hex)).toEqual([]);
      expect(await peer.probe('server', '40 00 12 34')).toEqual(['70001234']);
    });
    expect(count()).toBe(0);
  });

  it.each([
    ['41 00 00 00 00'],
    ['40 00 00 00 FF'],
    ['49 01 00 00 11 22 33 44 55 66 77 88 99'],
    ['48 01 00 00 AA'],
    ['4F 01 00 00'],
    ['4D 01 00 00'],
    ['4E 01 00 00 00'],
    ['40 01 00 00 F0 FF 00'],
    ['40 01 00 00 0F FF 01'],
    ['40 01 00 00 D0'],
    ['40 01 00 00 E0 00'],
    ['40 01 00 00 0D'],
    ['40 01 00 00 0E FF FF'],
    ['40 01 00 00 E1 FE F2 00 E1 FE F2 00'],
    ['40 01 00 00 BF 30'],
    ['40 01 00 00 B1 33 FF'],
    ['40 20 00 00'],
    ['40 E1 00 00'],
    ['40 45 00 00'],
    ['42 45 00 00 AA BB'],
  ])('resets %s', async (hex) => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      expect(await peer.probe('server', hex)).toEqual(['70000000']);
      expect(await peer.probe('server', '40 02 00 01 B1 33')).toEqual(['60440001ff31']);
    });
    expect(count()).toBe(1);
  });

  it('resets requests while there is no handler', async () => {
    const wire = new Wire();
    wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      expect(await peer.probe('client', '40 01 00 09')).toEqual(['70000009']);
      expect(await peer.probe('client', '50 01 00 0A')).toEqual([]);
    });
  });
});

describe('options', () => {
  it.each([
    ['unknown and critical', '40 02 00 01 D1 1C 58 FF AA'],
    ['Proxy-Scheme', '40 02 00 01 D1 1A 58 FF AA'],
    ['If-Match', '40 03 00 01 10'],
    ['critical and of a length not allowed', '40 02 00 01 D3 04 00 00 00'],
    ['critical and one too many', '40 02 00 01 D1 04 3C 01 3C'],
    ['a Block2 of four bytes', '40 01 00 01 D4 0A 00 00 00 06'],
  ])('that are %s make a request 4.02', async (_what, hex) => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      const [answer] = await peer.probe('server', hex);
      expect(answer?.slice(0, 8)).toBe('60820001');
      expect(await peer.probe('server', hex)).toEqual([answer]);
      expect(await peer.probe('server', hex.replace('40', '50'))).toEqual([]);
    });
    expect(count()).toBe(0);
  });

  it('that are unknown and elective are ignored', async () => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      expect(await peer.probe('server', '40 02 00 01 D0 1B FF AA')).toEqual(['60440001ff31']);
      expect(await peer.probe('server', '40 02 00 02 C3 01 02 03')).toEqual(['60440002ff32']);
    });
    expect(count()).toBe(2);
  });

  it('that the handler knows are left to it', async () => {
    const wire = new Wire();
    wire.endpoint('server', { knownCritical: [1, 41] }).onRequest(() => ({ code: '4.12' }));
    const peer = wire.peer('peer');
    await wire.run(async () => {
      expect(await peer.probe('server', '40 02 00 01 10 D0 1B')).toEqual(['608c0001']);
    });
  });

  it('make an unknown method 4.05', async () => {
    const { wire, peer, count } = counting();
    await wire.run(async () => {
      expect(await peer.probe('server', '40 08 00 01')).toEqual(['60850001']);
      expect(await peer.probe('server', '40 1F 00 02')).toEqual(['60850002']);
    });
    expect(count()).toBe(0);
  });

  it.each(['CON', 'NON', 'ACK'] as const)('that are unknown and critical reject a %s response', async (type) => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', GET);
      const { message } = await peer.next();
      peer.send('client', {
        type,
        code: '2.05',
        id: type === 'ACK' ? message.id : 5,
        token: message.token,
        options: [uintOption(41, 1)],
      });
      expect(await asked).toMatchObject({ ok: false, problem: { code: 'coap-bad-option' } });
      await wire.sleep(1);
      expect(peer.rest.map(({ message: reply }) => reply.type)).toEqual(type === 'CON' ? ['RST'] : []);
    });
  });
});

describe('Message IDs and tokens', () => {
  it('are not used twice within EXCHANGE_LIFETIME', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const ids = new Set<number | undefined>();
    for (let i = 0; i < 65_000; i++) ids.add(client.nextMessageId('peer'));
    expect(ids.size).toBe(65_000);
    for (let i = 0; i < 2_000; i++) ids.add(client.nextMessageId('peer'));
    expect(ids.has(undefined)).toBe(true);
    expect(client.nextMessageId('other')).toBeDefined();
    expect(await client.request('peer', GET)).toMatchObject({ ok: false, problem: { code: 'coap-message-ids' } });
    expect(await client.notify('peer', utf8('t'), 1, { code: '2.05' })).toBe('timeout');
    await wire.run(() => wire.sleep(247.1));
    expect(client.nextMessageId('peer')).toBeDefined();
  });

  it('start anywhere', () => {
    const starts = new Set<number | undefined>();
    for (let seed = 0; seed < 50; seed++) starts.add(new Wire(seed).endpoint('client').nextMessageId('peer'));
    expect(starts.size).toBeGreaterThan(45);
  });

  it('are random tokens of the length told, more where that is not enough', () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { tokenLength: 8 });
    expect(client.nextToken('peer', () => false)).toHaveLength(8);
    expect(client.nextToken('peer', () => false)).not.toEqual(client.nextToken('peer', () => false));
    const bare = wire.endpoint('bare', { tokenLength: 0 });
    expect(bare.nextToken('peer', () => false)).toHaveLength(0);
    expect(bare.nextToken('peer', (token) => token.length === 0)).toHaveLength(1);
  });

  it.each([0, 1, 8])('of %i bytes carry several requests at a time', async (tokenLength) => {
    const wire = new Wire();
    const client = wire.endpoint('client', { tokenLength, transmission: { nstart: 4 } });
    wire.endpoint('server').onRequest(async ({ message }) => {
      await wire.sleep(message.payload.length);
      return { code: '2.05', payload: message.payload };
    });
    const answers = await wire.run(() =>
      Promise.all(['aaa', 'b', 'cc', ''].map((text) => client.request('server', { ...POST, payload: utf8(text) }))),
    );
    expect(answers.map((answer) => unwrap(answer).message.payload)).toEqual(['aaa', 'b', 'cc', ''].map(utf8));
  });
});
