import type { Clock } from '../../base/clock.js';
import { EMPTY, fromHex } from '../../base/bytes.js';
import { seeded, unpredictable, type Random } from '../../base/random.js';
import type { Around, PartyPlan, SessionPlan } from '../../case/session.js';
import { Interrupt } from '../../case/interrupt.js';
import type { DeviantChannel, DeviantChannels, Elsewhere, OwnPsk } from '../../sut/own-channel.js';
import type { ChannelControls } from '../../case/own-records.js';
import type { ChannelTold } from '../../case/session-plan.js';
import type { OwnSetup } from '../../case/test-case.js';
import type { ReachOf, SecurityInstance } from '../../link/dtls/index.js';
import type { Address, Link } from '../../link/link.js';
import { withCredentials, type Credentials } from '../../sut/account-security.js';
import type { Peer } from '../../model/party.js';
import {
  namedCredentials,
  nameOfAnother,
  namesOfAnother,
  type Asked,
  type Parties,
  type Suffix,
} from './credentials.js';
import { factOf, formatEvent } from './event-text.js';
import { altered, heard, settingsOf, withFault, withOtherKeys } from './own-channel.js';
import { entryOf, securedClient, securedServer, storeOf, type Ground, type SecuredServer } from './links.js';

/**
 * Credentials of the parties of a session: each server may have its own.
 *
 * @param endpoint of another client, where that is meant
 * @returns undefined where a run with credentials of its own has not what is asked for
 */
export type PartiesOf = (suffix: Suffix, asked?: Asked, endpoint?: string) => Parties | undefined;

export interface SessionSecurityOptions {
  readonly parties: PartiesOf;
  readonly endpoint: string;
  readonly clock: Clock;
  /** Of the handshakes on virtual time; on real time nobody can foretell them. */
  readonly seed: number;
  /** Further credentials for a foreign party: where files are. */
  readonly files?: Readonly<Record<string, string>>;
  readonly keyLog?: (line: string) => void;
  readonly deviant?: DeviantChannels;
}

/** What security adds to the plan of a session. */
export interface SessionSecurity extends Required<Pick<SessionPlan, 'secure' | 'credentials'>> {
  /** The plan of a party with what its role has to know of its channels. */
  party(peer: Peer, plan: PartyPlan): PartyPlan;
}

/** The Security instance by which the credentials of a client reach a server. */
function accountAt(server: Address, credentials: Credentials): SecurityInstance {
  const uri = `coaps://${server}`;
  const values = withCredentials({ '/0/0/0': uri }, credentials);
  const bytes = (resource: number): Uint8Array => fromHex(String(values[`/0/0/${resource}`] ?? '')) ?? EMPTY;
  const usage = values['/0/0/15'];
  return {
    ...{ uri, mode: Number(values['/0/0/2']), identity: bytes(3), serverKey: bytes(4), secretKey: bytes(5) },
    ...(usage !== undefined && { usage: Number(usage) }),
  };
}

const SUFFIXES: Readonly<Record<Peer, Suffix>> = {
  client: '',
  client2: '',
  server: '',
  server2: '.2',
  'bootstrap-server': '.bootstrap',
};

/** Seconds since 1970 at the start of virtual time: within the validity of what is made. */
const VIRTUAL_START = 1_700_000_000;

/** Puts DTLS under the parties of a session. */
export function sessionSecurity(options: SessionSecurityOptions): SessionSecurity {
  return new Channels(options);
}

class Channels implements SessionSecurity {
  readonly #options: SessionSecurityOptions;
  #reach: ReachOf = () => 'never';
  readonly #servers = new Map<Peer, SecuredServer>();
  /** How the channels of our parties differ in the case. */
  readonly #own = new Map<Peer, DeviantChannel>();
  #psk: OwnPsk | undefined;
  /** They go on where a party is started again: no handshake has the random field of another. */
  readonly #streams = new Map<Peer, Random>();

  constructor(options: SessionSecurityOptions) {
    this.#options = options;
  }

