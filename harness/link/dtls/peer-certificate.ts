import { EMPTY } from '../../base/bytes.js';
import { Abort } from './alert.js';
import type { OwnCertificate } from './credentials.js';
import { decodeCertificate } from './credentials/certificate.js';
import { readPublicKey, verifySignature } from './credentials/key.js';
import type { Presented, Trust } from './credentials/trust.js';
import type { CertificateType } from './extension.js';
import {
  decodeCertificateChain,
  decodeRawPublicKey,
  ECDSA_SHA256,
  encodeCertificateChain,
  encodeRawPublicKey,
  type Signature,
} from './key-exchange.js';
import type { PeerIdentity } from './session.js';

/** Body of a Certificate message; with nothing of the agreed type to show, an empty one. */
export function encodeOwn(own: OwnCertificate | undefined, type: CertificateType): Uint8Array {
  if (type === 'rpk') return encodeRawPublicKey(own?.kind === 'rpk' ? own.privateKey.publicKey.spki : EMPTY);
  return encodeCertificateChain(own?.kind === 'x509' ? own.chain.map(({ der }) => der) : []);
}

/** Who the peer claims to be, and the key that must prove it. */
export interface Claim {
  readonly identity: PeerIdentity;
  readonly spki: Uint8Array;
}

/**
 * Reads and judges a Certificate message.
 *
 * @returns undefined when it is empty
 * @throws Abort when it does not parse, or is not believed
 */
export function judgeCertificate(body: Uint8Array, type: CertificateType, trust: Trust): Claim | undefined {
  const presented = type === 'rpk' ? decodeKey(body) : decodeChain(body);
  if (!presented) return undefined;
  const distrust = trust.judge(presented);
  if (distrust) throw new Abort(distrust.alert, distrust.message, distrust.code);
  const key = presented.kind === 'rpk' ? presented.publicKey : presented.chain[0]?.publicKey;
  return key && { identity: presented, spki: key.spki };
}

function decodeKey(body: Uint8Array): Presented | undefined {
  const spki = decodeRawPublicKey(body);
  if (spki.length === 0) return undefined;
  const key = readPublicKey(spki);
  if (!key.ok) throw new Abort('bad_certificate', 'the raw public key of the peer does not parse');
  if (key.value.curve !== 'P-256')
    throw new Abort('unsupported_certificate', 'the raw public key of the peer is not on P-256');
  return { kind: 'rpk', publicKey: { ...key.value, spki } };
}

function decodeChain(body: Uint8Array): Presented | undefined {
  const encoded = decodeCertificateChain(body);
  if (encoded.length === 0) return undefined;
  const chain = encoded.map((der) => {
    const certificate = decodeCertificate(der);
    if (!certificate) throw new Abort('bad_certificate', 'a certificate of the peer does not parse');
    return certificate;
  });
  return { kind: 'x509', chain };
}

/** @throws Abort `decrypt_error` or, for another algorithm, `illegal_parameter` */
export function checkSignature(
  { algorithm, bytes }: Signature,
  spki: Uint8Array,
  signed: Uint8Array,
  what: string,
  unproven = false,
): void {
  if (algorithm !== ECDSA_SHA256)
    throw new Abort('illegal_parameter', `${what} is signed with an algorithm that was not offered`);
  if (!unproven && !verifySignature(spki, signed, bytes))
    throw new Abort('decrypt_error', `the signature of ${what} does not hold`);
}
