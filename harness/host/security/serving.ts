import { unwrap, type Problem } from '../../base/error.js';
import { unpredictable } from '../../base/random.js';
import type { Clock } from '../../base/clock.js';
import type { DtlsEvent, ReachOf } from '../../link/dtls/index.js';
import type { Address, Link } from '../../link/link.js';
import type { Setup, Sut } from '../../sut/contract.js';
import { CommandError } from '../io.js';
import { nameOfAnother, namedCredentials, type Credentials } from './credentials.js';
import { formatEvent } from './event-text.js';
import { securedClient, securedServer, storeOf, type Ground, type SecuredServer } from './links.js';
import { anotherClientIn, serverCredentialsIn } from './named.js';
import type { SecurityChoice } from './options.js';

/** The security of a client that is served alone. */
export interface ServedClient {
  readonly credentials: Setup['credentials'];
  readonly onReach: (reach: ReachOf) => void;
  /** Puts the channels over a bare link. */
  over(bare: Link, clock: Clock): Link;
}

/** Whom a client is to reach: servers, or a bootstrap-server that gives it accounts of any security. */
export type Reached = 'server' | 'bootstrap-server';

/**
 * @param tell told of handshakes and alerts, one line each
 * @param given credentials by name, for a coaps URI without any in the options
 * @throws CommandError when URI and options do not fit together
 */
export function servedClient(
  choice: SecurityChoice,
  uri: string,
  tell: (line: string) => void,
  reached: Reached = 'server',
  given: Setup['credentials'] = {},
): ServedClient {
  const own = ownOf(choice);
  const isSecure = /^coaps:/i.test(uri);
  const isGiven = isSecure && own === undefined && Object.keys(given).length > 0;
  if (isSecure !== (own !== undefined) && !isGiven)
    throw new CommandError({
      code: 'security-uri',
      message: own ? `${choice.transport} goes with a coaps URI, not ${uri}` : `${uri} needs credentials`,
      place: `--${reached}`,
      hint: own ? `--${reached} ${uri.replace(/^[a-z]+:/i, 'coaps:')}` : '--psk identity:hexkey, --rpk, or --cert',
    });
  const problem = own && clientProblem(own);
  if (problem) throw new CommandError(problem);
  let reach: ReachOf = () => 'never';
  return {
    credentials: own ? credentialsFor(own, reached) : isGiven ? given : {},
    onReach: (told) => (reach = told),
    over: (bare, clock) =>
      own || isGiven || reached === 'bootstrap-server'
        ? securedClient((peer) => reach(peer), bare, groundOf(clock, tell))
        : bare,
  };
}

/** Those of a server go to a bootstrap-server too. */
const credentialsFor = (client: Credentials, reached: Reached): Setup['credentials'] => ({
  ...namedCredentials({ client }, 'client'),
  ...(reached === 'bootstrap-server' && namedCredentials({ client }, 'client', '.bootstrap')),
});

/** What a Security instance cannot hold. */
function clientProblem(own: Credentials): Problem | undefined {
  if (own.kind === 'psk' && own.pairs.length > 1)
    return { code: 'security-many', message: 'a client has one pre-shared key', place: '--psk' };
  if (own.kind === 'x509' && own.trust.length !== 1)
    return {
      code: 'security-many',
      message: `the file has ${own.trust.length} certificates, and /0/x/4 holds one`,
      place: '--trust',
      hint: "give the server's certificate, or the one authority above it",
    };
  return undefined;
}

/** The security of a server that is served alone. */
export interface ServedServer {
  readonly scheme: 'coap' | 'coaps';
  /** Default port of the scheme (RFC 7252 §6). */
  readonly port: number;
  /** Takes the credentials of a setup, as the control contract gives them. @throws ProblemError */
  take(setup: Setup): void;
  over(bare: Link, clock: Clock): Link;
  /** For the role: what is proven for an address, by the link that was made last. */
  readonly setup: Partial<Pick<SecuredServer, 'identityOf' | 'permits'>>;
}

export function servedServer(choice: SecurityChoice, tell: (line: string) => void): ServedServer {
  let own = ownOf(choice);
  let store = own && storeOf(own);
  let secured: SecuredServer | undefined;
  return {
    scheme: own ? 'coaps' : 'coap',
    port: own ? 5684 : 5683,
    take({ credentials, endpoint }) {
      const given = unwrap(serverCredentialsIn(credentials));
      own = given ?? ownOf(choice);
      store = own && storeOf(own, given && endpoint);
      const another = unwrap(anotherClientIn(credentials, nameOfAnother(endpoint)));
      if (another) store?.add(another);
    },
    over(bare, clock) {
      secured = undefined;
      if (!own || !store) return bare;
      secured = securedServer(own, store, bare, groundOf(clock, tell));
      return secured.link;
    },
    setup: {
      identityOf: (address: Address) => secured?.identityOf(address),
      permits: (endpoint: string, from: Address) => secured?.permits(endpoint, from) ?? true,
    },
  };
}

/** The same party, whose setup is taken note of before it starts. */
export const withSetup = (sut: Sut, take: (setup: Setup) => void): Sut => ({
  describe: () => sut.describe(),
  async start(setup) {
    take(setup);
    return sut.start(setup);
  },
  stimulate: (stimulus) => sut.stimulate(stimulus),
  ...(sut.events && { events: sut.events.bind(sut) }),
  stop: () => sut.stop(),
});

/** Credentials of an own party that runs alone: nobody else could be told those that were made. */
function ownOf({ transport, own }: SecurityChoice): Credentials | undefined {
  if (transport === 'udp' || own) return own;
  throw new CommandError({
    code: 'security-missing',
    message: 'there are no credentials',
    place: `--transport ${transport}`,
    hint: HINTS[transport],
  });
}

const HINTS = {
  'dtls-psk': '--psk identity:hexkey',
  'dtls-rpk': '--rpk FILE --peer-rpk FILE; lwm2m-conformance credentials makes some',
  'dtls-x509': '--cert FILE --key FILE --trust FILE; lwm2m-conformance credentials makes some',
} as const;

const groundOf = (clock: Clock, tell: (line: string) => void): Ground => ({
  clock,
  random: unpredictable,
  instant: () => Date.now() / 1000,
  onEvent: (event: DtlsEvent) => tell(formatEvent(event)),
});
