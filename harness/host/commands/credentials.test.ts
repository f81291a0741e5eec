import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCertificate, readPrivateKey, readPublicKey } from '../../link/dtls/index.js';
import { processIo, type Io } from '../io.js';
import { readSecurity } from '../security/options.js';
import { credentialsCommand } from './credentials.js';

let folder = '';
beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'credentials-')), 'pki')));
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const io: Io = { ...processIo(), out: () => undefined };
const endpoint = 'urn:dev:ops:32473-lamp';
const make = (out = folder, seed?: number): Promise<number> =>
  credentialsCommand({ out, endpoint, ...(seed !== undefined && { seed }) }, io);
const bytes = (name: string, from = folder): Uint8Array => Uint8Array.from(readFileSync(join(from, name)));

describe('The credentials command', () => {
  it('writes certificates and keys that can be read back, and belong together', async () => {
    expect(await make()).toBe(0);
    const names = readdirSync(folder).flatMap((file) => /^(.*)\.key\.der$/.exec(file)?.[1] ?? []);
    expect(names).toHaveLength(14);
    for (const name of names)
      for (const form of ['der', 'pem']) {
        const certificate = readCertificate(bytes(`${name}.cert.${form}`));
        const key = readPrivateKey(bytes(`${name}.key.${form}`));
        const raw = readPublicKey(bytes(`${name}.public.${form}`));
        expect(certificate.ok && key.ok && raw.ok && [key.value.publicKey.spki, raw.value.spki]).toEqual([
          certificate.ok && certificate.value.publicKey.spki,
          certificate.ok && certificate.value.publicKey.spki,
        ]);
      }
  });

  it('lets nobody but the owner read a key', async () => {
    await make();
    for (const file of readdirSync(folder)) {
      const isSecret = file.includes('.key.') || file === 'psk.txt';
      if (isSecret) expect([file, statSync(join(folder, file)).mode & 0o077]).toEqual([file, 0]);
    }
  });

  it('writes what our own commands take', async () => {
    await make();
    const place = { folder, name: (option: string) => option };
    const psk = readFileSync(join(folder, 'psk.txt'), 'utf8').trim();
    expect(readSecurity({ psk }, place)).toMatchObject({ ok: true });
    expect(readSecurity({ rpk: 'client.key.der', peerRpk: 'server.public.der' }, place)).toMatchObject({ ok: true });
    expect(
      readSecurity({ cert: 'client.cert.pem', key: 'client.key.pem', trust: 'server.cert.pem' }, place),
    ).toMatchObject({ ok: true });
    expect(
      readSecurity(
        { cert: 'server-by-intermediate.chain.pem', key: 'server-by-intermediate.key.pem', trust: 'ca.cert.der' },
        place,
      ),
    ).toMatchObject({ ok: true });
  });

  it('writes what OpenSSL verifies, and nothing of what it must not', async () => {
    await make();
    const verify = (name: string, ...more: string[]): boolean => {
      const options = ['verify', '-CAfile', join(folder, 'ca.cert.pem'), ...more, join(folder, `${name}.cert.pem`)];
      try {
        execFileSync('openssl', options, { stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    };
    const good = ['server', 'client', 'server-wrong-host', 'server-wrong-curve'];
    const bad = [
      'server-expired',
      'server-not-yet-valid',
      'server-self-signed',
      'server-other-authority',
      'client-expired',
    ];
    expect(good.filter((name) => verify(name))).toEqual(good);
    expect(bad.filter((name) => verify(name))).toEqual([]);
    expect(verify('server', '-verify_hostname', 'server.example.com')).toBe(true);
    expect(verify('server-wrong-host', '-verify_hostname', 'server.example.com')).toBe(false);
    expect(verify('server-by-intermediate', '-untrusted', join(folder, 'intermediate.cert.pem'))).toBe(true);
  });

  it('says in a manifest and a README what each is for', async () => {
    await make();
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      endpoint,
      credentials: expect.arrayContaining([
        expect.objectContaining({ name: 'server-expired', notAfter: '2001-01-01T00:00:00.000Z' }),
      ]),
    });
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const name of ['ca', 'server', 'client', 'server-wrong-curve']) expect(readme).toContain(`| ${name} |`);
    const key = readFileSync(join(folder, 'psk.txt'), 'utf8').trim().split(':').at(-1) ?? '';
    expect(key).toHaveLength(32);
    expect(readme).not.toContain(key);
  });

  it('gives the same files for the same seed, and fresh ones without', async () => {
    const again = join(folder, '..', 'again');
    const fresh = join(folder, '..', 'fresh');
    await make(folder, 3);
    await make(again, 3);
    await make(fresh);
    expect(bytes('server.key.der', again)).toEqual(bytes('server.key.der'));
    expect(bytes('server.key.der', fresh)).not.toEqual(bytes('server.key.der'));
  });

  it('overwrites nothing', async () => {
    await make();
    expect(() => make()).toThrow(/not empty/);
    const file = join(folder, '..', 'file');
    writeFileSync(file, '');
    expect(() => make(file)).toThrow(/file/);
  });
});
