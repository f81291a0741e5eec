import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.js';

describe('parseAddress', () => {
  it.each([
    ['127.0.0.1:5683', '127.0.0.1', 5683],
    ['[::1]:5684', '::1', 5684],
    ['[fe80::1%eth0]:0', 'fe80::1%eth0', 0],
    ['device.local:65535', 'device.local', 65_535],
  ])('reads %s, and formatAddress writes it', (text, host, port) => {
    expect(parseAddress(text)).toEqual({ ok: true, value: { host, port } });
    expect(formatAddress({ host, port })).toBe(text);
  });

  it.each([
    ['', 0],
    ['localhost', 9],
    ['::1:5683', 0],
    ['[::1]', 0],
    ['[::1]5683', 0],
    ['[127.0.0.1]:5683', 0],
    [':5683', 0],
    ['[]:5683', 1],
    ['a b:5683', 0],
    ['coap://host:5683', 0],
    ['host:', 5],
    ['host:x', 5],
    ['host:65536', 5],
    ['host:-1', 5],
  ])('refuses %j at %i', (text, at) => {
    expect(parseAddress(text)).toMatchObject({ ok: false, problem: { code: 'link-address', place: text, at } });
  });
});
