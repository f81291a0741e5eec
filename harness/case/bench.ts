import type { Clock } from '../base/clock.js';
import type { Model } from '../model/definition.js';
import type { Enabler, Party, Peer } from '../model/party.js';
import type { Journal, JournalHead } from '../record/journal.js';
import type { WireView } from '../record/wire-view.js';
import type { Setup, Sut } from '../sut/contract.js';
import type { Allowances } from './allowances.js';
import { Interrupt } from './interrupt.js';
import type { Tolerance } from './matcher.js';
import type { Elsewhere } from '../sut/own-channel.js';
import type { OwnHands } from './own-hands.js';
import type { OwnRecords } from './own-records.js';
import type { UndoList } from './undo.js';

export { DEFAULT_ALLOWANCES, FOREIGN_ALLOWANCES, type Allowances } from './allowances.js';

/** One end of a bench: a system behind the control contract, ours or foreign. */
export interface BenchParty {
  readonly peer: Peer;
  readonly sut: Sut;
  readonly ours: boolean;
  /** Where it is ours: what a procedure can do with it beside the contract. */
  readonly hands?: OwnHands;
  /** The same, with its channel. */
  readonly records?: OwnRecords;
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
  elsewhere(as?: Elsewhere): Promise<OwnHands>;
  /** The largest delay of the event loop since the case began, in seconds. */
  lag(): number;
}

/** A party that a case has. @throws Interrupt when its metadata asked for none */
export function partyAt({ parties }: Pick<Bench, 'parties'>, peer: Peer): BenchParty {
  const party = parties.get(peer);
  if (party) return party;
  throw new Interrupt('error', `the case has no ${peer}`);
}
