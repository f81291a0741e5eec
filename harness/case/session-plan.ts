import type { Clock } from '../base/clock.js';
import type { Result } from '../base/error.js';
import type { Random } from '../base/random.js';
import type { ReachOf } from '../link/dtls/index.js';
import type { Address, Link } from '../link/link.js';
import type { Seen } from '../link/tap.js';
import type { Model } from '../model/definition.js';
import type { Enabler, Party, Peer } from '../model/party.js';
import type { ChannelFact } from '../record/channel-fact.js';
import type { JournalHead } from '../record/journal.js';
import type { Setup, Sut } from '../sut/contract.js';
import type { Elsewhere } from '../sut/own-channel.js';
import type { ServerSetup } from '../sut/reference-server.js';
import type { Allowances } from './bench.js';
import type { Tolerance } from './matcher.js';
import type { ChannelControls } from './own-records.js';
import { shortServerIdOf } from './registration.js';
import type { CaseMeta, OwnSetup } from './test-case.js';

/** What a system behind the contract stands on. A foreign one takes only the clock. */
export interface Around {
  readonly clock: Clock;
  readonly random: Random;
  readonly model: Model;
  readonly enabler: Enabler;
  /** The link of a party of ours, with tap and hands on it. */
  link(): Promise<Link>;
  /** What the case asks of a party of ours. */
  readonly own: OwnSetup;
  /** A client of ours tells how its accounts want each server to be reached, for the channels below its link. */
  readonly onReach?: (reach: ReachOf) => void;
  /** What the channels of a server of ours prove of its clients. */
  readonly proves?: Pick<ServerSetup, 'identityOf' | 'permits'>;
}

export interface PartyPlan {
  readonly ours: boolean;
  sut(around: Around): Sut;
}

/** What goes to the record of a channel. */
export interface ChannelTold {
  /** What it tells of itself: a sentence, and the same for programs. */
  fact(text: string, fact: ChannelFact): void;
  /** Each datagram that it protected and sent, or opened. */
  readonly plaintext: Seen;
}

/** Which parties stand on a bench, on what network, and how they are judged. */
export interface SessionPlan {
  readonly kind: JournalHead['bench'];
  readonly judged: readonly Party[];
  readonly client: PartyPlan;
  readonly server: PartyPlan;
  /** For cases with two servers: always ours. */
  readonly server2: PartyPlan;
  /** For cases of the bootstrap interface. */
  readonly bootstrapServer: PartyPlan;
  readonly clock: Clock;
  /**
   * A link for a party of ours, or for a relay in its place: on the memory network, or a socket.
   *
   * @param another not at the address that the party has otherwise
   */
  network(peer: Peer, another?: 'another'): Promise<Link>;
  /** The address that a host name leads to, near the address of the socket that is to reach it; without it there are no names. */
  resolve?(name: Address, near?: Address): Promise<Result<Address>>;
  /** Puts a channel of its own over the link of a party of ours. @param as of a client at another address */
  secure?(peer: Peer, bare: Link, told: ChannelTold, as?: Elsewhere): Link & Partial<ChannelControls>;
  /** What a party is given to prove who it is. */
  credentials?(peer: Peer): Setup['credentials'];
  /** Address that a foreign party is told for one of ours: another host, where listening and being reached differ. */
  advertise?(local: Address): Address;
  readonly seed: number;
  readonly enabler: Enabler;
  readonly model: Model;
  readonly endpoint: string;
  readonly allowances: Allowances;
  readonly tolerance: Tolerance;
}

/** What a case asks of its session. */
export interface CaseSetup {
  readonly case: string;
  readonly configuration: Setup['configuration'];
  readonly bind: Readonly<Record<string, string>>;
  readonly own: OwnSetup;
  readonly servers?: CaseMeta['servers'];
  readonly bootstrap?: CaseMeta['bootstrap'];
  readonly smartCard?: CaseMeta['smartCard'];
  /** Its parties must be started for it. */
  readonly start?: boolean;
}

/** Whether a case needs other parties than the usual two, or has the client started by its procedure: nothing can go on then. */
export const isApart = ({ servers, bootstrap }: Pick<CaseSetup, 'servers' | 'bootstrap'>): boolean =>
  servers === 2 || bootstrap !== undefined;

/** The opposite parties that a client is told of when it starts. */
export const knownToClient = (peers: Setup['peers'], { bootstrap, smartCard }: CaseSetup): Setup['peers'] =>
  peers.filter(({ party, shortServerId }) => {
    if (party !== 'server') return true;
    return bootstrap !== 'unbootstrapped' && !(smartCard && shortServerId === shortServerIdOf('server2'));
  });
