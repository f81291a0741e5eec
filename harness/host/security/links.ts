import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import {
  dtlsServer,
  secureLink,
  SecurityStore,
  trustAuthorities,
  trustKeys,
  type DtlsLink,
  type FragmentLength,
  type Hooks,
  type OnEvent,
  type ReachOf,
  type SecureLink,
  type SecurityEntry,
  type ServerCredentials,
  type SuiteName,
  type Trust,
} from '../../link/dtls/index.js';
import type { Address, Link } from '../../link/link.js';
import type { Seen } from '../../link/tap.js';
import type { DeviantChannel } from '../../sut/own-channel.js';
import type { Credentials } from './credentials.js';

/** What channels stand on. */
export interface Ground {
  readonly clock: Clock;
  readonly random: Random;
  /** Seconds since 1970, for the validity of certificates. */
  readonly instant: () => number | undefined;
  /** Takes lines of the NSS key log. */
  readonly keyLog?: (line: string) => void;
  readonly onEvent?: OnEvent;
  /** Told of what was protected and sent, or opened. */
  readonly onPlaintext?: Seen;
  readonly settings?: ChannelSettings;
}

/** What a channel does otherwise than all channels of ours. */
export interface ChannelSettings {
  readonly suites?: readonly SuiteName[];
  /** Its length is that of the connection ids of a server. */
  readonly connectionId?: Uint8Array;
  readonly extendedMasterSecret?: boolean;
  readonly resume?: boolean;
  readonly fragment?: number;
  readonly wholeHello?: boolean;
  readonly hooks?: Hooks;
  readonly maxFragmentLength?: FragmentLength;
  readonly cookies?: boolean;
  readonly authorities?: boolean;
  readonly believes?: DeviantChannel['believes'];
  readonly keyOf?: DeviantChannel['keyOf'];
}

/** A server's channel with what it proves of its clients: for `ServerOptions` of the role. */
export interface SecuredServer {
  readonly link: DtlsLink;
  /** The endpoint name that a client has proven; undefined where nothing is proven. */
  readonly identityOf: (address: Address) => string | undefined;
  /** Nobody registers an endpoint name of the store without having proven something (S-9, S-5). */
  readonly permits: (endpoint: string, from: Address) => boolean;
}

/** A server over a bare link, with what it believes of its clients in a store. */
export function securedServer(
  credentials: Credentials,
  store: SecurityStore,
  bare: Link,
  ground: Ground,
): SecuredServer {
  const { settings: all = {}, ...common } = ground;
  const { connectionId, resume = true, authorities, believes, keyOf, maxFragmentLength: _own, ...settings } = all;
  const { trust: trusted, psk, ...shown } = serverCredentials(credentials, store, ground.instant);
  const trust = trusted && authorities === false ? { ...trusted, authorities: [] } : trusted;
  const link = dtlsServer({
    ...common,
    ...settings,
    link: bare,
    credentials: {
      ...shown,
      ...(psk && { psk: taking(believes === 'anyone' ? knowing(psk, credentials) : psk, keyOf) }),
      ...(trust && { trust: believes ? believing(believes)(trust) : trust, allowAnonymous: believes === 'anyone' }),
    },
    isWelcome: (identity) => resume && store.isWelcome(identity),
    connectionIdLength: connectionId?.length ?? CONNECTION_ID,
  });
  const identityAt = (address: Address): ReturnType<typeof link.session> => link.session(address);
  return {
    link,
    identityOf(address) {
      const session = identityAt(address);
      return session && store.endpointOf(session.identity);
    },
    permits: (endpoint, from) => identityAt(from) !== undefined || !store.isSecured(endpoint),
  };
}

/** Who has the key of one identity may take any other. */
const knowing = (psk: NonNullable<ServerCredentials['psk']>, credentials: Credentials): typeof psk => ({
  ...psk,
  lookup: (identity) => psk.lookup(identity) ?? (credentials.kind === 'psk' ? credentials.pairs[0]?.key : undefined),
});

const taking = (psk: NonNullable<ServerCredentials['psk']>, keyOf: ChannelSettings['keyOf']): typeof psk =>
  keyOf ? { ...psk, lookup: (identity) => keyOf(psk.lookup(identity), identity) } : psk;

/** A trust that judges nothing, or asks for no proof. */
const believing =
  (what: NonNullable<DeviantChannel['believes']>) =>
  (trust: Trust): Trust =>
    what === 'anyone' ? { ...trust, judge: () => undefined } : { ...trust, unproven: true };

/** Connection ids that our server gives out (Transport 1.2 §5.2; fact S-20). */
const CONNECTION_ID = 8;

/** A client's link to servers, each reached as its account says. */
export function securedClient(reach: ReachOf, bare: Link, ground: Ground): SecureLink {
  const { settings: all = {}, ...common } = ground;
  const { cookies: _cookies, authorities: _named, keyOf: _keyOf, believes, ...settings } = all;
  return secureLink({ ...common, ...settings, link: bare, reach, ...(believes && { trusting: believing(believes) }) });
}

/** What a server knows of the clients that its credentials speak of. @param endpoint the one, where there is only one */
export function storeOf(credentials: Credentials, endpoint?: string): SecurityStore {
  const of = (entry: SecurityEntry): SecurityEntry => ({ ...(endpoint !== undefined && { endpoint }), ...entry });
  switch (credentials.kind) {
    case 'psk':
      return new SecurityStore(credentials.pairs.map((psk) => of({ ...nameOf(psk.identity, endpoint), psk })));
    case 'rpk':
      return new SecurityStore([of({ publicKey: credentials.peer.spki })]);
    case 'x509':
      return new SecurityStore(endpoint === undefined ? [] : [{ endpoint, commonName: endpoint }]);
  }
}

/** What a server knows of a client by what that client has. */
export function entryOf(client: Credentials, endpoint: string): SecurityEntry {
  switch (client.kind) {
    case 'psk':
      return { endpoint, ...(client.pairs[0] && { psk: client.pairs[0] }) };
    case 'rpk':
      return { endpoint, publicKey: client.privateKey.publicKey.spki };
    case 'x509':
      return { endpoint, commonName: endpoint };
  }
}

/** The identity is the endpoint name where nothing else says it. */
function nameOf(identity: Uint8Array, endpoint: string | undefined): SecurityEntry {
  const name = endpoint ?? new TextDecoder().decode(identity);
  return { endpoint: name };
}

function serverCredentials(
  credentials: Credentials,
  store: SecurityStore,
  instant: Ground['instant'],
): ServerCredentials {
  switch (credentials.kind) {
    case 'psk':
      return { psk: { lookup: (identity) => store.keyOf(identity) } };
    case 'rpk':
      return {
        own: [{ kind: 'rpk', privateKey: credentials.privateKey }],
        trust: trustKeys((spki) => store.isKnownKey(spki)),
      };
    case 'x509':
      return {
        own: [{ kind: 'x509', privateKey: credentials.privateKey, chain: credentials.chain }],
        trust: trustAuthorities({ anchors: credentials.trust, instant, purpose: 'client' }),
      };
  }
}
