import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromUtf8, toHex } from '../../base/bytes.js';
import { formatProblem } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import { formatPem, testPki } from '../../link/dtls/index.js';
import type { SecurityOptions } from './flags.js';
import { readSecurity } from './options.js';

const folder = mkdtempSync(join(tmpdir(), 'security-'));
const pki = testPki(seeded(1));
const { server, client } = pki.credentials;
const other = pki.credentials['server-wrong-curve'];
const at = (name: string): string => join(folder, name);
const write = (name: string, content: string | Uint8Array): void => writeFileSync(at(name), content);

beforeAll(() => {
  write('client.pem', formatPem('CERTIFICATE', client.certificate.der));
  write('client.der', client.certificate.der);
  write('client-key.pem', formatPem('PRIVATE KEY', client.privateKey.exportPkcs8()));
  write('client-key.der', client.privateKey.exportPkcs8());
  write('server.pem', formatPem('CERTIFICATE', server.certificate.der));
  write('server-key.pem', formatPem('PRIVATE KEY', server.privateKey.exportPkcs8()));
  write('server-public.der', server.privateKey.publicKey.spki);
  write('wrong-curve-key.pem', formatPem('PRIVATE KEY', other.privateKey.exportPkcs8()));
  write('wrong-curve-public.der', other.privateKey.publicKey.spki);
  write('root.pem', formatPem('CERTIFICATE', pki.root.certificate.der));
  write('empty.pem', '');
  write('text.txt', 'hello');
  mkdirSync(at('folder'));
  execFileSync('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', at('sec1.pem')]);
  execFileSync('openssl', ['pkcs8', '-topk8', '-in', at('sec1.pem'), '-passout', 'pass:x', '-out', at('locked.pem')]);
  execFileSync('openssl', ['genpkey', '-algorithm', 'RSA', '-out', at('rsa.pem')], { stdio: 'ignore' });
});

afterAll(() => rmSync(folder, { recursive: true }));

const place = { folder, name: (option: string) => `--${option}` };

/** The transport and the kind of credentials, or the problem as it is printed. */
function read(options: SecurityOptions): string {
  const choice = readSecurity(options, place);
  if (!choice.ok) return formatProblem(choice.problem);
  return `${choice.value.transport} ${choice.value.own?.kind ?? 'none'}`;
}

