import type { Clock } from '../base/clock.js';
import type { Model } from '../model/definition.js';
import type { Enabler, Party, Peer } from '../model/party.js';
import type { Journal, JournalHead } from '../record/journal.js';
import type { WireView } from '../record/wire-view.js';
import type { Setup, Sut } from '../sut/contract.js';
import { Interrupt } from './interrupt.js';
import type { Tolerance } from './matcher.js';
import type { OwnHands } from './own-hands.js';
import type { UndoList } from './undo.js';

/**
 * Wall time that processes, adapters and people may take, in seconds. boot: from the start of a party until its first
 * datagram; registration: from then until it is registered; reaction: from an outcome until its effect on the wire, and
 * the reverse; stimulus: from a stimulus until its outcome or effect; settle: what a system is left alone after it was
 * told that it is registered.
 */
export type Allowances = Readonly<Record<'boot' | 'registration' | 'reaction' | 'stimulus' | 'settle', number>>;

export const DEFAULT_ALLOWANCES: Allowances = { boot: 15, registration: 30, reaction: 5, stimulus: 10, settle: 0 };

/** For a foreign system: some take a moment from the 2.01 until they know that they are registered. */
export const FOREIGN_ALLOWANCES: Allowances = { ...DEFAULT_ALLOWANCES, settle: 0.5 };

/** One end of a bench: a system behind the control contract, ours or foreign. */
export interface BenchParty {
  readonly peer: Peer;
  readonly sut: Sut;
  readonly ours: boolean;
  /** Where it is ours: what a procedure can do with it beside the contract. */
  readonly hands?: OwnHands;
}

/** One case's view of a session: parties, a slice of the record, and how to judge. */
export interface Bench {
  readonly kind: JournalHead['bench'];
  /** Seconds since the case began. */
  readonly clock: Clock;
  readonly model: Model;
  readonly enabler: Enabler;
  readonly endpoint: string;
  readonly judged: readonly Party[];
  readonly allowances: Allowances;
  readonly tolerance: Tolerance;
  readonly journal: Journal;
  readonly view: WireView;
  /** Client and server always; server2 and bootstrap-server where the case has them. */
  readonly parties: ReadonlyMap<Peer, BenchParty>;
  /** Where the client finds its opposite parties, `coap://127.0.0.1:5683`, as far as they run. */
  readonly uris: ReadonlyMap<Peer, string>;
  /** What a client has to prove who it is, by name; undefined where nothing is protected. */
  readonly credentials?: Setup['credentials'];
  /** Bound path by role of the configuration. */
  readonly bind: Readonly<Record<string, string>>;
  /** What the procedure did to the client, to be undone where the session goes on. */
  readonly undo: UndoList;
  /** Starts the client, in a case where it waits for the procedure. @throws Interrupt when it does not come up */
  startClient(): Promise<void>;
  /** Gives the client another address at the relays before it, where there are any. @throws ProblemError */
  rebind(): Promise<void>;
  /** Another address of a client of ours, each time a new one. @throws Interrupt before the server was started */
  elsewhere(): Promise<OwnHands>;
  /** The largest delay of the event loop since the case began, in seconds. */
  lag(): number;
}

/** A party that a case has. @throws Interrupt when its metadata asked for none */
export function partyAt({ parties }: Pick<Bench, 'parties'>, peer: Peer): BenchParty {
  const party = parties.get(peer);
  if (party) return party;
  throw new Interrupt('error', `the case has no ${peer}`);
}
