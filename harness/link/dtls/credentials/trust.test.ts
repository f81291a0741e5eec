import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { equalBytes, utf8 } from '../../../base/bytes.js';
import { seeded } from '../../../base/random.js';
import { readCertificate, readCertificates, type Certificate } from './certificate.js';
import { buildPath } from './path.js';
import { formatPem } from './pem.js';
import {
  issueCertificate,
  makePrivateKey,
  testPki,
  YEAR_2000,
  YEAR_2050,
  type CertificateRequest,
  type TestCredentialName,
} from './test-pki.js';
import {
  digest,
  trustAny,
  trustAuthorities,
  trustKey,
  trustServer,
  type CertificateUsage,
  type MatchingType,
  type ServerRules,
} from './trust.js';

const pki = testPki(seeded(7), 'urn:dev:os:1');
const root = pki.root.certificate;
const of = (name: TestCredentialName): Certificate => pki.credentials[name].certificate;
const chainOf = (name: TestCredentialName): Certificate[] => [of(name), ...pki.credentials[name].intermediates];
const NOW = 1_700_000_000;
const HOST = 'server.example.com';

describe('a certificate', () => {
  it('is read from DER and from PEM, with all that is in it', () => {
    const { der } = of('server');
    for (const bytes of [der, utf8(formatPem('CERTIFICATE', der))]) {
      const read = readCertificate(bytes);
      expect(read).toMatchObject({
        ok: true,
        value: {
          subject: 'CN=server.example.com',
          commonName: HOST,
          dnsNames: [HOST],
          notBefore: YEAR_2000,
          notAfter: YEAR_2050 - 1,
          isAuthority: false,
          pathLength: undefined,
          maySign: { data: true, certificates: false },
          unknownCritical: undefined,
          publicKey: { curve: 'P-256' },
        },
      });
    }
    expect(pki.intermediate.certificate).toMatchObject({
      isAuthority: true,
      pathLength: 0,
      maySign: { data: false, certificates: true },
    });
    expect(root).toMatchObject({ isAuthority: true, pathLength: undefined });
  });

  it('is what OpenSSL takes it for', () => {
    const x509 = new X509Certificate(of('server').der);
    expect(x509.verify(new X509Certificate(root.der).publicKey)).toBe(true);
    expect(x509.checkIssued(new X509Certificate(root.der))).toBe(true);
    expect(x509.validTo).toBe('Dec 31 23:59:59 2049 GMT');
    expect(x509.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('is the same from the same seed', () => {
    expect(testPki(seeded(7), 'urn:dev:os:1').root.certificate.der).toEqual(root.der);
    expect(testPki(seeded(8), 'urn:dev:os:1').root.certificate.der).not.toEqual(root.der);
  });

  it('comes in chains', () => {
    const text = chainOf('server-by-intermediate')
      .map(({ der }) => formatPem('CERTIFICATE', der))
      .join('');
    const read = readCertificates(utf8(text));
    expect(read.ok && read.value.map(({ commonName }) => commonName)).toEqual([HOST, 'Test Intermediate']);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a part', of('server').der.subarray(0, 200)],
    ['bytes after it', Uint8Array.from([...of('server').der, 0x30, 0x00])],
    ['text', utf8('certificate')],
    ['a key in PEM', utf8(formatPem('PRIVATE KEY', pki.root.privateKey.exportPkcs8()))],
    ['a broken PEM', utf8(formatPem('CERTIFICATE', of('server').der.subarray(3)))],
  ])('is not read from %s', (_, bytes) => {
    expect(readCertificate(bytes, 'cert.pem')).toMatchObject({
      ok: false,
      problem: { code: 'certificate-unreadable', place: 'cert.pem' },
    });
  });

  it('never throws on altered bytes', () => {
    const random = seeded(4);
    for (let i = 0; i < 500; i++) {
      const bytes = Uint8Array.from(of('server').der);
      bytes[random.integer(bytes.length)] = random.integer(256);
      const read = readCertificate(bytes.subarray(0, random.integer(8) ? bytes.length : random.integer(bytes.length)));
      // What still parses is signed by nobody, unless the byte was exchanged for itself.
      if (read.ok) expect(read.value.isIssuedBy(root)).toBe(equalBytes(read.value.der, of('server').der));
    }
  });

  const named = (dnsNames: string[], subject = 'device'): Certificate =>
    issueCertificate({ subject, key: makePrivateKey(seeded(5)), dnsNames });
  it.each<[string, boolean, Certificate]>([
    ['server.example.com', true, named(['server.example.com'])],
    ['SERVER.example.COM', true, named(['server.example.com'])],
    ['server.example.com.', true, named(['server.example.com'])],
    ['a.example.com', true, named(['*.example.com'])],
    ['a.b.example.com', false, named(['*.example.com'])],
    ['example.com', false, named(['*.example.com'])],
    ['server2.example.com', false, named(['server*.example.com'])],
    ['device.example.com', true, named([], 'device.example.com')],
    ['device.example.com', false, named(['other.example.com'], 'device.example.com')],
    ['127.0.0.1', true, of('server')],
    ['127.0.0.2', false, of('server')],
    ['[::1]', false, of('server')],
    ['', false, of('server')],
  ])('is for %s: %s', (host, expected, certificate) => {
    expect(certificate.matchesHost(host)).toBe(expected);
  });
});

describe('buildPath', () => {
  const build = (
    chain: readonly Certificate[],
    anchors: readonly Certificate[] = [root],
    instant: number | undefined = NOW,
  ): string => {
    const result = buildPath(chain, { purpose: 'server', anchors, instant });
    return result.ok ? result.path.map(({ commonName }) => commonName).join(' < ') : result.distrust.code;
  };

  it('finds the anchor directly, over intermediates in any order, and past strangers', () => {
    expect(build(chainOf('server'))).toBe(`${HOST} < Test Root`);
    const [leaf, intermediate] = chainOf('server-by-intermediate');
    if (!leaf || !intermediate) throw new Error('the chain is short');
    expect(build([leaf, pki.otherRoot.certificate, root, intermediate])).toBe(
      `${HOST} < Test Intermediate < Test Root`,
    );
    expect(build([leaf], [intermediate])).toBe(`${HOST} < Test Intermediate`);
    expect(build([leaf], [leaf])).toBe(HOST);
  });

  it.each<[TestCredentialName, string]>([
    ['server-expired', 'certificate-expired'],
    ['server-not-yet-valid', 'certificate-not-yet-valid'],
    ['server-self-signed', 'certificate-unknown-authority'],
    ['server-wrong-curve', 'certificate-wrong-key'],
    ['server-other-authority', 'certificate-unknown-authority'],
    ['client', 'certificate-wrong-purpose'],
  ])('refuses %s', (name, code) => {
    expect(build(chainOf(name))).toBe(code);
  });

  it('judges validity at the instant it is given, to the second', () => {
    const at = (instant: number): string => build(chainOf('server'), [root], instant);
    expect([YEAR_2000 - 1, YEAR_2000, YEAR_2050 - 1, YEAR_2050].map(at)).toEqual([
      'certificate-not-yet-valid',
      `${HOST} < Test Root`,
      `${HOST} < Test Root`,
      'certificate-expired',
    ]);
    const result = buildPath(chainOf('server-expired'), { purpose: 'server', anchors: [root], instant: undefined });
    expect(result.ok).toBe(true);
  });

  const rootIssuer = { subject: 'Test Root', key: pki.root.privateKey };
  const make = (
    request: Partial<CertificateRequest> & { subject: string },
    seed: number,
  ): { certificate: Certificate; issuer: { subject: string; key: CertificateRequest['key'] } } => {
    const key = makePrivateKey(seeded(seed));
    return {
      certificate: issueCertificate({ key, issuer: rootIssuer, ...request }),
      issuer: { subject: request.subject, key },
    };
  };

  it('refuses an issuer that is no authority', () => {
    const middle = make({ subject: 'no authority' }, 20);
    const leaf = make({ subject: 'leaf', issuer: middle.issuer }, 21);
    expect(build([leaf.certificate, middle.certificate])).toMatch(
      /certificate-(issuer-no-authority|unknown-authority)/,
    );
  });

  it('refuses a path longer than an authority allows', () => {
    const first = make({ subject: 'first', authority: 0 }, 22);
    const second = make({ subject: 'second', authority: true, issuer: first.issuer }, 23);
    const leaf = make({ subject: 'leaf', issuer: second.issuer }, 24);
    expect(build([leaf.certificate, second.certificate, first.certificate])).toBe('certificate-path-too-long');
  });

  it('refuses an expired intermediate, and an expired anchor', () => {
    const old = make({ subject: 'old', authority: true, notAfter: YEAR_2000 + 1 }, 25);
    const leaf = make({ subject: 'leaf', issuer: old.issuer }, 26);
    expect(build([leaf.certificate, old.certificate])).toBe('certificate-expired');
    expect(build([leaf.certificate], [old.certificate])).toBe('certificate-expired');
  });

  it('refuses a signature that only claims its issuer', () => {
    const fake = { subject: 'Test Root', key: makePrivateKey(seeded(27)) };
    const leaf = make({ subject: 'leaf', issuer: fake }, 28);
    expect(build([leaf.certificate])).toBe('certificate-unknown-authority');
  });

  it('does not go round in a circle', () => {
    const a = { subject: 'a', key: makePrivateKey(seeded(30)) };
    const b = { subject: 'b', key: makePrivateKey(seeded(31)) };
    const ab = issueCertificate({ ...a, issuer: b, authority: true });
    const ba = issueCertificate({ ...b, issuer: a, authority: true });
    const leaf = make({ subject: 'leaf', issuer: a }, 32);
    expect(build([leaf.certificate, ab, ba])).toBe('certificate-unknown-authority');
  });

  it('refuses an empty chain', () => {
    expect(build([])).toBe('certificate-missing');
  });
});

describe('trustServer', () => {
  const judge = (
    rules: Partial<ServerRules> & { association: Uint8Array },
    chain = chainOf('server'),
  ): string | undefined =>
    trustServer({ instant: () => NOW, host: HOST, ...rules }).judge({ kind: 'x509', chain })?.code;
  const leaf = of('server').der;
  const other = of('server-wrong-host');

  it.each<[CertificateUsage, string, Partial<ServerRules> & { association: Uint8Array }, string | undefined]>([
    [3, 'the certificate itself', { association: leaf }, undefined],
    [3, 'another certificate', { association: other.der }, 'certificate-not-the-provisioned'],
    [3, 'the authority', { association: root.der }, 'certificate-not-the-provisioned'],
    [3, 'the certificate itself, another host', { association: leaf, host: 'elsewhere' }, undefined],
    [2, 'the authority', { association: root.der, associated: root }, undefined],
    [
      2,
      'another authority',
      { association: pki.otherRoot.certificate.der, associated: pki.otherRoot.certificate },
      'certificate-unknown-authority',
    ],
    [
      2,
      'the authority, another host',
      { association: root.der, associated: root, host: 'elsewhere' },
      'certificate-wrong-host',
    ],
    [2, 'the authority, no host', { association: root.der, associated: root, host: undefined }, undefined],
    [1, 'the certificate, under the store', { association: leaf, store: [root] }, undefined],
    [1, 'the certificate, not under the store', { association: leaf, store: [] }, 'certificate-unknown-authority'],
    [1, 'another, under the store', { association: other.der, store: [root] }, 'certificate-not-the-provisioned'],
    [1, 'the certificate, another host', { association: leaf, store: [root], host: 'elsewhere' }, undefined],
    [
      0,
      'the authority, another host',
      { association: root.der, store: [root], host: 'elsewhere' },
      'certificate-wrong-host',
    ],
    [0, 'the authority, in the store', { association: root.der, store: [root] }, undefined],
    [
      0,
      'the authority, not in the store',
      { association: root.der, store: [pki.otherRoot.certificate] },
      'certificate-unknown-authority',
    ],
    [
      0,
      'another authority, both in the store',
      { association: pki.otherRoot.certificate.der, store: [root, pki.otherRoot.certificate] },
      'certificate-not-the-provisioned',
    ],
    [0, 'the certificate itself', { association: leaf, store: [root] }, 'certificate-not-the-provisioned'],
  ])('judges usage %i with %s', (usage, _, rules, expected) => {
    expect(judge({ ...rules, usage })).toBe(expected);
  });

  it.each<[MatchingType, string]>([
    [1, 'sha256'],
    [2, 'sha384'],
    [3, 'sha512'],
  ])('compares under matching type %i', (matching, algorithm) => {
    const association = Uint8Array.from(createHash(algorithm).update(leaf).digest());
    expect(digest(matching, leaf)).toEqual(association);
    expect(judge({ association, matching })).toBeUndefined();
    expect(judge({ association: Uint8Array.from(association).fill(0, 0, 1), matching })).toBe(
      'certificate-not-the-provisioned',
    );
    const rootDigest = Uint8Array.from(createHash(algorithm).update(root.der).digest());
    expect(judge({ association: rootDigest, matching, usage: 0, store: [root] })).toBeUndefined();
    expect(judge({ association: rootDigest, matching, usage: 2 }, [...chainOf('server'), root])).toBeUndefined();
    // Without the anchor in the chain a digest leads nowhere.
    expect(judge({ association: rootDigest, matching, usage: 2 })).toBe('certificate-unknown-authority');
  });

  it('is the behaviour of LwM2M 1.0 by default: the certificate itself, with its validity', () => {
    expect(judge({ association: of('server-expired').der }, chainOf('server-expired'))).toBe('certificate-expired');
    expect(judge({ association: leaf }, [])).toBe('certificate-missing');
  });
});

describe('trust', () => {
  const key = pki.credentials.client.privateKey.publicKey;
  it('in a raw public key is byte for byte', () => {
    const trust = trustKey(key.spki);
    expect(trust.judge({ kind: 'rpk', publicKey: key })).toBeUndefined();
    const spki = Uint8Array.from(key.spki);
    spki[90] = (spki[90] ?? 0) ^ 1;
    expect(trust.judge({ kind: 'rpk', publicKey: { ...key, spki } })?.code).toBe('public-key-unknown');
    expect(trust.judge({ kind: 'x509', chain: [] })?.code).toBe('certificate-wrong-kind');
  });
  it('of both kinds judges each by its own', () => {
    const trust = trustAny(
      trustKey(key.spki),
      trustAuthorities({ anchors: [root], instant: () => NOW, purpose: 'client' }),
    );
    expect(trust.accepts).toEqual(['rpk', 'x509']);
    expect(trust.authorities).toEqual([root]);
    expect(trust.judge({ kind: 'rpk', publicKey: key })).toBeUndefined();
    expect(trust.judge({ kind: 'x509', chain: chainOf('client') })).toBeUndefined();
    expect(trust.judge({ kind: 'x509', chain: chainOf('client-expired') })?.alert).toBe('certificate_expired');
    expect(trustKey(key.spki).judge({ kind: 'x509', chain: chainOf('client') })?.alert).toBe('unsupported_certificate');
  });
});
