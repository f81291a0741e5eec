import type { Address } from '../link.js';
import { concatBytes, utf8, fromUtf8 } from '../../base/bytes.js';
import { decodeCertificate, type Certificate } from './credentials/certificate.js';
import { readPublicKey, type PublicKey } from './credentials/key.js';
import type { FragmentLength } from './extension.js';
import type { GroupName } from './group.js';
import { suiteByCode, type Suite, type SuiteName } from './suites.js';
import { Reader, uint16, uint8, vector16, vector24, vector8 } from './vector.js';

/** Who the peer has shown to be. */
export type PeerIdentity =
  /** Of the client that gave it, or of ourselves where the peer is the server; `hint` is the server's. */
  | { readonly kind: 'psk'; readonly identity: Uint8Array; readonly hint?: Uint8Array }
  | { readonly kind: 'rpk'; readonly publicKey: PublicKey }
  | { readonly kind: 'x509'; readonly chain: readonly Certificate[] }
  /** A client without certificate, where none was demanded. */
  | { readonly kind: 'anonymous' };

/** What two peers agreed on. No secret is in it. */
export interface SessionInfo {
  readonly peer: Address;
  readonly suite: SuiteName;
  readonly identity: PeerIdentity;
  /** Undefined for plain PSK and for a resumed session. */
  readonly group: GroupName | undefined;
  /** What the client asked for by SNI. */
  readonly serverName: string | undefined;
  readonly resumed: false | 'id' | 'ticket';
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  /** Of records to us and of records to the peer; either may be empty. Undefined: not agreed. */
  readonly connectionIds: { readonly own: Uint8Array; readonly peer: Uint8Array } | undefined;
  readonly maxFragmentLength: FragmentLength | undefined;
}

/** What is kept to resume a session. It holds the master secret and never leaves this folder, except sealed in a ticket. */
export interface Resumable {
  readonly suite: Suite;
  readonly master: Uint8Array;
  readonly extendedMasterSecret: boolean;
  readonly identity: PeerIdentity;
  readonly serverName: string | undefined;
  /** Clock seconds after which it is not resumed. */
  readonly expires: number;
}

const KINDS = ['psk', 'rpk', 'x509', 'anonymous'] as const;

/** The content of a ticket (RFC 5077 §4 leaves the form to the server). */
export function encodeResumable({
  suite,
  master,
  extendedMasterSecret,
  identity,
  serverName,
  expires,
}: Resumable): Uint8Array {
  const parts: readonly Uint8Array[] =
    identity.kind === 'psk'
      ? [identity.identity]
      : identity.kind === 'rpk'
        ? [identity.publicKey.spki]
        : identity.kind === 'x509'
          ? identity.chain.map(({ der }) => der)
          : [];
  const expiry = new Uint8Array(8);
  new DataView(expiry.buffer).setFloat64(0, expires);
  return concatBytes(
    uint16(suite.code),
    vector8(master),
    uint8(extendedMasterSecret ? 1 : 0),
    vector16(utf8(serverName ?? '')),
    expiry,
    uint8(KINDS.indexOf(identity.kind)),
    ...parts.map((part) => vector24(part)),
  );
}

/** Undefined when the bytes are not what `encodeResumable` makes. @throws Abort when they end early */
export function decodeResumable(bytes: Uint8Array): Resumable | undefined {
  const reader = new Reader(bytes, 'ticket');
  const suite = suiteByCode(reader.uint16());
  const master = Uint8Array.from(reader.vector8());
  const extended = reader.uint8() === 1;
  const serverName = fromUtf8(reader.vector16());
  const expiry = Uint8Array.from(reader.take(8));
  const kind = KINDS[reader.uint8()];
  const parts: Uint8Array[] = [];
  while (reader.left > 0) parts.push(Uint8Array.from(reader.vector24()));
  const identity = decodeIdentity(kind, parts);
  if (!suite || !identity) return undefined;
  const expires = new DataView(expiry.buffer).getFloat64(0);
  return { suite, master, extendedMasterSecret: extended, identity, serverName: serverName || undefined, expires };
}

function decodeIdentity(
  kind: (typeof KINDS)[number] | undefined,
  parts: readonly Uint8Array[],
): PeerIdentity | undefined {
  const [first] = parts;
  switch (kind) {
    case 'psk':
      return first && { kind, identity: first };
    case 'rpk': {
      const key = first && readPublicKey(first);
      return key?.ok ? { kind, publicKey: key.value } : undefined;
    }
    case 'x509':
      return { kind, chain: parts.flatMap((part) => decodeCertificate(part) ?? []) };
    case 'anonymous':
      return { kind };
    case undefined:
      return undefined;
  }
}