  readonly secure = (peer: Peer, below: Link, told: ChannelTold, as?: Elsewhere): Link & Partial<ChannelControls> => {
    if (peer === 'client2') return this.#elsewhere(below, told, as);
    let channel: Partial<ChannelControls> = {};
    const bare = heard(this.#own.get(peer), below, () => channel);
    const made = this.#channel(peer, bare, told);
    channel = made;
    return made;
  };

  #channel(peer: Peer, bare: Link, told: ChannelTold): Link & Partial<ChannelControls> {
    const ground = this.#ground(peer, told);
    if (peer === 'client') return securedClient((address) => this.#reach(address), bare, ground);
    const own = this.#parties(SUFFIXES[peer]).server;
    if (!own) return bare;
    const fault = this.#own.get(peer)?.credentials;
    const shown = own.kind === 'psk' && fault === 'wrong-key' ? withOtherKeys(own) : own;
    const store = storeOf(shown, this.#options.endpoint);
    const another = peer === 'server' ? this.#another()?.client : undefined;
    if (another) store.add(entryOf(another, this.#anotherName()));
    const secured = securedServer(shown, store, bare, ground);
    this.#servers.set(peer, secured);
    return secured.link;
  }

  readonly credentials = (peer: Peer): Readonly<Record<string, string>> => {
    const { files = {} } = this.#options;
    const party = peer === 'client' ? 'client' : 'server';
    const suffixes: readonly Suffix[] =
      peer === 'server' || peer === 'server2' ? [SUFFIXES[peer]] : ['', '.2', '.bootstrap'];
    const named = suffixes.map((suffix) => namedCredentials(this.#parties(suffix), party, suffix));
    const another = peer === 'server' ? namesOfAnother(this.#another()) : {};
    return Object.assign({}, ...named, files, another) as Readonly<Record<string, string>>;
  };

  /** @throws Interrupt where a run with credentials of its own has not what the case asks for */
  #parties(suffix: Suffix, faults = this.#faults()): Parties {
    const parties = this.#options.parties(suffix, { ...faults, ...(this.#psk && { psk: this.#psk }) });
    if (parties) return parties;
    throw new Interrupt('not-run', 'the run has a pre-shared key of its own, and the case asks for another');
  }

  /** A client that the server knows beside the one of the run. */
  #another(): Parties | undefined {
    return this.#options.parties('', {}, this.#anotherName());
  }

  #anotherName(): string {
    return nameOfAnother(this.#options.endpoint);
  }

  /** The channel of our client at another address: nothing is wrong with what it shows. */
  #elsewhere(bare: Link, told: ChannelTold, as: Elsewhere | undefined): Link & Partial<ChannelControls> {
    const parties = as === 'another' ? this.#another() : this.#parties('', {});
    if (!parties) throw new Interrupt('not-run', 'the run has credentials of its own, and those of one client alone');
    const good = namedCredentials(parties, 'client');
    const credentials = as === 'stranger' ? altered(good, 'wrong-key') : good;
    return securedClient((server) => accountAt(server, credentials), bare, this.#ground('client2', told));
  }

  party(peer: Peer, plan: PartyPlan): PartyPlan {
    // In the place of a foreign client there is a relay, if anything of ours: it has the account of the client.
    if (peer === 'client' && !plan.ours) this.#reach = (server) => accountAt(server, this.credentials('client'));
    const more: Pick<Around, 'onReach' | 'proves'> =
      peer === 'client'
        ? { onReach: (reach) => (this.#reach = reach) }
        : {
            proves: {
              identityOf: (address) => this.#servers.get(peer)?.identityOf(address),
              permits: (endpoint, from) => this.#servers.get(peer)?.permits(endpoint, from) ?? true,
            },
          };
    return {
      ...plan,
      sut: (around) => {
        const own = plan.ours ? this.#ownChannel(peer, around.own) : undefined;
        if (own) this.#own.set(peer, own);
        else this.#own.delete(peer);
        this.#psk = around.own.psk;
        const sut = plan.sut({ ...around, ...more });
        return peer === 'client' ? withFault(sut, own) : sut;
      },
    };
  }

  /** What a case asks of the channel of a party of ours, over what a deviation does. */
  #ownChannel(peer: Peer, own: OwnSetup): DeviantChannel | undefined {
    if (peer !== 'client' && peer !== 'server') return undefined;
    const deviant = this.#options.deviant?.[peer];
    const asked = own[peer]?.channel;
    return (deviant ?? asked) ? { ...deviant, ...asked } : undefined;
  }

  #faults(): Asked {
    const [client, server] = [this.#own.get('client')?.credentials, this.#own.get('server')?.credentials];
    return { ...(client !== undefined && { client }), ...(server !== undefined && { server }) };
  }

  #stream(peer: Peer, random: Random): Random {
    const stream = this.#streams.get(peer) ?? random.fork(`dtls ${peer} ${this.#options.endpoint}`);
    this.#streams.set(peer, stream);
    return stream;
  }

  #ground(peer: Peer, told: ChannelTold): Ground {
    const { clock, seed, keyLog } = this.#options;
    const isVirtual = clock.mode === 'virtual';
    return {
      clock,
      random: isVirtual ? this.#stream(peer, seeded(seed)) : unpredictable,
      instant: isVirtual ? () => VIRTUAL_START + clock.now() : () => Date.now() / 1000,
      onEvent: (event) => told.fact(formatEvent(event), factOf(event)),
      onPlaintext: told.plaintext,
      settings: settingsOf(this.#own.get(peer), seeded(seed).fork(`settings ${peer}`)),
      ...(keyLog && { keyLog }),
    };
  }
}

/** The plan with its channels protected. */
export function withSecurity(plan: SessionPlan, security: SessionSecurity | undefined): SessionPlan {
  if (!security) return plan;
  const { secure, credentials } = security;
  return {
    ...plan,
    client: security.party('client', plan.client),
    server: security.party('server', plan.server),
    server2: security.party('server2', plan.server2),
    bootstrapServer: security.party('bootstrap-server', plan.bootstrapServer),
    secure,
    credentials,
  };
}
