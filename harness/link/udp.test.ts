import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { unwrap } from '../base/error.js';
import type { Address, Link } from './link.js';
import { relay } from './relay.js';
import { resolveAddress, udpLink, type UdpOptions } from './udp.js';

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

const open: Link[] = [];
async function link(options?: UdpOptions): Promise<Link> {
  const opened = unwrap(await udpLink(options));
  open.push(opened);
  return opened;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const arrival = (at: Link): Promise<[Address, Uint8Array]> =>
  new Promise((resolve) => at.onReceive((from, datagram) => resolve([from, datagram])));

async function roundTrip(host: string): Promise<void> {
  const [a, b] = [await link({ host }), await link({ host })];
  const atB = arrival(b);
  a.send(b.local, Uint8Array.of(1, 2, 3));
  const [from, datagram] = await atB;
  expect(from).toBe(a.local);
  expect(datagram).toEqual(Uint8Array.of(1, 2, 3));
  expect(Buffer.isBuffer(datagram)).toBe(false);
  const atA = arrival(a);
  b.send(from, new Uint8Array(0));
  expect(await atA).toEqual([b.local, new Uint8Array(0)]);
}

describe('udpLink', () => {
  it('carries datagrams over IPv4', async () => {
    await roundTrip('127.0.0.1');
    expect((await link()).local).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  // A machine without ::1 has no IPv6 to test with.
  it.skipIf(!hasIpv6)('carries datagrams over IPv6 (skipped where the machine has no ::1)', async () => {
    await roundTrip('::1');
    expect((await link({ host: '::1' })).local).toMatch(/^\[::1\]:\d+$/);
  });

  it('stands behind a relay', async () => {
    const server = await link();
    server.onReceive((from, datagram) => server.send(from, datagram));
    const middle = relay({ front: await link(), server: server.local, open: () => udpLink() });
    const client = await link();
    for (let i = 0; i < 2; i++) {
      const echoed = arrival(client);
      client.send(middle.local, Uint8Array.of(i));
      expect(await echoed).toEqual([middle.local, Uint8Array.of(i)]);
      const before = middle.addressOf(client.local);
      expect(unwrap(await middle.rebind(client.local))).not.toBe(before);
    }
    await middle.close();
  });

  it('says that a port is in use', async () => {
    const { local } = await link();
    const result = await udpLink({ port: Number(local.split(':')[1]) });
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'link-address-in-use', place: local, hint: expect.any(String) },
    });
  });

  it.each<[string, UdpOptions]>([
    ['link-address-unavailable', { host: '192.0.2.1' }],
    ['link-address', { host: 'localhost' }],
    ['link-address', { host: '' }],
    ['link-address', { port: 65_536 }],
    ['link-address', { port: -1 }],
    ['link-address', { port: 1.5 }],
  ])('fails with %s for %o', async (code, options) => {
    expect(await udpLink(options)).toMatchObject({ ok: false, problem: { code } });
  });

  it('loses what cannot be sent, and stays usable', async () => {
    const [a, b] = [await link(), await link()];
    for (const to of ['[::1]:5683', 'localhost:5683', 'nonsense', '', '127.0.0.1:0', '256.0.0.1:1'])
      a.send(to, Uint8Array.of(1));
    a.send(b.local, new Uint8Array(100_000));
    const arrived = arrival(b);
    a.send(b.local, Uint8Array.of(7));
    expect(await arrived).toEqual([a.local, Uint8Array.of(7)]);
  });

  it('ignores what is sent after it was closed, and may be closed twice', async () => {
    const a = await link();
    await Promise.all([a.close(), a.close()]);
    await a.close();
    a.send('127.0.0.1:5683', Uint8Array.of(1));
    const again = await link({ port: Number(a.local.split(':')[1]) });
    expect(again.local).toBe(a.local);
  });
});

describe('resolveAddress', () => {
  it.each([
    ['127.0.0.1:5683', '127.0.0.1:5683'],
    ['[0:0:0:0:0:0:0:1]:5683', '[::1]:5683'],
    ['[FE80:0::0001]:1', '[fe80::1]:1'],
  ])('gives %s as %s', async (text, address) => {
    expect(await resolveAddress(text)).toEqual({ ok: true, value: address });
  });

  it('looks a name up', async () => {
    expect(unwrap(await resolveAddress('localhost:5683'))).toMatch(/^(127\.0\.0\.1|\[::1\]):5683$/);
  });

  it('fails for what leads nowhere', async () => {
    expect(await resolveAddress('no.such.name.invalid:1')).toMatchObject({ ok: false, problem: { code: 'link-name' } });
    expect(await resolveAddress('no port')).toMatchObject({ ok: false, problem: { code: 'link-address' } });
  });
});
