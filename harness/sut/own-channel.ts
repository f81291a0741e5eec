import type { FragmentLength, Hooks, SuiteName } from '../link/dtls/index.js';

/** What a party of ours shows that is not what the run gives it. */
export type CredentialFault =
  /** A pre-shared key of another identity; a raw public key, or an authority, that nobody knows. */
  | 'unknown'
  /** A pre-shared key with an identity of no bytes. */
  | 'no-identity'
  /** The right identity with another key; of a server with raw public keys another key. */
  | 'wrong-key'
  /** Certificates alone. `wrong-host`: of a server; `other-purpose`: what the other party uses one for (RFC 5280 §4.2.1.12); `none`: of a client that shows none. */
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'wrong-curve'
  | 'wrong-host'
  | 'other-purpose'
  /** Of a server: a good one that the client does not know, and has to judge by its authority. */
  | 'by-authority'
  | 'none';

/**
 * The pre-shared key that a run makes for a client and its server, where it is not the usual one: the endpoint name, with a key of 16
 * bytes. Both are given it, whoever they are.
 */
export interface OwnPsk {
  /** Length in bytes, beginning as the endpoint name; or the text itself. */
  readonly identity?: number | string;
  /** Length in bytes. */
  readonly key?: number;
}

/**
 * As whom our client speaks from another address: with the credentials of the run; with its own under the name `ENDPOINT-another`, which
 * the server was told as well; with the identity of the run and another pre-shared key; in the clear.
 */
export type Elsewhere = 'itself' | 'another' | 'stranger' | 'clear';

/** How the channel of a party of ours differs in a case, where the party is ours. */
export interface OwnChannel {
  /** Cipher suites that it offers or takes, in order. */
  readonly suites?: readonly SuiteName[];
  readonly credentials?: CredentialFault;
  /**
   * Length of the connection id in records to it (RFC 9146); 0: it only uses the one of its peer. Unless told, a client asks for
   * none and a server gives out 8 bytes to one that does.
   */
  readonly connectionId?: number;
  /** False: it does not have the extension. */
  readonly extendedMasterSecret?: boolean;
  /** False: sessions are not resumed. */
  readonly resume?: boolean;
  /** Most bytes of a handshake message in one record. */
  readonly fragment?: number;
  /** True: a ClientHello is in one piece all the same. */
  readonly wholeHello?: boolean;
  /** Datagrams that it sends and that are lost, by their number from 0, since it was started. */
  readonly loses?: readonly number[];
  /** How many of the datagrams with a ChangeCipherSpec, with which a side ends its part of a handshake, are lost. */
  readonly losesFinish?: number;
  /** The same of those that come to it. */
  readonly missesFinish?: number;
  /** The records of a datagram go out in reverse order, in order when it is sent again. */
  readonly reorders?: boolean;
  /** Each datagram goes out twice. */
  readonly doubles?: boolean;
  /** What a client asks for, in bytes (RFC 6066 §4). */
  readonly maxFragmentLength?: FragmentLength;
  /** False: a server asks for no cookie. */
  readonly cookies?: boolean;
  /** False: a server that asks for a certificate names no authority (RFC 5246 §7.4.4). */
  readonly authorities?: boolean;
  /** What of the signatures of its handshakes is not as it should be: other bytes, or none at all. */
  readonly signatures?: 'wrong' | 'missing';
}

/** What a deviation can do when it has heard something. */
export interface DeviantHands {
  readonly from: string;
  /** Ends the session with who sent it, by close_notify. */
  end(): void;
  /** Sends a record to who sent it, under the keys of the session where it stands. */
  record(type: number, fragment: Uint8Array): void;
  /** Sends a datagram to who sent it, as it is. */
  datagram(bytes: Uint8Array): void;
}

/** How the channel of a deviation differs, beside what a case can ask for. */
export interface DeviantChannel extends OwnChannel {
  /** It believes every certificate and raw public key, and a server every identity with a known key; or each signature by a good one. */
  readonly believes?: 'anyone' | 'any-signature';
  /** The pre-shared key that it takes for an identity, from the one that it was given. */
  readonly keyOf?: (key: Uint8Array | undefined, identity: Uint8Array) => Uint8Array | undefined;
  /** What it changes of its messages, records and datagrams; made anew for each start. */
  readonly hooks?: () => Hooks;
  /** What it hears in the place of each datagram that comes; made anew for each start. */
  readonly hears?: () => (datagram: Uint8Array, hands: DeviantHands) => readonly Uint8Array[];
}

/** By party. */
export type DeviantChannels = Readonly<Partial<Record<'client' | 'server', DeviantChannel>>>;
