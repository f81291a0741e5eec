import { equalBytes, fromUtf8 } from '../../base/bytes.js';
import type { PeerIdentity } from './session.js';

/** What a server knows of one client before it comes (Transport 1.1 §5.2.6). */
export interface SecurityEntry {
  /** Endpoint client name that the credentials prove; left out: any name may be given with them. */
  readonly endpoint?: string;
  readonly psk?: { readonly identity: Uint8Array; readonly key: Uint8Array };
  /** SubjectPublicKeyInfo of its raw public key. */
  readonly publicKey?: Uint8Array;
  /** Common name of its certificate, where that is not the endpoint name. */
  readonly commonName?: string;
}

/** Who may come with what, and which endpoint name it proves. */
export class SecurityStore {
  #entries: readonly SecurityEntry[] = [];

  constructor(entries: readonly SecurityEntry[] = []) {
    for (const entry of entries) this.add(entry);
  }

  /** In the place of an earlier entry for the same endpoint. */
  add(entry: SecurityEntry): void {
    if (entry.endpoint !== undefined) this.remove(entry.endpoint);
    this.#entries = [...this.#entries, entry];
  }

  /** Its sessions are the link's to end. */
  remove(endpoint: string): void {
    this.#entries = this.#entries.filter((entry) => entry.endpoint !== endpoint);
  }

  /** Whether an endpoint name is to be proven. */
  isSecured(endpoint: string): boolean {
    return this.#find((entry) => entry.endpoint === endpoint) !== undefined;
  }

  /** The pre-shared key of an identity. */
  keyOf(identity: Uint8Array): Uint8Array | undefined {
    return this.#find(({ psk }) => psk !== undefined && equalBytes(psk.identity, identity))?.psk?.key;
  }

  isKnownKey(spki: Uint8Array): boolean {
    return this.#find(({ publicKey }) => publicKey !== undefined && equalBytes(publicKey, spki)) !== undefined;
  }

  /**
   * The endpoint name that an identity proves: that of its entry, else the identity or the common name itself. Undefined:
   * an anonymous client, or one who proves no name.
   */
  endpointOf(identity: PeerIdentity): string | undefined {
    switch (identity.kind) {
      case 'psk':
        return (
          this.#find(({ psk }) => psk !== undefined && equalBytes(psk.identity, identity.identity))?.endpoint ??
          fromUtf8(identity.identity)
        );
      case 'rpk':
        return this.#find(({ publicKey }) => publicKey !== undefined && equalBytes(publicKey, identity.publicKey.spki))
          ?.endpoint;
      case 'x509': {
        const name = identity.chain[0]?.commonName;
        return this.#find(({ commonName }) => commonName !== undefined && commonName === name)?.endpoint ?? name;
      }
      case 'anonymous':
        return undefined;
    }
  }

  /** Whether a session that was agreed before may go on: its entry is still there. Certificates stand for themselves. */
  isWelcome(identity: PeerIdentity): boolean {
    if (identity.kind === 'psk') return this.keyOf(identity.identity) !== undefined;
    return identity.kind !== 'rpk' || this.isKnownKey(identity.publicKey.spki);
  }

  #find(matches: (entry: SecurityEntry) => boolean): SecurityEntry | undefined {
    return this.#entries.find(matches);
  }
}
