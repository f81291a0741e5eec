import { fromNow, type Clock, type Timer } from '../base/clock.js';
import { seeded, type Random } from '../base/random.js';
import type { Address, Link } from '../link/link.js';
import { tap } from '../link/tap.js';
import type { Model } from '../model/definition.js';
import type { Enabler, Party, Peer } from '../model/party.js';
import type { PlainContent } from '../model/plain.js';
import type { Journal, JournalHead } from '../record/journal.js';
import { WireView } from '../record/wire-view.js';
import type { Setup, Sut } from '../sut/contract.js';
import type { Allowances, Bench, BenchParty } from './bench.js';
import { Interrupt } from './interrupt.js';
import type { Tolerance } from './matcher.js';
import { InterposedLink } from './own-hands.js';
import { RegistrationTraffic } from './registration-traffic.js';
import type { OwnSetup } from './test-case.js';
import { UndoList } from './undo.js';

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
}

export interface PartyPlan {
  readonly ours: boolean;
  sut(around: Around): Sut;
}

/** Which parties stand on a bench, on what network, and how they are judged. */
export interface SessionPlan {
  readonly kind: JournalHead['bench'];
  readonly judged: readonly Party[];
  readonly client: PartyPlan;
  readonly server: PartyPlan;
  readonly clock: Clock;
  /** A link for a party of ours: on the memory network, or a socket. */
  network(peer: Peer): Promise<Link>;
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
  readonly configuration: { readonly id: string; readonly values: PlainContent };
  readonly bind: Readonly<Record<string, string>>;
  readonly own: OwnSetup;
  /** Its parties must be started for it. */
  readonly start?: boolean;
}

/** How often a real clock looks for its own lateness and for processes that ended, in seconds. */
const WATCH_EVERY = 0.1;

/** What the session shows of itself to one case. */
interface Current {
  readonly setup: CaseSetup;
  readonly journal: Journal;
  /** Seconds since the case began. */
  readonly clock: Clock;
  readonly view: WireView;
  lag: number;
}

/** A client and a server, tapped, from start to stop: for one case, or for one after the other. */
export class Session {
  readonly #plan: SessionPlan;
  readonly #traffic = new RegistrationTraffic();
  #parties: { readonly client: BenchParty; readonly server: BenchParty; readonly own: OwnSetup } | undefined;
  #current: Current | undefined;
  #running = false;
  /** Why the parties cannot go on to the next case as they are. */
  #spoilt: string | undefined;
  #watch: Timer | undefined;

  constructor(plan: SessionPlan) {
    this.#plan = plan;
  }

