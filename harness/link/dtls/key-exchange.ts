import { concatBytes, EMPTY } from '../../base/bytes.js';
import { Abort } from './alert.js';
import type { KeyExchange } from './suites.js';
import { Reader, uint16, uint24, uint8, vector16, vector24, vector8 } from './vector.js';

/** An ephemeral public key with its named curve (RFC 8422 §5.4: ServerECDHParams). */
export interface EcParameters {
  readonly group: number;
  readonly publicKey: Uint8Array;
}

export interface Signature {
  /** SignatureAndHashAlgorithm. */
  readonly algorithm: number;
  readonly bytes: Uint8Array;
}

/** ecdsa_secp256r1_sha256, the only one used here (RFC 7925 §4.4, Transport 1.1 §5.2.8). */
export const ECDSA_SHA256 = 0x0403;

/** Which parts there are follows from the suite: hint for PSK, parameters for ECDHE, signature for ECDSA. */
export interface ServerKeyExchange {
  readonly hint?: Uint8Array;
  readonly parameters?: EcParameters;
  readonly signature?: Signature;
}

const NAMED_CURVE = 3;

export const encodeEcParameters = ({ group, publicKey }: EcParameters): Uint8Array =>
  concatBytes(uint8(NAMED_CURVE), uint16(group), vector8(publicKey));

export const encodeSignature = ({ algorithm, bytes }: Signature): Uint8Array =>
  concatBytes(uint16(algorithm), vector16(bytes));

/** RFC 4279 §2, RFC 5489 §2, RFC 8422 §5.4. */
export function encodeServerKeyExchange({ hint, parameters, signature }: ServerKeyExchange): Uint8Array {
  return concatBytes(
    hint ? vector16(hint) : EMPTY,
    parameters ? encodeEcParameters(parameters) : EMPTY,
    signature ? encodeSignature(signature) : EMPTY,
  );
}

/** @throws Abort */
export function decodeServerKeyExchange(body: Uint8Array, keyExchange: KeyExchange): ServerKeyExchange {
  const reader = new Reader(body, 'ServerKeyExchange');
  const hint = keyExchange === 'ecdhe-ecdsa' ? {} : { hint: reader.vector16() };
  const parameters = keyExchange === 'psk' ? {} : { parameters: decodeEcParameters(reader) };
  const signature = keyExchange === 'ecdhe-ecdsa' ? { signature: decodeSignature(reader) } : {};
  reader.end();
  return { ...hint, ...parameters, ...signature };
}

function decodeEcParameters(reader: Reader): EcParameters {
  if (reader.uint8() !== NAMED_CURVE) throw new Abort('illegal_parameter', 'the key exchange has no named curve');
  return { group: reader.uint16(), publicKey: Uint8Array.from(reader.vector8()) };
}

const decodeSignature = (reader: Reader): Signature => ({ algorithm: reader.uint16(), bytes: reader.vector16() });

export interface ClientKeyExchange {
  readonly identity?: Uint8Array;
  readonly publicKey?: Uint8Array;
}

export function encodeClientKeyExchange({ identity, publicKey }: ClientKeyExchange): Uint8Array {
  return concatBytes(identity ? vector16(identity) : EMPTY, publicKey ? vector8(publicKey) : EMPTY);
}

/** @throws Abort */
export function decodeClientKeyExchange(body: Uint8Array, keyExchange: KeyExchange): ClientKeyExchange {
  const reader = new Reader(body, 'ClientKeyExchange');
  const identity = keyExchange === 'ecdhe-ecdsa' ? {} : { identity: Uint8Array.from(reader.vector16()) };
  const publicKey = keyExchange === 'psk' ? {} : { publicKey: Uint8Array.from(reader.vector8()) };
  reader.end();
  return { ...identity, ...publicKey };
}

/** CertificateVerify (RFC 5246 §7.4.8). @throws Abort */
export function decodeCertificateVerify(body: Uint8Array): Signature {
  const reader = new Reader(body, 'CertificateVerify');
  const signature = decodeSignature(reader);
  reader.end();
  return signature;
}

/** A chain, the owner's certificate first; empty when a client has none (RFC 5246 §7.4.2). */
export const encodeCertificateChain = (chain: readonly Uint8Array[]): Uint8Array =>
  vector24(...chain.map((certificate) => vector24(certificate)));

/** @throws Abort */
export function decodeCertificateChain(body: Uint8Array): Uint8Array[] {
  const reader = new Reader(body, 'Certificate');
  const list = new Reader(reader.vector24(), 'Certificate');
  reader.end();
  const chain: Uint8Array[] = [];
  while (list.left > 0) chain.push(Uint8Array.from(list.vector24()));
  return chain;
}

/** A SubjectPublicKeyInfo in place of the chain; empty when a client has none (RFC 7250 §3). */
export const encodeRawPublicKey = (spki: Uint8Array): Uint8Array => concatBytes(uint24(spki.length), spki);

/** @throws Abort */
export function decodeRawPublicKey(body: Uint8Array): Uint8Array {
  const reader = new Reader(body, 'Certificate');
  const spki = Uint8Array.from(reader.vector24());
  reader.end();
  return spki;
}

export interface CertificateRequest {
  readonly types: readonly number[];
  readonly algorithms: readonly number[];
  /** Distinguished names in DER; empty: any (RFC 5246 §7.4.4). */
  readonly authorities: readonly Uint8Array[];
}

/** ClientCertificateType ecdsa_sign (RFC 8422 §5.5). */
export const ECDSA_SIGN = 64;

export function encodeCertificateRequest({ types, algorithms, authorities }: CertificateRequest): Uint8Array {
  return concatBytes(
    vector8(Uint8Array.from(types)),
    vector16(...algorithms.map(uint16)),
    vector16(...authorities.map((name) => vector16(name))),
  );
}

/** @throws Abort */
export function decodeCertificateRequest(body: Uint8Array): CertificateRequest {
  const reader = new Reader(body, 'CertificateRequest');
  const types = [...reader.vector8()];
  const algorithms = reader.list16();
  const list = new Reader(reader.vector16(), 'CertificateRequest');
  const authorities: Uint8Array[] = [];
  while (list.left > 0) authorities.push(Uint8Array.from(list.vector16()));
  reader.end();
  return { types, algorithms, authorities };
}

export interface NewSessionTicket {
  /** Seconds; 0 leaves it to the client. */
  readonly lifetime: number;
  readonly ticket: Uint8Array;
}

/** RFC 5077 §3.3. */
export function encodeNewSessionTicket({ lifetime, ticket }: NewSessionTicket): Uint8Array {
  return concatBytes(uint16(Math.floor(lifetime / 2 ** 16)), uint16(lifetime % 2 ** 16), vector16(ticket));
}

/** @throws Abort */
export function decodeNewSessionTicket(body: Uint8Array): NewSessionTicket {
  const reader = new Reader(body, 'NewSessionTicket');
  const lifetime = reader.uint32();
  const ticket = Uint8Array.from(reader.vector16());
  reader.end();
  return { lifetime, ticket };
}
