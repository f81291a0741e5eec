import type { Certificate } from './credentials/certificate.js';
import type { PrivateKey } from './credentials/key.js';
import type { Trust } from './credentials/trust.js';
import type { KeyExchange } from './suites.js';

/** LwM2M mode 0. The identity is at most 128 bytes, the key at most 64 (Transport 1.1 §5.2.8.1). */
export interface PskCredentials {
  readonly kind: 'psk';
  readonly identity: Uint8Array;
  readonly key: Uint8Array;
}

/** What one side proves itself with by a signature. */
export type OwnCertificate =
  /** LwM2M mode 1; the public key is the private key's. */
  | { readonly kind: 'rpk'; readonly privateKey: PrivateKey }
  /** LwM2M mode 2; the owner's certificate first. */
  | { readonly kind: 'x509'; readonly privateKey: PrivateKey; readonly chain: readonly Certificate[] };

/** Modes 1 and 2. Without `own` the client stays anonymous, and a server that demands a certificate refuses it. */
export interface CertificateCredentials {
  readonly kind: 'certificate';
  readonly own?: OwnCertificate;
  readonly trust: Trust;
}

export type ClientCredentials = PskCredentials | CertificateCredentials;

/** Everything a server proves itself with and judges clients by; it takes the modes whose parts are there. */
export interface ServerCredentials {
  readonly psk?: {
    /** Sent in a ServerKeyExchange; no client needs it. */
    readonly hint?: Uint8Array;
    /** The key of an identity, or undefined when it is unknown. */
    readonly lookup: (identity: Uint8Array) => Uint8Array | undefined;
  };
  /** Tried in this order, by what the client can read (RFC 7250 §4.2). */
  readonly own?: readonly OwnCertificate[];
  /** How clients are judged. Left out: no client is asked for a certificate. */
  readonly trust?: Trust;
  /** Whether a client may stay without certificate; default false. */
  readonly allowAnonymous?: boolean;
}

export const clientKeyExchanges = (credentials: ClientCredentials): readonly KeyExchange[] =>
  credentials.kind === 'psk' ? ['psk', 'ecdhe-psk'] : ['ecdhe-ecdsa'];

export function serverKeyExchanges({ psk, own }: ServerCredentials): readonly KeyExchange[] {
  const exchanges: KeyExchange[] = [];
  if (psk) exchanges.push('psk', 'ecdhe-psk');
  if (own?.length) exchanges.push('ecdhe-ecdsa');
  return exchanges;
}
