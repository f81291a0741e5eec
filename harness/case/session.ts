import { fromNow, type Clock, type Timer } from '../base/clock.js';
import { seeded } from '../base/random.js';
import { partyOf, type Peer } from '../model/party.js';
import type { Plain } from '../model/plain.js';
import type { Journal, JournalEntry, JournalHead } from '../record/journal.js';
import type { Exchange } from '../record/exchange.js';
import type { ChannelEntry } from '../record/channel-view.js';
import { WireView } from '../record/wire-view.js';
import type { Setup } from '../sut/contract.js';
import type { Bench, BenchParty } from './bench.js';
import { isFlooded } from './flood.js';
import { Interrupt } from './interrupt.js';
import type { OwnRecords } from './own-records.js';
import { RegistrationTraffic } from './registration-traffic.js';
import { shortServerIdOf } from './registration.js';
import { isApart, knownToClient, type CaseSetup, type PartyPlan, type SessionPlan } from './session-plan.js';
import { Stand } from './stand.js';
import type { OwnSetup } from './test-case.js';
import { UndoList } from './undo.js';

export type { Around, CaseSetup, PartyPlan, SessionPlan } from './session-plan.js';

/** How often a real clock looks for its own lateness and for processes that ended, in seconds. */
const WATCH_EVERY = 0.1;

/** What the session shows of itself to one case. */
interface Current {
  readonly setup: CaseSetup;
  readonly journal: Journal;
  /** Seconds since the case began. */
  readonly clock: Clock;
  readonly view: WireView;
  /** Reboots after which the process of the client was started again. */
  readonly reboots: Set<Exchange>;
  lag: number;
}

/** The parties that run, and what they were set up for. */
interface Running {
  readonly parties: ReadonlyMap<Peer, BenchParty>;
  readonly stand: Stand;
  /** Where the client finds its opposite parties. */
  readonly uris: Map<Peer, string>;
  readonly own: OwnSetup;
}

