import { toHex, utf8 } from '../../base/bytes.js';
import type { Random } from '../../base/random.js';
import type { CredentialFault, OwnPsk } from '../../sut/own-channel.js';
import {
  issueCertificate,
  makePrivateKey,
  type Certificate,
  type CertificateRequest,
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
  for(endpoint: string, suffix?: Suffix, asked?: Asked): Required<Parties>;
}

/** What a case asks of credentials. */
export interface Asked {
  /** What is wrong with those of a party of ours. */
  readonly client?: CredentialFault;
  readonly server?: CredentialFault;
  /** Of the client and its server. */
  readonly psk?: OwnPsk;
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
    for(endpoint, suffix = '', { psk, ...faults } = {}) {
      // A client has one key pair, and a pre-shared key with each server (Transport 1.1 §5.2.4).
      const asked = kind !== 'psk' ? faults : suffix === '' && psk ? { psk } : {};
      const name = `${endpoint} ${kind === 'psk' ? suffix : ''} ${JSON.stringify(asked)}`;
      const parties = made.get(name) ?? make(endpoint, suffix, asked);
      made.set(name, parties);
      return parties;
    },
  };
}

type Make = (endpoint: string, suffix: Suffix, asked: Asked) => Required<Parties>;

const MAKERS: Readonly<Record<CredentialsKind, (random: Random) => Make>> = {
  psk:
    (random) =>
    (endpoint, suffix, { psk }) => {
      const key = random.fork(`key${suffix} of ${endpoint}`).bytes(psk?.key ?? 16);
      const pair = { identity: identityOf(endpoint, psk?.identity), key };
      return both({ kind: 'psk', pairs: [pair] });
    },
  rpk(random) {
    const made = new Map<string, PrivateKey>();
    // Numbers of the system are others each time, and a client has its key whatever else is shown in its place.
    const keyOf = (name: string): PrivateKey => {
      const key = made.get(name) ?? makePrivateKey(random.fork(name));
      made.set(name, key);
      return key;
    };
    return (endpoint, _suffix, faults) => {
      const [client, server] = [keyOf(`client ${endpoint}`), keyOf('server')];
      const [clientShows, serverShows] = [
        faults.client ? keyOf(`strange ${endpoint}`) : client,
        faults.server ? keyOf('strange server') : server,
      ];
      return {
        client: { kind: 'rpk', privateKey: clientShows, peer: server.publicKey },
        server: { kind: 'rpk', privateKey: serverShows, peer: client.publicKey },
      };
    };
  },
  x509(random) {
    const issue = issuer(random);
    return (endpoint, _suffix, faults) => {
      const client = issue(endpoint, { purposes: ['client'] }, faults.client);
      const server = issue(SERVER_NAME, SERVER_NAMES, faults.server);
      // Only a client that trusts the authority has something to find in a certificate; the certificate itself it would just take.
      const trusted = faults.server === undefined ? server.chain : [issue.authority];
      return {
        client: { kind: 'x509', ...client, trust: trusted },
        server: { kind: 'x509', ...server, trust: [issue.authority] },
      };
    };
  },
};

function identityOf(endpoint: string, asked: OwnPsk['identity']): Uint8Array {
  const text = typeof asked === 'string' ? asked : endpoint;
  return typeof asked === 'number' ? utf8(text.padEnd(asked, '-')).slice(0, asked) : utf8(text);
}

/** Names of our servers, on UDP and on the memory network. */
const SERVER_NAMES = {
  dnsNames: [SERVER_NAME, 'server', 'server2', 'bootstrap-server'],
  addresses: [Uint8Array.of(127, 0, 0, 1)],
  purposes: ['server'],
} as const;

interface Issued {
  readonly privateKey: PrivateKey;
  readonly chain: readonly Certificate[];
}

/** Issues certificates under an authority of its own: the same for the same subject and fault. */
function issuer(random: Random): {
  (subject: string, options: Partial<CertificateRequest>, fault: CredentialFault | undefined): Issued;
  readonly authority: Certificate;
} {
  const key = makePrivateKey(random.fork('root'));
  const strange = (): PrivateKey => makePrivateKey(random.fork('other root'));
  const made = new Map<string, Issued>();
  let serial = 2;
  const make = (subject: string, options: Partial<CertificateRequest>, fault: CredentialFault | undefined): Issued => {
    const privateKey = makePrivateKey(random.fork(`key of ${subject}`), fault === 'wrong-curve' ? 'P-384' : 'P-256');
    const above = { subject: ROOT, key: fault === 'unknown' || fault === 'wrong-key' ? strange() : key };
    const purposes = options.purposes?.map((purpose) => (fault === 'other-purpose' ? OTHER[purpose] : purpose));
    const request = {
      ...options,
      ...(purposes && { purposes }),
      subject,
      key: privateKey,
      serial: serial++,
      ...AS_FAULTY[fault ?? 'none'],
    };
    return { privateKey, chain: [issueCertificate(fault === 'self-signed' ? request : { ...request, issuer: above })] };
  };
  const issue = (...given: Parameters<typeof make>): Issued => {
    const name = `${given[0]} ${given[2] ?? ''}`;
    const issued = made.get(name) ?? make(...given);
    made.set(name, issued);
    return issued;
  };
  return Object.assign(issue, { authority: issueCertificate({ subject: ROOT, key, authority: true }) });
}

/** The purpose of the other party's certificate. */
const OTHER = { client: 'server', server: 'client' } as const;

const year = (number: number): number => Date.UTC(number) / 1000;

/** What of a certificate is not as it should be; the rest are faults of its key or issuer. */
const AS_FAULTY: Readonly<Record<CredentialFault, Partial<CertificateRequest>>> = {
  expired: { notBefore: year(2000), notAfter: year(2001) },
  'not-yet-valid': { notBefore: year(2049) },
  'wrong-host': { dnsNames: ['elsewhere.example.com'], addresses: [] },
  ...{
    'other-purpose': {},
    'by-authority': {},
    unknown: {},
    'no-identity': {},
    'wrong-key': {},
    'self-signed': {},
    'wrong-curve': {},
    none: {},
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
  const [ofClient, ofServer] = [publicPart(client, 'client'), publicPart(server, 'server')];
  // What a party knows itself counts: the other may show something else.
  const { 'certificate.server': provisioned, ...others } =
    party === 'client' ? { ...ofServer, ...ofClient } : { ...ofClient, ...ofServer };
  // A client that judges by the authority does not know the certificate before it sees it.
  const judgesByAuthority = party === 'client' && client?.kind === 'x509' && client.trust[0]?.isAuthority === true;
  const known = {
    ...others,
    ...(provisioned !== undefined && !judgesByAuthority && { 'certificate.server': provisioned }),
  };
  const own = party === 'client' ? client : server;
  if (own?.kind === 'psk') return pskNames(own.pairs, suffix);
  return { ...known, ...(own && { [`${prefixOf(own)}.${party}-key`]: toHex(own.privateKey.exportPkcs8()) }) };
}

/** Endpoint name of a client that a server knows beside the one of the run. */
export const nameOfAnother = (endpoint: string): string => `${endpoint}-another`;

/** What a server is told of a client beside the one of the run; a certificate its authority vouches for. */
export function namesOfAnother(parties: Parties | undefined): Record<string, string> {
  const client = parties?.client;
  if (client?.kind === 'rpk') return { 'rpk.client.another': toHex(client.privateKey.publicKey.spki) };
  return client?.kind === 'psk' ? pskNames(client.pairs, '.another') : {};
}

function pskNames([pair]: readonly PskPair[], suffix: Suffix | '.another'): Record<string, string> {
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
