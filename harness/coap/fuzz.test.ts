import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../base/bytes.js';
import { seeded, type Random } from '../base/random.js';
import { encodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { blockOption, OptionNumber, uintOption, uriPath } from '../wire/coap/options.js';
import { Wire } from './testing/wire.js';

const empty = new Uint8Array(0);
const token = utf8('tok');

/** Sound messages of every kind, to be spoilt. */
const SEEDS: readonly CoapMessage[] = [
  { type: 'CON', code: '0.01', id: 1, token, options: uriPath('/3/0/9'), payload: empty },
  {
    type: 'NON',
    code: '0.02',
    id: 2,
    token,
    options: [...uriPath('/rd'), uintOption(12, 40)],
    payload: utf8('</1/0>'),
  },
  {
    type: 'CON',
    code: '0.03',
    id: 3,
    token,
    options: [...uriPath('/5/0/0'), blockOption(27, { num: 0, more: true, szx: 0 })],
    payload: new Uint8Array(16),
  },
  {
    type: 'CON',
    code: '0.03',
    id: 4,
    token,
    options: [...uriPath('/5/0/0'), blockOption(27, { num: 1, more: false, szx: 0 })],
    payload: utf8('end'),
  },
  {
    type: 'CON',
    code: '0.01',
    id: 5,
    token,
    options: [...uriPath('/3'), blockOption(23, { num: 2, more: false, szx: 1 })],
    payload: empty,
  },
  {
    type: 'CON',
    code: '0.01',
    id: 6,
    token,
    options: [uintOption(OptionNumber.observe, 0), ...uriPath('/3/0')],
    payload: empty,
  },
  { type: 'CON', code: '2.05', id: 7, token, options: [uintOption(OptionNumber.observe, 9)], payload: utf8('99') },
  {
    type: 'NON',
    code: '2.05',
    id: 8,
    token,
    options: [uintOption(OptionNumber.observe, 9), blockOption(23, { num: 0, more: true, szx: 0 })],
    payload: new Uint8Array(16),
  },
  { type: 'ACK', code: '2.04', id: 9, token, options: [], payload: empty },
  { type: 'RST', code: '0.00', id: 10, token: empty, options: [], payload: empty },
  { type: 'ACK', code: '0.00', id: 11, token: empty, options: [], payload: empty },
];

function spoilt(random: Random): Uint8Array {
  if (random.next() < 0.3) {
    const bytes = random.bytes(random.integer(40));
    if (bytes.length > 0 && random.next() < 0.9) bytes[0] = ((bytes[0] ?? 0) & 0x37) | 0x40;
    return bytes;
  }
  const seed = SEEDS[random.integer(SEEDS.length)];
  const bytes = seed ? encodeMessage({ ...seed, id: random.integer(65_536) }) : empty;
  for (let n = random.integer(3); n > 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
  return random.next() < 0.2 ? bytes.slice(0, random.integer(bytes.length + 1)) : bytes;
}

describe('an endpoint that is sent 20,000 random and spoilt datagrams', () => {
  it('never throws and goes on to answer, to ask and to observe', async () => {
    const wire = new Wire();
    const random = seeded(20_000);
    const endpoint = wire.endpoint('endpoint');
    const peer = wire.peer('peer');
    const friend = wire.endpoint('friend');
    friend.onRequest(() => ({ code: '2.05', payload: new Uint8Array(3_000) }));
    endpoint.onRequest(async ({ message }) => {
      if (message.id % 5 === 0) await wire.sleep(0.7);
      return {
        code: '2.05',
        options: message.options.filter(({ number }) => number === OptionNumber.observe),
        payload: new Uint8Array(message.id % 100),
      };
    });
    await wire.run(async () => {
      // The peer's datagrams meet requests, observations and notifications that are underway.
      void endpoint.request(
        'peer',
        { code: '0.01', token, options: [uintOption(OptionNumber.observe, 0)] },
        { onNotification: () => undefined, within: 1e6 },
      );
      for (let i = 0; i < 20_000; i++) {
        peer.sendHex('endpoint', toHex(spoilt(random)));
        if (i % 20 === 0) await wire.sleep(0.05);
        if (i % 500 === 0) void endpoint.notify('peer', token, i, { code: '2.05', payload: new Uint8Array(2_000) });
        if (i % 700 === 0)
          void endpoint.request('peer', { code: '0.02', token, payload: new Uint8Array(3_000) }, { within: 5 });
        if (i % 5_000 === 4_999) {
          const answer = await endpoint.request('friend', { code: '0.01' });
          expect(answer.ok && answer.value.message.payload.length).toBe(3_000);
          expect(await friend.ping('endpoint')).toBe('reset');
          const asked = await friend.request('endpoint', { code: '0.01', options: uriPath('/3/0') });
          expect(asked.ok && asked.value.message.code).toBe('2.05');
        }
      }
    });
    expect(peer.seen.length).toBeGreaterThan(5_000);
  }, 60_000);

  it('survives every prefix of a sound request', async () => {
    const wire = new Wire();
    wire.endpoint('endpoint').onRequest(() => ({ code: '2.04' }));
    const peer = wire.peer('peer');
    const whole = fromHex('44 03 12 34 AA BB CC DD B1 33 01 30 11 2A 6E 00 01 FF 01 02') ?? empty;
    await wire.run(async () => {
      for (let length = 0; length < whole.length; length++) {
        for (const answer of await peer.probe('endpoint', toHex(whole.subarray(0, length))))
          expect(answer).toMatch(/^(70001234|64..1234)/);
        expect(await peer.probe('endpoint', '40 00 00 01')).toEqual(['70000001']);
      }
    });
  });
});
