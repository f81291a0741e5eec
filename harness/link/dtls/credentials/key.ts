import {
  createPrivateKey,
  createPublicKey,
  sign as signWith,
  verify as verifyWith,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { equalBytes } from '../../../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../../../base/error.js';
import { signP256 } from './ecdsa.js';
import { parsePem } from './pem.js';

/** `P-256` is what LwM2M uses; others are read, so that a refusal can name them. */
export type Curve = 'P-256' | 'P-384' | 'P-521' | (string & {});

const CURVES: Readonly<Record<string, Curve>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

const curveOf = (key: KeyObject): Curve | undefined => {
  const name = key.asymmetricKeyDetails?.namedCurve;
  return name === undefined ? undefined : (CURVES[name] ?? name);
};

const spkiOf = (key: KeyObject): Uint8Array => Uint8Array.from(key.export({ format: 'der', type: 'spki' }));

/** A public key as SubjectPublicKeyInfo, the form of raw public keys (RFC 7250 §3). */
export interface PublicKey {
  /** DER. */
  readonly spki: Uint8Array;
  /** Undefined: not an elliptic-curve key. */
  readonly curve: Curve | undefined;
}

/** A public key of node:crypto in our shape. */
export const publicKeyOf = (key: KeyObject): PublicKey => ({ spki: spkiOf(key), curve: curveOf(key) });

/** An elliptic-curve private key. It signs and never shows itself: JSON, inspection and errors name its curve only. */
export class PrivateKey {
  readonly #key: KeyObject;
  readonly #scalar: Uint8Array;
  #pkcs8: Uint8Array | undefined;
  readonly curve: Curve;
  readonly publicKey: PublicKey;

  constructor(key: KeyObject, curve: Curve) {
    this.#key = key;
    this.#scalar = Uint8Array.from(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
    this.curve = curve;
    this.publicKey = { spki: spkiOf(createPublicKey(key)), curve };
  }

  /** ECDSA with SHA-256, as Ecdsa-Sig-Value in DER. With P-256 the same message gives the same signature (RFC 6979). */
  sign(message: Uint8Array): Uint8Array {
    if (this.curve === 'P-256') return signP256(this.#scalar, message);
    return Uint8Array.from(signWith('sha256', message, this.#key));
  }

  /** PKCS#8 in DER, for a file that holds keys and nothing else. */
  exportPkcs8(): Uint8Array {
    this.#pkcs8 ??= this.#key.export({ format: 'der', type: 'pkcs8' });
    return Uint8Array.from(this.#pkcs8);
  }

  toJSON(): string {
    return `[private key on ${this.curve}]`;
  }

  toString(): string {
    return this.toJSON();
  }
}

/** Verifies ECDSA with SHA-256. False for a signature or key that does not parse. */
export function verifySignature(spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return verifyWith('sha256', message, key, signature);
  } catch {
    return false;
  }
}

const problem = (code: string, message: string, place: string | undefined, hint: string): Problem => ({
  code,
  message,
  hint,
  ...(place === undefined ? {} : { place }),
});

/**
 * Reads an elliptic-curve private key: PKCS#8 or SEC 1, DER or PEM.
 *
 * @param place the file or field, for the problem. No byte of the input enters a problem.
 */
export function readPrivateKey(bytes: Uint8Array, place?: string): Result<PrivateKey> {
  const wanted = 'PKCS#8 or SEC 1, in DER or PEM, unencrypted; make one with `openssl genpkey -algorithm EC`';
  const blocks = parsePem(bytes);
  const block = blocks?.find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (blocks && !block) {
    const labels = blocks.map(({ label }) => label).join(', ') || 'nothing readable';
    return failed(problem('not-a-private-key', `the PEM text holds no private key but ${labels}`, place, wanted));
  }
  const encoded = block?.bytes ?? bytes;
  if (block?.label === 'ENCRYPTED PRIVATE KEY' || isEncrypted(encoded)) {
    return failed(problem('private-key-encrypted', 'the private key is encrypted', place, wanted));
  }
  const key = firstKey(encoded, ['pkcs8', 'sec1']);
  if (!key) {
    return readPublic(encoded) || isCertificate(encoded)
      ? failed(problem('not-a-private-key', 'this is a public key or certificate, not a private key', place, wanted))
      : failed(problem('private-key-unreadable', `${encoded.length} bytes are not a private key`, place, wanted));
  }
  const curve = curveOf(key);
  if (!curve) {
    const kind = key.asymmetricKeyType ?? 'unknown';
    return failed(
      problem('private-key-wrong-type', `the key is of type ${kind}, not an elliptic-curve key`, place, wanted),
    );
  }
  return ok(new PrivateKey(key, curve));
}

function firstKey(encoded: Uint8Array, types: readonly ('pkcs8' | 'sec1')[]): KeyObject | undefined {
  for (const type of types) {
    try {
      return createPrivateKey({ key: Buffer.from(encoded), format: 'der', type });
    } catch {
      // Not of this type; the caller says so when it is of none.
    }
  }
  return undefined;
}

/** EncryptedPrivateKeyInfo begins SEQUENCE { SEQUENCE { OBJECT IDENTIFIER 1.2.840.113549.1.5 …, not a version number. */
const PKCS5 = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05);
const isEncrypted = (encoded: Uint8Array): boolean =>
  [4, 6, 7, 8, 9, 10].some((at) => equalBytes(encoded.subarray(at, at + PKCS5.length), PKCS5));

function isCertificate(encoded: Uint8Array): boolean {
  try {
    return new X509Certificate(encoded).raw.length > 0;
  } catch {
    return false;
  }
}

function readPublic(encoded: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(encoded), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** Reads a public key: SubjectPublicKeyInfo, DER or PEM. */
export function readPublicKey(bytes: Uint8Array, place?: string): Result<PublicKey> {
  const wanted = 'SubjectPublicKeyInfo in DER or PEM; `openssl pkey -pubout` prints one';
  const blocks = parsePem(bytes);
  const block = blocks?.find(({ label }) => label === 'PUBLIC KEY');
  if (blocks && !block) {
    const labels = blocks.map(({ label }) => label).join(', ') || 'nothing readable';
    return failed(problem('not-a-public-key', `the PEM text holds no public key but ${labels}`, place, wanted));
  }
  const encoded = block?.bytes ?? bytes;
  const key = readPublic(encoded);
  if (!key) {
    return firstKey(encoded, ['pkcs8', 'sec1'])
      ? failed(problem('not-a-public-key', 'this is a private key, not a public key', place, wanted))
      : failed(problem('public-key-unreadable', `${encoded.length} bytes are not a public key`, place, wanted));
  }
  return ok(publicKeyOf(key));
}