describe('Security options', () => {
  it('mean no security where there are none', () => expect(read({})).toBe('udp none'));

  it('leave the credentials to the run where only a transport is named', () =>
    expect(read({ transport: 'dtls-rpk' })).toBe('dtls-rpk none'));

  it('say by their credentials which transport is meant', () => {
    expect(read({ psk: 'me:00ff' })).toBe('dtls-psk psk');
    expect(read({ rpk: 'client-key.der', peerRpk: 'server-public.der' })).toBe('dtls-rpk rpk');
    expect(read({ cert: 'client.pem', key: 'client-key.pem', trust: 'root.pem' })).toBe('dtls-x509 x509');
  });

  it('take DER and PEM, PKCS#8 and SEC 1', () => {
    expect(read({ cert: 'client.der', key: 'client-key.der', trust: 'root.pem' })).toBe('dtls-x509 x509');
    expect(read({ rpk: 'sec1.pem', peerRpk: 'server-public.der' })).toBe('dtls-rpk rpk');
  });

  it('take identities with colons, and several of them', () => {
    const choice = readSecurity({ psk: ['urn:dev:os:1:0102', 'b:ff'] }, place);
    const own = choice.ok ? choice.value.own : undefined;
    expect(own?.kind === 'psk' && own.pairs.map(({ identity, key }) => [fromUtf8(identity), toHex(key)])).toEqual([
      ['urn:dev:os:1', '0102'],
      ['b', 'ff'],
    ]);
  });

  it('take the longest identity and key that every server must take, and none longer', () => {
    expect(read({ psk: `${'i'.repeat(128)}:${'ab'.repeat(64)}` })).toBe('dtls-psk psk');
    expect(read({ psk: `${'i'.repeat(129)}:ab` })).toContain('the identity has 129 bytes');
    expect(read({ psk: `i:${'ab'.repeat(65)}` })).toContain('the key has 65 bytes');
  });

  it.each<[string, SecurityOptions, string]>([
    ['a key that is not hexadecimal', { psk: 'me:00xx' }, '--psk, offset 5: the key is not hexadecimal'],
    ['half a byte', { psk: 'me:123' }, '--psk, offset 6: the key has 3 digits, half a byte too many'],
    ['no key', { psk: 'me:' }, 'the key is empty'],
    ['no colon', { psk: 'abcdef' }, '--psk: there is no colon (write identity:key'],
    ['credentials of another transport', { transport: 'dtls-psk', rpk: 'a' }, '--rpk: this does not go with dtls-psk'],
    ['credentials without security', { transport: 'udp', psk: 'a:00' }, '--psk: this does not go with udp'],
    ['credentials of two kinds', { psk: 'a:00', cert: 'a' }, '--cert: this does not go with dtls-psk'],
    [
      'half of what a kind needs',
      { cert: 'client.pem' },
      '--key: it is missing (dtls-x509 needs --cert, --key, --trust)',
    ],
    ['half of a raw public key', { rpk: 'client-key.der' }, '--peer-rpk: it is missing'],
  ])('say what is wrong with %s', (_name, options, problem) => expect(read(options)).toContain(problem));

  it.each<[string, SecurityOptions, string]>([
    ['a file that is not there', { rpk: 'none.pem', peerRpk: 'x' }, '--rpk none.pem: there is no such file'],
    ['a folder', { rpk: 'folder', peerRpk: 'x' }, '--rpk folder: this is a folder'],
    ['an empty file', { rpk: 'empty.pem', peerRpk: 'x' }, '--rpk empty.pem: the file is empty'],
    ['an encrypted key', { rpk: 'locked.pem', peerRpk: 'x' }, '--rpk locked.pem: the private key is encrypted'],
    ['a key of another type', { rpk: 'rsa.pem', peerRpk: 'x' }, '--rpk rsa.pem: the key is of type rsa'],
    ['a key on another curve', { rpk: 'wrong-curve-key.pem', peerRpk: 'x' }, 'the key is on P-384 (LwM2M uses P-256'],
    ['a certificate for a key', { rpk: 'client.pem', peerRpk: 'x' }, 'holds no private key but CERTIFICATE'],
    ['text for a key', { rpk: 'text.txt', peerRpk: 'x' }, '--rpk text.txt: 5 bytes are not a private key'],
    [
      'a private key for a public one',
      { rpk: 'sec1.pem', peerRpk: 'client-key.der' },
      '--peer-rpk client-key.der: this is a private key',
    ],
    [
      'a public key on another curve',
      { rpk: 'sec1.pem', peerRpk: 'wrong-curve-public.der' },
      'wrong-curve-public.der: the key is on P-384',
    ],
    [
      'a certificate of another key',
      { cert: 'client.pem', key: 'server-key.pem', trust: 'root.pem' },
      '--cert client.pem: the certificate of CN=urn:dev:os:lwm2m-conformance is not that of the private key',
    ],
    [
      'a key for a certificate',
      { cert: 'client-key.pem', key: 'client-key.pem', trust: 'root.pem' },
      'holds no certificate',
    ],
    [
      'text for an authority',
      { cert: 'client.pem', key: 'client-key.pem', trust: 'text.txt' },
      '--trust text.txt: 5 bytes',
    ],
  ])('say what is wrong with %s', (_name, options, problem) => expect(read(options)).toContain(problem));

  it.skipIf(process.getuid?.() === 0)('say that a file may not be read', () => {
    write('secret.pem', 'x');
    chmodSync(at('secret.pem'), 0);
    expect(read({ rpk: 'secret.pem', peerRpk: 'x' })).toContain('the file may not be read');
  });

  it('never show a byte of a key in a problem', () => {
    const key = 'c0ffee00c0ffee00c0ffee00c0ffee0';
    expect(read({ psk: `me:${key}` })).not.toContain('c0ffee');
    expect(read({ psk: `me:${key}z` })).not.toContain('c0ffee');
    expect(read({ psk: key })).not.toContain('c0ffee');
  });
});
