import { generateKeyPairSync, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../../base/bytes.js';
import { seeded } from '../../../base/random.js';
import { signP256 } from './ecdsa.js';
import { readPrivateKey, readPublicKey, verifySignature } from './key.js';
import { formatPem, parsePem } from './pem.js';
import { makePrivateKey, testPki } from './test-pki.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const der = (type: 'pkcs8' | 'sec1'): Uint8Array => Uint8Array.from(privateKey.export({ format: 'der', type }));
const spki = Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }));
const certificate = testPki(seeded(1)).root.certificate.der;

describe('readPrivateKey', () => {
  it.each([
    ['PKCS#8 in DER', der('pkcs8')],
    ['SEC 1 in DER', der('sec1')],
    ['PKCS#8 in PEM', utf8(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())],
    ['SEC 1 in PEM', utf8(privateKey.export({ format: 'pem', type: 'sec1' }).toString())],
    [
      'PEM with parameters before it',
      utf8(
        `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${privateKey.export({ format: 'pem', type: 'sec1' }).toString()}`,
      ),
    ],
  ])('reads %s', (_, bytes) => {
    const read = readPrivateKey(bytes);
    expect(read).toMatchObject({ ok: true, value: { curve: 'P-256' } });
    expect(read.ok && read.value.publicKey.spki).toEqual(spki);
    expect(read.ok && toHex(read.value.exportPkcs8())).toBe(toHex(der('pkcs8')));
  });

  const encrypted = privateKey.export({ format: 'der', type: 'pkcs8', cipher: 'aes-128-cbc', passphrase: 'x' });
  const sealedSec1 = privateKey.export({ format: 'pem', type: 'sec1', cipher: 'aes-128-cbc', passphrase: 'x' });
  const encryptedPem = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-128-cbc', passphrase: 'x' });
  it.each<[string, string, Uint8Array]>([
    ['an encrypted key', 'private-key-encrypted', Uint8Array.from(encrypted)],
    ['an encrypted key in PEM', 'private-key-encrypted', utf8(encryptedPem.toString())],
    ['an encrypted key in the older PEM', 'private-key-encrypted', utf8(sealedSec1.toString())],
    ['an RSA key', 'private-key-wrong-type', Uint8Array.from(rsa.privateKey.export({ format: 'der', type: 'pkcs8' }))],
    ['a public key', 'not-a-private-key', spki],
    ['a certificate', 'not-a-private-key', certificate],
    ['a certificate in PEM', 'not-a-private-key', utf8(formatPem('CERTIFICATE', certificate))],
    ['a damaged key', 'private-key-unreadable', der('pkcs8').subarray(0, 60)],
    ['no bytes', 'private-key-unreadable', new Uint8Array()],
    ['text', 'private-key-unreadable', utf8('my key')],
    ['PEM that ends early', 'not-a-private-key', utf8('-----BEGIN PRIVATE KEY-----\nMIGH')],
    ['a damaged key in PEM', 'private-key-unreadable', utf8(formatPem('PRIVATE KEY', der('pkcs8').subarray(5)))],
  ])('says what is wrong with %s, and shows nothing of it', (_, code, bytes) => {
    const read = readPrivateKey(bytes, 'client.key');
    expect(read).toMatchObject({ ok: false, problem: { code, place: 'client.key' } });
    if (!read.ok) expect(read.problem.hint).toContain('PKCS#8');
  });

  it('names the curve of a key on another', () => {
    const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({
      format: 'der',
      type: 'pkcs8',
    });
    expect(readPrivateKey(Uint8Array.from(odd))).toMatchObject({ ok: true, value: { curve: 'secp256k1' } });
  });
});

