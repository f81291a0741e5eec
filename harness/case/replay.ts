import { sleep, VirtualClock } from '../base/clock.js';
import type { Model } from '../model/definition.js';
import { partyOf, type Peer } from '../model/party.js';
import { Journal, type JournalEntry, type JournalHead } from '../record/journal.js';
import { WireView } from '../record/wire-view.js';
import type { Outcome, Sut } from '../sut/contract.js';
import { DEFAULT_ALLOWANCES, type Bench, type BenchParty } from './bench.js';
import { execute, type Executed } from './execute.js';
import { Interrupt } from './interrupt.js';
import type { Tolerance } from './matcher.js';
import type { OwnHands } from './own-hands.js';
import type { OwnRecords } from './own-records.js';
import type { TestCase } from './test-case.js';
import { UndoList } from './undo.js';

const PEERS: readonly Peer[] = ['client', 'server', 'server2', 'bootstrap-server'];

/** Whatever is done in a record has been done. */
const NO_HANDS: OwnHands = { raw: () => undefined, answer: () => undefined, ask: () => undefined };

const NO_RECORDS: OwnRecords = {
  datagram: () => undefined,
  again: () => undefined,
  record: () => undefined,
};

/** What judging a record again needs beside the record. */
export interface ReplayOptions {
  readonly model: Model;
  readonly tolerance: Tolerance;
}

/**
 * Judges a record again: the same case runs on a bench whose parties are the record, on virtual time.
 * The same record and case give the same verdict, as a verdict is a function of what was seen.
 *
 * @throws Error when the entries do not begin with a head
 */
export async function judgeJournal(
  testCase: TestCase,
  entries: readonly JournalEntry[],
  options: ReplayOptions,
): Promise<Executed> {
  const head = entries[0];
  if (head?.kind !== 'head') throw new Error('a journal begins with its head');
  const clock = new VirtualClock();
  const view = new WireView(clock, options.model);
  const answers = new RecordedAnswers(entries);
  const uris = new Map<Peer, string>();
  let lag = 0;
  const playback = new Playback(entries, clock, answers, (entry) => {
    if (entry.kind === 'datagram') view.replay(entry);
    else if (entry.kind === 'uri') uris.set(entry.peer, entry.uri);
    else if (entry.kind === 'record' || entry.kind === 'security') view.replayChannel(entry);
    else if (entry.kind === 'over') view.end(entry.reason);
    else if (entry.kind === 'lag') lag = Math.max(lag, entry.seconds);
  });
  const bench: Bench = {
    ...benchOf(head, options),
    clock,
    view,
    journal: new Journal(),
    parties: new Map(PEERS.map((peer) => [peer, answers.party(peer, head)])),
    uris,
    startClient: () => answers.started(),
    rebind: () => Promise.resolve(),
    elsewhere: () => Promise.resolve(NO_HANDS),
    undo: new UndoList({}),
    lag: () => lag,
  };
  const before = procedureReached(entries) ? undefined : entries.find((entry) => entry.kind === 'interrupted');
  const notStarted = before?.kind === 'interrupted' ? new Interrupt(before.verdict, before.reason) : undefined;
  return execute(testCase, bench, {
    timing: head.timing,
    ...(head.variant !== undefined && { variant: head.variant }),
    sessionClock: clock,
    start: notStarted ? () => Promise.reject(notStarted) : () => playback.start(),
  });
}

type Given = Pick<Bench, 'kind' | 'judged' | 'enabler' | 'endpoint' | 'bind' | 'allowances' | 'model' | 'tolerance'>;

const benchOf = (head: JournalHead, { model, tolerance }: ReplayOptions): Given => ({
  kind: head.bench,
  judged: head.judged,
  enabler: head.enabler,
  endpoint: head.endpoint,
  bind: head.bind,
  allowances: { ...DEFAULT_ALLOWANCES, ...head.allowances },
  model,
  tolerance,
});

const procedureReached = (entries: readonly JournalEntry[]): boolean =>
  entries.some((entry) => entry.kind === 'phase' && entry.phase === 'procedure');

/** Later than everything that happens at one instant, in seconds. */
const INSTANT = 1e-9;

/**
 * Plays a record in its order: what came after a stimulus comes after it again, also where all happened at one instant,
 * as on the memory network.
 */
class Playback {
  #begun: () => void = () => undefined;

  constructor(
    private readonly entries: readonly JournalEntry[],
    private readonly clock: VirtualClock,
    private readonly answers: RecordedAnswers,
    private readonly show: (entry: JournalEntry) => void,
  ) {}

  /** Ends where the procedure began. */
  start(): Promise<void> {
    const begun = new Promise<void>((resolve) => (this.#begun = resolve));
    void this.#play();
    return procedureReached(this.entries) ? begun : Promise.resolve();
  }

  async #play(): Promise<void> {
    for (const entry of this.entries) {
      if ('t' in entry && entry.t > this.clock.now()) await sleep(this.clock, entry.t - this.clock.now());
      if (entry.kind === 'phase' && entry.phase === 'procedure') this.#begun();
      else if (entry.kind === 'stimulus')
        // A case that has changed since may do without it.
        await Promise.race([this.answers.asked(entry.n), sleep(this.clock, INSTANT)]);
      else if (entry.kind === 'outcome') this.answers.give(entry.n, entry.outcome as Outcome);
      else this.show(entry);
      await sleep(this.clock, 0);
    }
  }
}

/** The outcomes of the record, by the number of the stimulus. */
class RecordedAnswers {
  #asked = 0;
  readonly #stimuli = new Map<number, Stimulus>();

  constructor(entries: readonly JournalEntry[]) {
    for (const entry of entries) if (entry.kind === 'stimulus') this.#stimuli.set(entry.n, makeStimulus());
  }

  party(peer: Peer, head: JournalHead): BenchParty {
    const party = partyOf(peer);
    const sut: Sut = {
      describe: () => Promise.resolve({ name: head.suts[peer] ?? 'record', version: '', party, stimuli: [] }),
      start: () => Promise.resolve({}),
      stop: () => Promise.resolve(),
      stimulate: () => this.#answer(),
    };
    return { peer, sut, ours: head.ours.includes(party), hands: NO_HANDS, records: NO_RECORDS };
  }

  /** The client that a procedure starts. @throws Error as the record tells */
  async started(): Promise<void> {
    const outcome = await this.#answer();
    if (typeof outcome === 'object' && 'failed' in outcome) throw new Error(outcome.failed);
  }

  /** Settles when stimulus `n` has been given. */
  asked(n: number): Promise<void> {
    return this.#stimuli.get(n)?.asked ?? Promise.resolve();
  }

  give(n: number, outcome: Outcome): void {
    this.#stimuli.get(n)?.give(outcome);
  }

  #answer(): Promise<Outcome> {
    const stimulus = this.#stimuli.get(++this.#asked);
    stimulus?.ask();
    return stimulus?.outcome ?? new Promise(() => undefined); // no outcome came
  }
}

interface Stimulus {
  readonly asked: Promise<void>;
  readonly ask: () => void;
  readonly outcome: Promise<Outcome>;
  readonly give: (outcome: Outcome) => void;
}

function makeStimulus(): Stimulus {
  let ask: () => void = () => undefined;
  let give: (outcome: Outcome) => void = () => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const outcome = new Promise<Outcome>((resolve) => (give = resolve));
  return { asked, outcome, ask: () => ask(), give: (value) => give(value) };
}