  /**
   * Turns to a case: what happens from now on is in its journal. Parties that run are kept where the case can begin with
   * them as they are; the traffic of their registration is its prelude then.
   *
   * @param journal takes what passes the tap
   * @param head its first line, from the bench
   */
  async begin(setup: CaseSetup, journal: Journal, head: (bench: Bench) => Promise<JournalHead>): Promise<Bench> {
    const goesOn = this.#running && setup.start !== true && this.#isSound() && isSame(setup.own, this.#parties?.own);
    if (this.#running && !goesOn) await this.stop();
    const clock = fromNow(this.#plan.clock);
    const view = new WireView(clock, this.#plan.model);
    this.#current = { setup, journal, clock, view, lag: 0 };
    this.#parties ??= {
      client: this.#party('client', this.#plan.client),
      server: this.#party('server', this.#plan.server),
      own: setup.own,
    };
    const bench = this.#bench(this.#current, this.#parties);
    journal.add(await head(bench));
    for (const { from, to, bytes, t } of goesOn ? this.#traffic.before(this.#plan.clock.now()) : []) {
      journal.add({ kind: 'datagram', t, from, to, bytes });
      view.feed(from, to, bytes, t);
    }
    return bench;
  }

  /** Starts the server, then the client, which is told where the server is; nothing if they run. @throws Interrupt when one does not come up */
  async start(): Promise<void> {
    if (this.#running) return;
    const { client, server } = this.#parties ?? this.#none();
    this.#running = true;
    if (this.#plan.clock.mode === 'real') this.#watchOver();
    const address = await this.#start(server, []);
    if (address === undefined)
      throw new Interrupt(server.ours ? 'error' : 'inconclusive', 'the server does not say where it listens');
    const reached = server.ours && !client.ours ? (this.#plan.advertise?.(address) ?? address) : address;
    await this.#start(client, [{ party: 'server', uri: `coap://${reached}`, shortServerId: 1 }]);
  }

  /** What the case waits for, and for how long at most; for people. */
  waiting(): string | undefined {
    const pending = this.#current?.view.pending.at(-1);
    if (!pending || !this.#current) return undefined;
    return `waits for ${pending.what}, ${Math.max(0, Math.ceil(pending.until - this.#current.clock.now()))} s at most`;
  }

  /** Whether the parties can go on: a process may have ended since the case before. */
  #isSound(): boolean {
    const ended = [this.#parties?.client, this.#parties?.server].some((party) => party?.sut.ended?.() !== undefined);
    return this.#spoilt === undefined && !ended;
  }

  /** The next case needs parties that were started anew, and why. */
  spoil(reason: string): void {
    this.#spoilt ??= reason;
  }

  /** Stops both, the client first. Never rejects: what goes wrong is noted. */
  async stop(): Promise<void> {
    this.#watch?.cancel();
    const parties = this.#parties;
    const current = this.#current;
    this.#parties = undefined;
    this.#running = false;
    this.#spoilt = undefined;
    this.#traffic.clear();
    if (!parties || !current) return;
    for (const { sut, peer } of [parties.client, parties.server]) {
      await sut.stop().catch((thrown: unknown) => {
        current.journal.add({
          kind: 'note',
          t: current.clock.now(),
          text: `the ${peer} did not stop: ${String(thrown)}`,
        });
      });
    }
  }

  #bench(current: Current, { client, server }: { readonly client: BenchParty; readonly server: BenchParty }): Bench {
    const { kind, judged, enabler, model, endpoint, allowances, tolerance } = this.#plan;
    const { clock, journal, view, setup } = current;
    return {
      ...{ kind, judged, enabler, model, endpoint, allowances, tolerance, clock, journal, view, client, server },
      bind: setup.bind,
      undo: new UndoList(setup.configuration.values),
      lag: () => current.lag,
    };
  }

  #none(): never {
    throw new Interrupt('error', 'the session has been given no case');
  }

  async #start(party: BenchParty, peers: Setup['peers']): Promise<string | undefined> {
    const { endpoint, enabler } = this.#plan;
    const { setup } = this.#current ?? this.#none();
    try {
      const { address } = await party.sut.start({
        case: setup.case,
        endpoint,
        enabler,
        configuration: setup.configuration,
        peers,
        credentials: {},
      });
      return address;
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Interrupt(party.ours ? 'error' : 'inconclusive', `the ${party.peer} did not start: ${why}`);
    }
  }

  #party(peer: 'client' | 'server', plan: PartyPlan): BenchParty {
    let interposed: InterposedLink | undefined;
    const link = async (): Promise<Link> => {
      const bare = await this.#plan.network(peer);
      interposed = new InterposedLink(this.#isTapped(peer) ? this.#tapped(bare, peer) : bare, this.#plan.clock);
      return interposed;
    };
    const random = seeded(this.#plan.seed).fork(peer);
    const sut = plan.sut({
      clock: this.#plan.clock,
      random,
      model: this.#plan.model,
      enabler: this.#plan.enabler,
      link,
      own: this.#current?.setup.own ?? {},
    });
    const hands = (): InterposedLink => {
      if (interposed) return interposed;
      throw new Interrupt('error', `the ${peer} of ours has not been started`);
    };
    return {
      peer,
      sut,
      ours: plan.ours,
      ...(plan.ours && {
        hands: {
          raw: (datagram) => hands().raw(datagram),
          answer: (matches, answer) => hands().answer(matches, answer),
          ask: (message, once) => hands().ask(message, once),
        },
      }),
    };
  }

  /** One tap: at our server, else at our client. */
  #isTapped(peer: 'client' | 'server'): boolean {
    return peer === (this.#plan.server.ours ? 'server' : 'client');
  }

  #tapped(link: Link, at: 'client' | 'server'): Link {
    const opposite: Peer = at === 'client' ? 'server' : 'client';
    return tap(link, (direction, _peer, datagram) => {
      const [from, to]: [Peer, Peer] = direction === 'out' ? [at, opposite] : [opposite, at];
      const bytes = Uint8Array.from(datagram);
      const current = this.#current;
      if (!current || !this.#running) return; // what is said while the parties are stopped concerns no case
      this.#traffic.see({ from, to, bytes, t: this.#plan.clock.now() });
      const t = current.clock.now();
      current.journal.add({ kind: 'datagram', t, from, to, bytes });
      current.view.feed(from, to, bytes, t);
    });
  }

  #watchOver(): void {
    const { clock } = this.#plan;
    const due = clock.now() + WATCH_EVERY;
    this.#watch = clock.after(WATCH_EVERY, () => {
      const late = clock.now() - due;
      const current = this.#current;
      if (current && late > current.lag) {
        current.lag = late;
        if (late > this.#plan.tolerance('early', 0).early)
          current.journal.add({ kind: 'lag', t: current.clock.now(), seconds: late });
      }
      for (const party of [this.#parties?.client, this.#parties?.server])
        if (party && current) this.#lookFor(party, current);
      if (this.#running) this.#watchOver();
    });
  }

  #lookFor({ sut, peer }: BenchParty, { view, journal, clock }: Current): void {
    const ended = sut.ended?.();
    if (!ended || view.over !== undefined) return;
    const how = ended.signal === null ? `exit code ${ended.code}` : `signal ${ended.signal}`;
    const reason = `the ${peer}'s process ended by itself (${how})`;
    this.spoil(reason);
    journal.add({ kind: 'over', t: clock.now(), reason });
    view.end(reason);
  }
}

/** Whether our parties can stay as they are set up. */
const isSame = (a: OwnSetup, b: OwnSetup | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
