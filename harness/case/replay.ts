import { sleep, VirtualClock } from '../base/clock.js';
import type { Model } from '../model/definition.js';
import { Journal, type JournalEntry, type JournalHead } from '../record/journal.js';
import { WireView } from '../record/wire-view.js';
import type { Outcome, Sut } from '../sut/contract.js';
import { DEFAULT_ALLOWANCES, type Bench, type BenchParty } from './bench.js';
import { execute, type Executed } from './execute.js';
import { Interrupt } from './interrupt.js';
import type { Tolerance } from './matcher.js';
import type { TestCase } from './test-case.js';

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
  const answers = new RecordedAnswers(entries, clock);
  let lag = 0;
  const start = (): Promise<void> => {
    for (const entry of entries) {
      if (entry.kind === 'datagram') clock.after(entry.t, () => view.feed(entry.from, entry.to, entry.bytes, entry.t));
      else if (entry.kind === 'over') clock.after(entry.t, () => view.end(entry.reason));
      else if (entry.kind === 'lag') clock.after(entry.t, () => (lag = Math.max(lag, entry.seconds)));
    }
    const procedure = entries.find((entry) => entry.kind === 'phase' && entry.phase === 'procedure');
    return procedure && 't' in procedure ? sleep(clock, procedure.t) : Promise.resolve();
  };
  const bench: Bench = {
    ...benchOf(head, options),
    clock,
    view,
    journal: new Journal(),
    client: answers.party('client', head),
    server: answers.party('server', head),
    lag: () => lag,
  };
  const before = procedureReached(entries) ? undefined : entries.find((entry) => entry.kind === 'interrupted');
  const notStarted = before?.kind === 'interrupted' ? new Interrupt(before.verdict, before.reason) : undefined;
  return execute(testCase, bench, {
    timing: head.timing,
    ...(head.variant !== undefined && { variant: head.variant }),
    sessionClock: clock,
    start: notStarted ? () => Promise.reject(notStarted) : start,
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

/** The outcomes of the record, each given at its time, in the order of the stimuli. */
class RecordedAnswers {
  #asked = 0;

  constructor(
    private readonly entries: readonly JournalEntry[],
    private readonly clock: VirtualClock,
  ) {}

  party(peer: 'client' | 'server', head: JournalHead): BenchParty {
    const party = peer;
    const sut: Sut = {
      describe: () => Promise.resolve({ name: head.suts[peer] ?? 'record', version: '', party, stimuli: [] }),
      start: () => Promise.resolve({}),
      stop: () => Promise.resolve(),
      stimulate: () => this.#answer(),
    };
    const hands = { raw: () => undefined, answer: () => undefined, ask: () => undefined };
    return { peer, sut, ours: head.ours.includes(party), hands };
  }

  async #answer(): Promise<Outcome> {
    const n = ++this.#asked;
    const recorded = this.entries.find((entry) => entry.kind === 'outcome' && entry.n === n);
    if (recorded?.kind !== 'outcome') return new Promise(() => undefined); // no outcome came
    await sleep(this.clock, recorded.t - this.clock.now());
    return recorded.outcome as Outcome;
  }
}
