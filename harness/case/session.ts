import { fromNow, VirtualClock, type Clock, type Timer } from '../base/clock.js';
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
import type { OwnSetup } from './test-case.js';

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
}

/** How often a real clock looks for its own lateness and for processes that ended, in seconds. */
const WATCH_EVERY = 0.1;

/** A client and a server, tapped, from start to stop. */
export class Session {
  readonly #plan: SessionPlan;
  readonly #client: BenchParty;
  readonly #server: BenchParty;
  readonly #setup: CaseSetup;
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #view: WireView;
  #lag = 0;
  #watch: Timer | undefined;
  #stopped = false;

  /** @param journal takes what passes the tap */
  constructor(plan: SessionPlan, setup: CaseSetup, journal: Journal) {
    this.#plan = plan;
    this.#setup = setup;
    this.#journal = journal;
    this.#clock = fromNow(plan.clock);
    this.#view = new WireView(this.#clock, plan.model);
    this.#client = this.#party('client', plan.client);
    this.#server = this.#party('server', plan.server);
  }

  bench(): Bench {
    const { kind, judged, enabler, model, endpoint, allowances, tolerance } = this.#plan;
    return {
      kind,
      judged,
      enabler,
      model,
      endpoint,
      allowances,
      tolerance,
      clock: this.#clock,
      journal: this.#journal,
      view: this.#view,
      client: this.#client,
      server: this.#server,
      bind: this.#setup.bind,
      lag: () => this.#lag,
    };
  }

  /** Starts the server, then the client, which is told where the server is. @throws Interrupt when one does not come up */
  async start(): Promise<void> {
    if (this.#plan.clock.mode === 'real') this.#watchOver();
    const address = await this.#start(this.#server, []);
    if (address === undefined)
      throw new Interrupt(this.#server.ours ? 'error' : 'inconclusive', 'the server does not say where it listens');
    const reached = this.#server.ours && !this.#client.ours ? (this.#plan.advertise?.(address) ?? address) : address;
    await this.#start(this.#client, [{ party: 'server', uri: `coap://${reached}`, shortServerId: 1 }]);
  }

  /** Stops both, the client first. Never rejects: what goes wrong is noted. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#watch?.cancel();
    for (const party of [this.#client, this.#server]) {
      await party.sut.stop().catch((thrown: unknown) => {
        this.#journal.add({
          kind: 'note',
          t: this.#clock.now(),
          text: `the ${party.peer} did not stop: ${String(thrown)}`,
        });
      });
    }
  }

  async #start(party: BenchParty, peers: Setup['peers']): Promise<string | undefined> {
    const { endpoint, enabler } = this.#plan;
    const { configuration } = this.#setup;
    try {
      const { address } = await party.sut.start({
        case: this.#setup.case,
        endpoint,
        enabler,
        configuration,
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
      interposed = new InterposedLink(this.#isTapped(peer) ? this.#tapped(bare, peer) : bare, this.#clock);
      return interposed;
    };
    const random = seeded(this.#plan.seed).fork(peer);
    const sut = plan.sut({
      clock: this.#plan.clock,
      random,
      model: this.#plan.model,
      enabler: this.#plan.enabler,
      link,
      own: this.#setup.own,
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
          ask: (request) => hands().ask(request),
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
      const t = this.#clock.now();
      const bytes = Uint8Array.from(datagram);
      if (!this.#stopped) this.#journal.add({ kind: 'datagram', t, from, to, bytes });
      this.#view.feed(from, to, bytes, t);
    });
  }

  #watchOver(): void {
    const due = this.#clock.now() + WATCH_EVERY;
    this.#watch = this.#plan.clock.after(WATCH_EVERY, () => {
      const late = this.#clock.now() - due;
      if (late > this.#lag) {
        this.#lag = late;
        if (late > this.#plan.tolerance('early', 0).early)
          this.#journal.add({ kind: 'lag', t: this.#clock.now(), seconds: late });
      }
      for (const party of [this.#client, this.#server]) this.#lookFor(party);
      if (!this.#stopped) this.#watchOver();
    });
  }

  #lookFor({ sut, peer }: BenchParty): void {
    const ended = sut.ended?.();
    if (!ended || this.#view.over !== undefined) return;
    const how = ended.signal === null ? `exit code ${ended.code}` : `signal ${ended.signal}`;
    const reason = `the ${peer}'s process ended by itself (${how})`;
    this.#journal.add({ kind: 'over', t: this.#clock.now(), reason });
    this.#view.end(reason);
  }
}

/** Whether a session runs on virtual time. */
export const isVirtual = (plan: SessionPlan): boolean => plan.clock instanceof VirtualClock;
