import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8, concatBytes } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { openAead, sealAead } from './aead.js';
import { ecdhePskPremaster, pskPremaster, writeKeys } from './key-schedule.js';
import { prf } from './prf.js';
import { makeProtection } from './protection.js';
import { SUITES } from './suites.js';

const hex = (text: string): Uint8Array => {
  const bytes = fromHex(text);
  if (!bytes) throw new Error('not hexadecimal');
  return bytes;
};

describe('the PRF', () => {
  // `openssl kdf -keylen N -kdfopt digest:SHA2-256 -kdfopt hexsecret:… -kdfopt hexseed:LABEL||SEED TLS1-PRF`, OpenSSL 3.0.
  const secret = hex('0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20');
  const seed = hex('a0a1a2a3a4a5a6a7');
  it.each([
    [
      'master secret',
      '20719aeae2f80b578fc193907eaf8000240ee84329f40ef0233ad6c7d169f7c200a2b8e2e998159e889652c199b9c071',
    ],
    [
      'extended master secret',
      '312af564feadcd5959834b2f3562b8770f67e7d0316f02d586574252c252f7a687a8411d0f220a157b486fec66831af5',
    ],
    ['key expansion', '09fb3554ce2624f33d1cf1befbd0d2590ed9cb02ac3392d820ecb85cbdfe0eb824799a5e420a2ae9'],
    ['client finished', 'e334a0a4c68a39b796878417'],
  ])('gives what OpenSSL gives for "%s"', (label, expected) => {
    expect(toHex(prf(secret, label, seed, expected.length / 2))).toBe(expected);
  });
});

describe('premaster secrets', () => {
  it('are zeros and key for PSK (RFC 4279 §2)', () => {
    expect(toHex(pskPremaster(hex('aabbcc')))).toBe('00030000000003aabbcc');
  });
  it('are shared secret and key for ECDHE_PSK (RFC 5489 §2)', () => {
    expect(toHex(ecdhePskPremaster(hex('0102'), hex('aabbcc')))).toBe('000201020003aabbcc');
  });
});

describe('AES-CCM', () => {
  const key = hex('c0c1c2c3c4c5c6c7c8c9cacbcccdcecf');
  // RFC 3610 §8, packet vectors 1, 2 and 13: eight and ten bytes of tag.
  it.each([
    {
      nonce: '00000003020100a0a1a2a3a4a5',
      additional: '0001020304050607',
      plaintext: '08090a0b0c0d0e0f101112131415161718191a1b1c1d1e',
      sealed: '588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0',
    },
    {
      nonce: '00000004030201a0a1a2a3a4a5',
      additional: '0001020304050607',
      plaintext: '08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
      sealed: '72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916',
    },
  ])('seals packet vector with nonce $nonce', ({ nonce, additional, plaintext, sealed }) => {
    const use = { algorithm: 'aes-128-ccm', tag: 8, key, nonce: hex(nonce) } as const;
    expect(toHex(sealAead(use, hex(additional), hex(plaintext)))).toBe(sealed);
    expect(openAead(use, hex(additional), hex(sealed))).toEqual(hex(plaintext));
    const damaged = hex(sealed);
    damaged[3] = (damaged[3] ?? 0) ^ 1;
    expect(openAead(use, hex(additional), damaged)).toBeUndefined();
    expect(openAead(use, hex(additional), hex('00'))).toBeUndefined();
  });
});

describe('protection', () => {
  const suite = SUITES.find(({ name }) => name === 'PSK_AES_128_CCM_8');
  const cbc = SUITES.find(({ name }) => name === 'PSK_AES_128_CBC_SHA256');
  const randoms = { client: new Uint8Array(32).fill(1), server: new Uint8Array(32).fill(2) };
  const master = new Uint8Array(48).fill(3);

  it('cuts the key block in the order of RFC 5246 §6.3', () => {
    if (!suite || !cbc) throw new Error('suites are missing');
    const block = (length: number): string =>
      toHex(prf(master, 'key expansion', concatBytes(randoms.server, randoms.client), length));
    const aead = writeKeys(suite, master, randoms);
    expect(toHex(concatBytes(aead.client.key, aead.server.key, aead.client.iv, aead.server.iv))).toBe(block(40));
    const { client, server } = writeKeys(cbc, master, randoms);
    expect(toHex(concatBytes(client.mac, server.mac, client.key, server.key))).toBe(block(96));
  });

  it('authenticates the header of RFC 9146 §5.3 for a record with connection id', () => {
    if (!suite) throw new Error('the suite is missing');
    const keys = writeKeys(suite, master, randoms).client;
    const context = { type: 23, epoch: 1, sequence: 5, connectionId: hex('c1d0') };
    const inner = concatBytes(utf8('hi'), Uint8Array.of(23));
    // seq_num_placeholder, tls12_cid, cid_length, tls12_cid, DTLS 1.2, epoch and number, cid, length of the inner plaintext.
    const additional = hex('ffffffffffffffff 19 02 19 fefd 0001 000000000005 c1d0 0003');
    const nonce = concatBytes(keys.iv, hex('0001000000000005'));
    const expected = sealAead({ algorithm: 'aes-128-ccm', tag: 8, key: keys.key, nonce }, additional, inner);
    const sealed = makeProtection(suite, keys, false, seeded(1)).seal(context, inner);
    expect(toHex(sealed)).toBe(`0001000000000005${toHex(expected)}`);
  });

  for (const { name } of SUITES) {
    for (const encryptThenMac of [false, true]) {
      it(`opens what it sealed and nothing else: ${name}, encrypt-then-MAC ${encryptThenMac}`, () => {
        const one = SUITES.find((candidate) => candidate.name === name);
        if (!one) throw new Error('the suite is missing');
        const protection = makeProtection(one, writeKeys(one, master, randoms).server, encryptThenMac, seeded(1));
        for (const length of [0, 1, 15, 16, 17, 47, 48, 100]) {
          const context = { type: 23, epoch: 1, sequence: length, connectionId: length % 2 ? hex('0a0b') : hex('') };
          const sealed = protection.seal(context, new Uint8Array(length).fill(7));
          expect(sealed.length).toBeLessThanOrEqual(length + protection.overhead);
          expect(protection.open(context, sealed)).toEqual(new Uint8Array(length).fill(7));
          expect(protection.open({ ...context, sequence: 999 }, sealed)).toBeUndefined();
          expect(protection.open({ ...context, type: 22, connectionId: hex('0c') }, sealed)).toBeUndefined();
          for (let at = 0; at < sealed.length; at++) {
            const damaged = Uint8Array.from(sealed);
            damaged[at] = (damaged[at] ?? 0) ^ 0x10;
            expect(protection.open(context, damaged)).toBeUndefined();
            expect(protection.open(context, sealed.subarray(0, at))).toBeUndefined();
          }
        }
      });
    }
  }
});
