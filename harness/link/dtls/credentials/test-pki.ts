import { createECDH, createPrivateKey } from 'node:crypto';
import { utf8 } from '../../../base/bytes.js';
import { unwrap } from '../../../base/error.js';
import type { Random } from '../../../base/random.js';
import { sha256 } from '../prf.js';
import { readCertificate, type Certificate } from './certificate.js';
import { bitString, commonName, daysSince1970, der, oid, TAG, time } from './der.js';
import { PrivateKey } from './key.js';

/** A certificate with its private key, and the certificates between it and the root. */
export interface Credential {
  readonly certificate: Certificate;
  readonly intermediates: readonly Certificate[];
  readonly privateKey: PrivateKey;
}

export interface CertificateRequest {
  readonly subject: string;
  readonly key: PrivateKey;
  /** Left out: self-signed. */
  readonly issuer?: { readonly subject: string; readonly key: PrivateKey };
  /** Seconds since 1970; default 2000-01-01 to 2049-12-31, so that no clock matters (RFC 7925 §4.4). */
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly dnsNames?: readonly string[];
  /** IPv4, four bytes each. */
  readonly addresses?: readonly Uint8Array[];
  /** True: an authority; a number: one with that path length. */
  readonly authority?: boolean | number;
  readonly purposes?: readonly ('server' | 'client')[];
  readonly serial?: number;
}

const PURPOSE_OIDS = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;
const ECDSA_WITH_SHA256 = der(TAG.sequence, oid('1.2.840.10045.4.3.2'));
export const YEAR_2000 = daysSince1970(2000, 1, 1) * 86_400;
export const YEAR_2050 = daysSince1970(2050, 1, 1) * 86_400;

/** Writes and signs a version 3 certificate (RFC 5280 §4.1). */
export function issueCertificate(request: CertificateRequest): Certificate {
  const {
    subject,
    key,
    issuer = { subject, key },
    notBefore = YEAR_2000,
    notAfter = YEAR_2050 - 1,
    serial = 1,
  } = request;
  const signed = der(
    TAG.sequence,
    der(0xa0, der(TAG.integer, Uint8Array.of(2))),
    der(TAG.integer, Uint8Array.of(serial)),
    ECDSA_WITH_SHA256,
    commonName(issuer.subject),
    der(TAG.sequence, time(notBefore), time(notAfter)),
    commonName(subject),
    key.publicKey.spki,
    der(0xa3, der(TAG.sequence, ...extensionsOf(request, issuer.key))),
  );
  const whole = der(TAG.sequence, signed, ECDSA_WITH_SHA256, bitString(issuer.key.sign(signed)));
  return unwrap(readCertificate(whole, `certificate of ${subject}`));
}

function extensionsOf(
  { key, dnsNames = [], addresses = [], authority = false, purposes = [] }: CertificateRequest,
  issuer: PrivateKey,
): Uint8Array[] {
  const pathLength = typeof authority === 'number' ? [der(TAG.integer, Uint8Array.of(authority))] : [];
  const TRUE = der(TAG.boolean, Uint8Array.of(0xff));
  const names = [...dnsNames.map((name) => der(0x82, utf8(name))), ...addresses.map((address) => der(0x87, address))];
  const constraints = authority === false ? [] : [TRUE, ...pathLength];
  // keyCertSign and cRLSign for an authority, digitalSignature for others: bits from the left, the unused ones counted.
  const usage = authority === false ? [7, 0x80] : [1, 0x06];
  return [
    extension('2.5.29.19', true, der(TAG.sequence, ...constraints)),
    extension('2.5.29.15', true, der(TAG.bit_string, Uint8Array.from(usage))),
    extension('2.5.29.14', false, der(TAG.octet_string, keyIdentifier(key))),
    extension('2.5.29.35', false, der(TAG.sequence, der(0x80, keyIdentifier(issuer)))),
    ...(names.length > 0 ? [extension('2.5.29.17', false, der(TAG.sequence, ...names))] : []),
    ...(purposes.length > 0
      ? [extension('2.5.29.37', false, der(TAG.sequence, ...purposes.map((purpose) => oid(PURPOSE_OIDS[purpose]))))]
      : []),
  ];
}

function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  const flag = critical ? [der(TAG.boolean, Uint8Array.of(0xff))] : [];
  return der(TAG.sequence, oid(id), ...flag, der(TAG.octet_string, value));
}