describe('readPublicKey', () => {
  it('reads SubjectPublicKeyInfo in DER and PEM', () => {
    expect(readPublicKey(spki)).toEqual({ ok: true, value: { spki, curve: 'P-256' } });
    expect(readPublicKey(utf8(formatPem('PUBLIC KEY', spki)))).toEqual({ ok: true, value: { spki, curve: 'P-256' } });
  });
  it.each<[string, string, Uint8Array]>([
    ['a private key', 'not-a-public-key', der('pkcs8')],
    ['a private key in PEM', 'not-a-public-key', utf8(formatPem('PRIVATE KEY', der('pkcs8')))],
    ['a damaged key', 'public-key-unreadable', spki.subarray(1)],
    ['no bytes', 'public-key-unreadable', new Uint8Array()],
  ])('says what is wrong with %s', (_, code, bytes) => {
    expect(readPublicKey(bytes, 'res 4')).toMatchObject({ ok: false, problem: { code, place: 'res 4' } });
  });
});

describe('a private key', () => {
  const read = readPrivateKey(der('pkcs8'));
  if (!read.ok) throw new Error(read.problem.message);
  const scalar = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url').toString('hex');

  it('shows itself to no one', () => {
    const shown = [
      JSON.stringify({ key: read.value }),
      inspect(read.value, { depth: 9, showHidden: true }),
      String(read.value),
    ];
    for (const text of shown) {
      expect(text).not.toContain(scalar);
      expect(text).not.toContain(Buffer.from(scalar, 'hex').toString('base64').slice(0, 20));
    }
    expect(shown[0]).toBe('{"key":"[private key on P-256]"}');
  });

  it('makes signatures that others verify, the same for the same message', () => {
    for (const text of ['', 'a', 'longer than one block of the hash, which has sixty-four bytes of room']) {
      const signature = read.value.sign(utf8(text));
      expect(read.value.sign(utf8(text))).toEqual(signature);
      expect(verify('sha256', utf8(text), publicKey, signature)).toBe(true);
      expect(verifySignature(spki, utf8(text), signature)).toBe(true);
      expect(verifySignature(spki, utf8(`${text}!`), signature)).toBe(false);
    }
    expect(verifySignature(spki, utf8('x'), new Uint8Array(3))).toBe(false);
    expect(verifySignature(new Uint8Array(3), utf8('x'), new Uint8Array(3))).toBe(false);
  });

  it('on another curve signs too', () => {
    const odd = makePrivateKey(seeded(3), 'P-384');
    expect(verifySignature(odd.publicKey.spki, utf8('x'), odd.sign(utf8('x')))).toBe(true);
  });

  it('verifies after 200 keys and messages: encodings of r and s of every length', () => {
    const random = seeded(12);
    for (let i = 0; i < 200; i++) {
      const key = makePrivateKey(random);
      const message = random.bytes(i);
      expect(verifySignature(key.publicKey.spki, message, key.sign(message))).toBe(true);
    }
  });
});

describe('signP256', () => {
  // RFC 6979 A.2.5: P-256, SHA-256.
  const x = Uint8Array.from(Buffer.from('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721', 'hex'));
  it.each([
    [
      'sample',
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716',
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    ],
    [
      'test',
      'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367',
      '019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
    ],
  ])('gives what RFC 6979 gives for "%s"', (message, r, s) => {
    const signature = toHex(signP256(x, utf8(message)));
    expect(signature).toContain(r);
    expect(signature.endsWith(s)).toBe(true);
  });
});

describe('PEM', () => {
  it('is written in lines of 64 characters, and read back', () => {
    const bytes = seeded(2).bytes(100);
    const text = formatPem('PUBLIC KEY', bytes);
    expect(text.split('\n').map((line) => line.length)).toEqual([26, 64, 64, 8, 24, 0]);
    expect(parsePem(utf8(`text before\n${text}${text}text after`))).toEqual([
      { label: 'PUBLIC KEY', bytes },
      { label: 'PUBLIC KEY', bytes },
    ]);
  });
  it('is not found in DER', () => {
    expect(parsePem(spki)).toBeUndefined();
  });
});