/** The parties of a bench, tapped, from start to stop: for one case, or for one after the other. */
export class Session {
  readonly #plan: SessionPlan;
  readonly #traffic = new RegistrationTraffic();
  /** Values that the device had, as far as they were read, for undoing. */
  readonly #read = new Map<string, Plain>();
  #set: Running | undefined;
  #current: Current | undefined;
  #running = false;
  /** Why the parties cannot go on to the next case as they are. */
  #spoilt: string | undefined;
  /** What the present case did that no undoing takes back. */
  #left: string | undefined;
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
    const goesOn = this.#running && setup.start !== true && !isApart(setup) && this.#isSound(setup.own);
    if (this.#running && !goesOn) await this.stop();
    const clock = fromNow(this.#plan.clock);
    const view = new WireView(clock, this.#plan.model);
    this.#current = { setup, journal, clock, view, reboots: new Set(), lag: 0 };
    this.#left = undefined;
    this.#set ??= this.#standUp(setup);
    const bench = this.#bench(this.#current, this.#set);
    journal.add(await head(bench));
    for (const { from, to, bytes, t } of goesOn ? this.#traffic.before(this.#plan.clock.now()) : []) {
      journal.add({ kind: 'datagram', t, from, to, bytes });
      view.feed(from, to, bytes, t);
    }
    for (const [peer, uri] of this.#set.uris) this.#noteUri(peer, uri);
    if (isApart(setup)) this.spoil('the case before had parties of its own');
    return bench;
  }

  /**
   * Starts the servers, then the client, which is told where they are; nothing if they run. In a case of the bootstrap
   * interface the client waits for the procedure. @throws Interrupt when one does not come up
   */
  async start(): Promise<void> {
    if (this.#running) return;
    const { parties } = this.#set ?? this.#none();
    this.#running = true;
    if (this.#plan.clock.mode === 'real') this.#watchOver();
    const { bootstrap } = this.#setup();
    for (const party of parties.values()) if (party.peer !== 'client') await this.#startOpposite(party);
    if (bootstrap === undefined) await this.#startClient();
  }

  /** What the case waits for, and for how long at most; for people. */
  waiting(): string | undefined {
    const pending = this.#current?.view.pending.at(-1);
    if (!pending || !this.#current) return undefined;
    return `waits for ${pending.what}, ${Math.max(0, Math.ceil(pending.until - this.#current.clock.now()))} s at most`;
  }

  /** Whether the parties can go on: a process may have ended since the case before. */
  #isSound(own: OwnSetup): boolean {
    if (!this.#set || this.#spoilt !== undefined) return false;
    return (
      isSame(own, this.#set.own) && [...this.#set.parties.values()].every(({ sut }) => sut.ended?.() === undefined)
    );
  }

  /** Why parties that can be started anew must not go on after the present case. */
  left(): string | undefined {
    return this.#left;
  }

  /** The next case needs parties that were started anew, and why. */
  spoil(reason: string): void {
    this.#spoilt ??= reason;
  }

  /** Stops all, the client first. Never rejects: what goes wrong is noted. */
  async stop(): Promise<void> {
    this.#watch?.cancel();
    const set = this.#set;
    const current = this.#current;
    this.#set = undefined;
    this.#running = false;
    this.#spoilt = undefined;
    this.#traffic.clear();
    this.#read.clear();
    if (!set || !current) return;
    const note = (who: string, thrown: unknown): void =>
      current.journal.add({
        kind: 'note',
        t: current.clock.now(),
        text: `the ${who} did not stop: ${String(thrown)}`,
      });
    for (const { sut, peer } of set.parties.values()) await sut.stop().catch((thrown: unknown) => note(peer, thrown));
    await set.stand.close().catch((thrown: unknown) => note('relay', thrown));
  }

  /** The parties of a case, none of them started, the client first. */
  #standUp({ own, servers, bootstrap }: CaseSetup): Running {
    const { client, server, server2, bootstrapServer } = this.#plan;
    const stand = new Stand(this.#plan, client.ours, {
      seen: (from, to, bytes, astray) => this.#see(from, to, bytes, astray),
      protectedSeen: (from, to, bytes) =>
        this.#noteChannel((t) => ({ kind: 'record', t, from, to, bytes: Uint8Array.from(bytes) })),
      security: (peer, text, fact) => this.#noteChannel((t) => ({ kind: 'security', t, peer, text, fact })),
      note: (text) => this.#note((t) => ({ kind: 'note', t, text })),
    });
    const plans: readonly (readonly [Peer, PartyPlan])[] = [
      ['client', client],
      ['server', server],
      ...(servers === 2 ? [['server2', server2] as const] : []),
      ...(bootstrap === undefined ? [] : [['bootstrap-server', bootstrapServer] as const]),
    ];
    return {
      own,
      stand,
      uris: new Map(),
      parties: new Map(plans.map(([peer, plan]) => [peer, this.#party(peer, plan, own, stand)])),
    };
  }

  #party(peer: Peer, plan: PartyPlan, own: OwnSetup, stand: Stand): BenchParty {
    const { clock, model, enabler, seed } = this.#plan;
    const random = seeded(seed).fork(peer);
    const sut = plan.sut({ clock, random, model, enabler, link: () => stand.link(peer), own });
    const hands = {
      raw: (datagram: Uint8Array) => {
        // Its Message ID and token may come again in the next case, and would be taken for a repeat (RFC 7252 §4.5).
        this.#left ??= 'the case before sent a datagram of its own making';
        stand.hands(peer).raw(datagram);
      },
      answer: (...given: Parameters<NonNullable<BenchParty['hands']>['answer']>) => stand.hands(peer).answer(...given),
      ask: (...given: Parameters<NonNullable<BenchParty['hands']>['ask']>) => stand.hands(peer).ask(...given),
    };
    const below = (): OwnRecords => {
      this.#left ??= 'the case before spoke past a channel';
      return stand.below(peer);
    };
    const records: OwnRecords = {
      datagram: (bytes) => below().datagram(bytes),
      again: (change) => below().again(change),
      record: (type, fragment) => below().record(type, fragment),
    };
    return { peer, sut, ours: plan.ours, ...(plan.ours && { hands, records }) };
  }

  #bench(current: Current, { parties, stand, uris }: Running): Bench {
    const { kind, judged, enabler, model, endpoint, allowances, tolerance } = this.#plan;
    const { clock, journal, view, setup } = current;
    return {
      ...{ kind, judged, enabler, model, endpoint, allowances, tolerance, clock, journal, view, parties, uris },
      ...(this.#plan.credentials && { credentials: this.#plan.credentials('client') }),
      bind: setup.bind,
      undo: new UndoList(setup.configuration.values, this.#read),
      startClient: () => this.#startClient(),
      rebind: () => {
        // Whether the server follows is what a case is about; the next one must not depend on it.
        this.#left ??= 'the case before changed the address of the client';
        return stand.rebind();
      },
      elsewhere: (as) => stand.elsewhere(as),
      lag: () => current.lag,
    };
  }

  async #startOpposite(party: BenchParty): Promise<void> {
    const { stand, uris } = this.#set ?? this.#none();
    const address = await this.#start(party, peersOf(uris));
    if (address === undefined)
      throw new Interrupt(party.ours ? 'error' : 'inconclusive', `the ${party.peer} does not say where it listens`);
    const uri = `${this.#plan.secure ? 'coaps' : 'coap'}://${await stand.reached(party.peer, address)}`;
    uris.set(party.peer, uri);
    this.#noteUri(party.peer, uri);
  }

  async #startClient(): Promise<void> {
    const { parties, uris } = this.#set ?? this.#none();
    const client = parties.get('client') ?? this.#none();
    await this.#start(client, knownToClient(peersOf(uris), this.#setup()));
  }

  /** @throws Interrupt when it does not come up */
  async #start(party: BenchParty, peers: Setup['peers']): Promise<string | undefined> {
    const { endpoint, enabler } = this.#plan;
    const { case: id, configuration } = this.#setup();
    try {
      const { address } = await party.sut.start({
        ...{ case: id, endpoint, enabler, configuration, peers },
        credentials: this.#plan.credentials?.(party.peer) ?? {},
      });
      return address;
    } catch (thrown) {
      if (thrown instanceof Interrupt) throw thrown;
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Interrupt(party.ours ? 'error' : 'inconclusive', `the ${party.peer} did not start: ${why}`);
    }
  }

  #noteUri(peer: Peer, uri: string): void {
    const current = this.#current ?? this.#none();
    current.journal.add({ kind: 'uri', t: current.clock.now(), peer, uri });
  }

  /** Writes down what is no datagram of CoAP, while the parties run. */
  #note(entry: (t: number) => JournalEntry): void {
    const current = this.#current;
    if (current && this.#running) current.journal.add(entry(current.clock.now()));
  }

  /** The same, of a channel: cases see it too. */
  #noteChannel(entry: (t: number) => ChannelEntry): void {
    const current = this.#current;
    if (!current || !this.#running || isFlooded(current)) return;
    const noted = entry(current.clock.now());
    current.journal.add(noted);
    current.view.channel.feed(noted, current.view.position);
    current.view.look();
  }

  #setup(): CaseSetup {
    return (this.#current ?? this.#none()).setup;
  }

  #none(): never {
    throw new Interrupt('error', 'the session has been given no case');
  }

  #see(from: Peer, to: Peer, datagram: Uint8Array, astray?: 'astray'): void {
    const bytes = Uint8Array.from(datagram);
    const current = this.#current;
    // What is said while the parties are stopped concerns no case.
    if (!current || !this.#running || isFlooded(current)) return;
    if (astray === undefined) this.#traffic.see({ from, to, bytes, t: this.#plan.clock.now() });
    const t = current.clock.now();
    current.journal.add({ kind: 'datagram', t, from, to, bytes, ...(astray && { astray: true }) });
    current.view.feed(from, to, bytes, t, astray);
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
      for (const party of this.#set?.parties.values() ?? []) if (current) this.#lookFor(party, current);
      if (this.#running) this.#watchOver();
    });
  }

  #lookFor({ sut, peer }: BenchParty, { view, journal, clock, setup, reboots }: Current): void {
    const ended = sut.ended?.();
    if (!ended || view.over !== undefined) return;
    const how = ended.signal === null ? `exit code ${ended.code}` : `signal ${ended.signal}`;
    const reboot = view.exchanges.findLast((exchange) => isReboot(exchange, setup.bind));
    if (peer === 'client' && ended.signal === null && reboot && !reboots.has(reboot)) {
      reboots.add(reboot);
      journal.add({
        kind: 'note',
        t: clock.now(),
        text: `the client's process ended at the reboot (${how}): started again`,
      });
      void sut.stimulate({ do: 'restart' });
      return;
    }
    const reason = `the ${peer}'s process ended by itself (${how})`;
    this.spoil(reason);
    journal.add({ kind: 'over', t: clock.now(), reason });
    view.end(reason);
  }
}

/** Servers and bootstrap-servers as the contract names them. */
const peersOf = (uris: ReadonlyMap<Peer, string>): Setup['peers'] =>
  [...uris].map(([peer, uri]) => ({
    party: partyOf(peer),
    uri,
    ...(peer !== 'bootstrap-server' && { shortServerId: shortServerIdOf(peer) }),
  }));

/** Where nothing else tells which Resource reboots the device. */
const REBOOT = '/3/0/4';

/** An Execute of Reboot that the client carries out: some end with that, for whoever started them to start them again. */
const isReboot = ({ kind, request, response }: Exchange, bind: CaseSetup['bind']): boolean =>
  kind === 'execute' && request.path === (bind['reboot'] ?? REBOOT) && /^(2\.|none)/.test(response.code);

/** Whether our parties can stay as they are set up. */
const isSame = (a: OwnSetup, b: OwnSetup | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