/** RFC 7093 §2 method 1: the leftmost 160 bits of a SHA-256. */
const keyIdentifier = (key: PrivateKey): Uint8Array => sha256(key.publicKey.spki).subarray(0, 20);

const CURVES = { 'P-256': { name: 'prime256v1', bytes: 32 }, 'P-384': { name: 'secp384r1', bytes: 48 } } as const;

/** A key pair drawn from `random`: one seed gives one key. */
export function makePrivateKey(random: Random, curve: keyof typeof CURVES = 'P-256'): PrivateKey {
  const { name, bytes } = CURVES[curve];
  const ecdh = createECDH(name);
  const scalar = random.bytes(bytes);
  // Clearing the top bit keeps the scalar below the order of the curve.
  scalar[0] = (scalar[0] ?? 0) & 0x7f;
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const text = (part: Uint8Array): string => Buffer.from(part).toString('base64url');
  // A JWK is read six times as fast as PKCS#8.
  const [x, y] = [text(point.subarray(1, 1 + bytes)), text(point.subarray(1 + bytes))];
  const key = { kty: 'EC', crv: curve, x, y, d: text(scalar) };
  return new PrivateKey(createPrivateKey({ key, format: 'jwk' }), curve);
}

export type TestCredentialName =
  | 'server'
  | 'server-by-intermediate'
  | 'server-wrong-host'
  | 'server-expired'
  | 'server-not-yet-valid'
  | 'server-self-signed'
  | 'server-wrong-curve'
  | 'server-other-authority'
  | 'client'
  | 'client-expired'
  | 'client-other-authority';

export interface TestPki {
  readonly root: Credential;
  readonly otherRoot: Credential;
  readonly intermediate: Credential;
  readonly credentials: Readonly<Record<TestCredentialName, Credential>>;
}

/**
 * A public key infrastructure to test with: authorities, a good server certificate (`server.example.com`, 127.0.0.1) and client
 * certificate, and one of each kind that must be refused.
 *
 * @param endpoint common name of the client certificates: the LwM2M endpoint name (Transport 1.1 §5.2.6)
 */
export function testPki(random: Random, endpoint = 'urn:dev:os:lwm2m-conformance'): TestPki {
  let serial = 1;
  const make = (
    subject: string,
    options: Partial<CertificateRequest> & { curve?: keyof typeof CURVES } = {},
  ): Credential => {
    const key = makePrivateKey(random, options.curve);
    return {
      certificate: issueCertificate({ subject, key, serial: serial++, ...options }),
      intermediates: [],
      privateKey: key,
    };
  };
  const issuer = ({ certificate, privateKey }: Credential): { subject: string; key: PrivateKey } => ({
    subject: certificate.commonName ?? '',
    key: privateKey,
  });
  const root = make('Test Root', { authority: true });
  const otherRoot = make('Other Root', { authority: true });
  const intermediate = make('Test Intermediate', { authority: 0, issuer: issuer(root) });
  const host = 'server.example.com';
  const server = {
    dnsNames: [host],
    addresses: [Uint8Array.of(127, 0, 0, 1)],
    purposes: ['server'] as const,
    issuer: issuer(root),
  };
  const client = { purposes: ['client'] as const, issuer: issuer(root) };
  const past = { notBefore: YEAR_2000, notAfter: daysSince1970(2001, 1, 1) * 86_400 };
  const future = { notBefore: daysSince1970(2049, 1, 1) * 86_400 };
  const { issuer: _, ...selfSigned } = server;
  return {
    root,
    otherRoot,
    intermediate,
    credentials: {
      server: make(host, server),
      'server-by-intermediate': {
        ...make(host, { ...server, issuer: issuer(intermediate) }),
        intermediates: [intermediate.certificate],
      },
      'server-wrong-host': make('elsewhere.example.com', {
        ...server,
        dnsNames: ['elsewhere.example.com'],
        addresses: [],
      }),
      'server-expired': make(host, { ...server, ...past }),
      'server-not-yet-valid': make(host, { ...server, ...future }),
      'server-self-signed': make(host, selfSigned),
      'server-wrong-curve': make(host, { ...server, curve: 'P-384' }),
      'server-other-authority': make(host, { ...server, issuer: issuer(otherRoot) }),
      client: make(endpoint, client),
      'client-expired': make(endpoint, { ...client, ...past }),
      'client-other-authority': make(endpoint, { ...client, issuer: issuer(otherRoot) }),
    },
  };
}
