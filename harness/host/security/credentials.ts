import { toHex, utf8 } from '../../base/bytes.js';
import type { Random } from '../../base/random.js';
import {
  issueCertificate,
  makePrivateKey,
  type Certificate,
  type PrivateKey,
  type PublicKey,
} from '../../link/dtls/index.js';

/** One pre-shared key with its identity (Transport 1.1 §5.2.8.1). */
export interface PskPair {
  readonly identity: Uint8Array;
  readonly key: Uint8Array;
}

/** What one party proves itself with, and whom it believes, in one of the three ways of LwM2M (Transport 1.1 §5.2.8). */
export type Credentials =
  /** A server may know several clients; a client has one pair. */
  | { readonly kind: 'psk'; readonly pairs: readonly PskPair[] }
  | { readonly kind: 'rpk'; readonly privateKey: PrivateKey; readonly peer: PublicKey }
  /** The owner's certificate first in `chain`; `trust` holds authorities, or the peer's own certificate. */
  | {
      readonly kind: 'x509';
      readonly privateKey: PrivateKey;
      readonly chain: readonly Certificate[];
      readonly trust: readonly Certificate[];
    };

export type CredentialsKind = Credentials['kind'];

/** What both parties have, as far as it is known: a foreign one may keep its own. */
export interface Parties {
  readonly client?: Credentials;
  readonly server?: Credentials;
}

/** Which server credentials are for: the first, the second, or the bootstrap-server. It ends the names of a pre-shared key. */
export type Suffix = '' | '.2' | '.bootstrap';

/** Makes credentials for endpoints: the authorities and the server's are the same for all, each server has its own pre-shared key. */
export interface Maker {
  for(endpoint: string, suffix?: Suffix): Required<Parties>;
}

/** Name in the certificate of a server that is made (ETS 402). */
export const SERVER_NAME = 'server.example.com';
const ROOT = 'Test Root';

/**
 * Credentials of a run that was given none; each endpoint has the same all through it. With a seeded source they are the same
 * in every run, and protect nothing.
 */
export function makeCredentials(kind: CredentialsKind, random: Random): Maker {
  const make = MAKERS[kind](random);
  const made = new Map<string, Required<Parties>>();
  return {
    for(endpoint, suffix = '') {
      // A client has one key pair, and a pre-shared key with each server (Transport 1.1 §5.2.4).
      const name = kind === 'psk' ? `${endpoint} ${suffix}` : endpoint;
      const parties = made.get(name) ?? make(endpoint, suffix);
      made.set(name, parties);
      return parties;
    },
  };
}

const MAKERS: Readonly<
  Record<CredentialsKind, (random: Random) => (endpoint: string, suffix: Suffix) => Required<Parties>>
> = {
  psk: (random) => (endpoint, suffix) => {
    const pair = { identity: utf8(endpoint), key: random.fork(`key${suffix} of ${endpoint}`).bytes(16) };
    return both({ kind: 'psk', pairs: [pair] });
  },
  rpk(random) {
    const server = makePrivateKey(random.fork('server'));
    return (endpoint) => {
      const client = makePrivateKey(random.fork(`client ${endpoint}`));
      return {
        client: { kind: 'rpk', privateKey: client, peer: server.publicKey },
        server: { kind: 'rpk', privateKey: server, peer: client.publicKey },
      };
    };
  },
  x509(random) {
    const root = makePrivateKey(random.fork('root'));
    const server = makePrivateKey(random.fork('server'));
    const issuer = { subject: ROOT, key: root };
    const authority = issueCertificate({ subject: ROOT, key: root, authority: true });
    const own = issueCertificate({
      ...{ subject: SERVER_NAME, key: server, issuer, serial: 2, dnsNames: [SERVER_NAME] },
      ...{ addresses: [Uint8Array.of(127, 0, 0, 1)], purposes: ['server'] },
    });
    return (endpoint) => {
      const key = makePrivateKey(random.fork(`client ${endpoint}`));
      const chain = [issueCertificate({ subject: endpoint, key, issuer, serial: 3, purposes: ['client'] })];
      return {
        client: { kind: 'x509', privateKey: key, chain, trust: [own] },
        server: { kind: 'x509', privateKey: server, chain: [own], trust: [authority] },
      };
    };
  },
};

/** A pre-shared key is one for both; its identity is the endpoint name, as servers compare the two (Transport 1.1 §5.2.6). */
const both = (credentials: Credentials): Required<Parties> => ({ client: credentials, server: credentials });

/** A party's credentials by name, hexadecimal, as the control contract gives them (docs/security.md). */
export function namedCredentials(
  { client, server }: Parties,
  party: 'client' | 'server',
  suffix: Suffix = '',
): Record<string, string> {
  const known = { ...publicPart(client, 'client'), ...publicPart(server, 'server') };
  const own = party === 'client' ? client : server;
  if (own?.kind === 'psk') return pskNames(own.pairs, suffix);
  return { ...known, ...(own && { [`${prefixOf(own)}.${party}-key`]: toHex(own.privateKey.exportPkcs8()) }) };
}

function pskNames([pair]: readonly PskPair[], suffix: Suffix): Record<string, string> {
  return pair ? { [`psk.identity${suffix}`]: toHex(pair.identity), [`psk.key${suffix}`]: toHex(pair.key) } : {};
}

const prefixOf = ({ kind }: Credentials): string => (kind === 'x509' ? 'certificate' : kind);

/** What each party shows of itself, and what it knows of the other. */
function publicPart(credentials: Credentials | undefined, party: 'client' | 'server'): Record<string, string> {
  const other = party === 'client' ? 'server' : 'client';
  switch (credentials?.kind) {
    case 'rpk':
      return {
        [`rpk.${party}`]: toHex(credentials.privateKey.publicKey.spki),
        [`rpk.${other}`]: toHex(credentials.peer.spki),
      };
    case 'x509': {
      const [own] = credentials.chain;
      const [trusted] = credentials.trust;
      return {
        ...(own && { [`certificate.${party}`]: toHex(own.der) }),
        ...(trusted && { [trusted.isAuthority ? 'certificate.ca' : `certificate.${other}`]: toHex(trusted.der) }),
      };
    }
    default:
      return {};
  }
}

/** What nobody else may see: pre-shared keys; private keys as they are written, and the number that they are. */
export function secretsOf(credentials: Credentials): readonly Uint8Array[] {
  if (credentials.kind === 'psk') return credentials.pairs.map(({ key }) => key);
  const pkcs8 = credentials.privateKey.exportPkcs8();
  const scalar = scalarOf(pkcs8);
  return scalar ? [pkcs8, scalar] : [pkcs8];
}

/** The private number of a P-256 key: the octet string of ECPrivateKey (RFC 5915 §3). */
function scalarOf(pkcs8: Uint8Array): Uint8Array | undefined {
  const begin = Buffer.from(pkcs8).indexOf(Uint8Array.of(2, 1, 1, 4, 32));
  return begin < 0 ? undefined : pkcs8.slice(begin + 5, begin + 37);
}
