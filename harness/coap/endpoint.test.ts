import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { RealClock } from '../base/clock.js';
import { unwrap } from '../base/error.js';
import { seeded } from '../base/random.js';
import { udpLink } from '../link/udp.js';
import { getPath, getUint, OptionNumber, uintOption, uriPath } from '../wire/coap/options.js';
import { Endpoint } from './index.js';
import type { IncomingResponse } from './types.js';

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

async function overSockets(host: string): Promise<void> {
  const clock = new RealClock();
  const client = new Endpoint({ link: unwrap(await udpLink({ host })), clock, random: seeded(1), blockSize: 64 });
  const server = new Endpoint({ link: unwrap(await udpLink({ host })), clock, random: seeded(2), blockSize: 64 });
  const observe = OptionNumber.observe;
  server.onRequest(({ message, from }) => {
    expect(from).toBe(client.local);
    if (getPath(message) === '/3/0/9') return { code: '2.05', options: [uintOption(observe, 1)], payload: utf8('100') };
    return { code: '2.04', payload: message.payload };
  });

  const payload = utf8('0123456789'.repeat(50));
  const answer = unwrap(await client.request(server.local, { code: '0.02', options: uriPath('/3/0'), payload }));
  expect([answer.from, answer.message.code, answer.message.payload]).toEqual([server.local, '2.04', payload]);

  const token = utf8('t');
  const notified = new Promise<IncomingResponse>((resolve) => {
    const out = { code: '0.01', token, options: [uintOption(observe, 0), ...uriPath('/3/0/9')] };
    void client
      .request(server.local, out, { onNotification: resolve })
      .then(() => server.notify(client.local, token, 2, { code: '2.05', payload: utf8('99') }));
  });
  const { message } = await notified;
  expect([getUint(message, observe), message.payload]).toEqual([2, utf8('99')]);

  expect(await client.ping(server.local)).toBe('reset');
  await Promise.all([client.close(), server.close()]);
}

describe('two endpoints over sockets', () => {
  it('ask, answer, observe and ping over IPv4', () => overSockets('127.0.0.1'));

  it.skipIf(!hasIpv6)('ask, answer, observe and ping over IPv6 (skipped where the machine has no ::1)', () =>
    overSockets('::1'),
  );
});
