import type { Allowances } from '../../case/bench.js';
import type { TestCase } from '../../case/test-case.js';
import type { Enabler, Party } from '../../model/party.js';
import type { JournalHead } from '../../record/journal.js';
import type { BaselineEntry } from '../../../reports/baseline.js';
import type { Dialect } from '../../../reports/junit.js';
import type { RunSecurity } from '../security/run.js';
import type { Player } from './parties.js';

/** One part of a run that is split over machines. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** All that decides a run. */
export interface RunOptions {
  readonly bench: JournalHead['bench'];
  readonly judged: readonly Party[];
  readonly client: Player;
  readonly server: Player;
  readonly bootstrapServer: Player;
  /** What protects the channels, and with what; nothing unless given. */
  readonly security?: RunSecurity;
  readonly catalogue: readonly TestCase[];
  readonly select: readonly string[];
  readonly enabler: Enabler;
  readonly timing: 'nominal' | 'quick';
  readonly seed: number;
  readonly jobs: number;
  readonly listen?: { readonly host: string; readonly port: number };
  readonly advertise?: string;
  readonly endpoint?: string;
  readonly shard?: Shard;
  readonly baseline?: readonly BaselineEntry[];
  /** Failures that each of a pair is known for beside our own party: here they may show or not. */
  readonly known?: readonly BaselineEntry[];
  /** Seconds of wall time after which no further case is begun. */
  readonly timeBudget?: number;
  /** Folder for results.json, junit.xml, summary.md and journals/; nothing is written without it. */
  readonly out?: string;
  readonly junit?: Dialect;
  readonly quiet: boolean;
  readonly argv: readonly string[];
  /** Ends the run early: cases under way are ended, the others are not run. */
  readonly signal?: AbortSignal;
}

/** Whether a party needs sockets and real time. */
export const isReal = (options: RunOptions): boolean => playersOf(options).some(([, { foreign }]) => foreign);

/** Who plays each party. */
export const playersOf = ({ client, server, bootstrapServer }: RunOptions): readonly (readonly [Party, Player])[] => [
  ['client', client],
  ['server', server],
  ['bootstrap-server', bootstrapServer],
];

/** The timing that a run really has: own parties alone run on virtual time. */
export const timingOf = (options: RunOptions): 'nominal' | 'quick' | 'virtual' =>
  isReal(options) ? options.timing : 'virtual';

/** The systems under test. */
export const allUnderTest = (options: RunOptions): readonly Player[] =>
  playersOf(options).flatMap(([party, player]) => (options.judged.includes(party) ? [player] : []));

/** The system under test, of a pair the client: what its file says concerns the run. */
export const underTest = (options: RunOptions): Player => allUnderTest(options)[0] ?? options.client;

/** How the system under test lives: started for each case unless its file says otherwise; of two, as the one that can do less. */
export function lifecycleOf(options: RunOptions): 'fresh' | 'warm' | 'external' {
  const lives = allUnderTest(options).map(({ file }) => file?.lifecycle ?? 'fresh');
  if (lives.includes('external')) return 'external';
  return lives.every((life) => life === 'warm') ? 'warm' : 'fresh';
}

/** What processes, adapters and people of this run may take: of two the longer. */
export function allowancesOf(options: RunOptions): Allowances {
  const all = playersOf(options).flatMap(([, player]) => (player.foreign ? [player.allowances] : []));
  const [first = options.client.allowances, ...others] = all;
  const longest = (which: keyof Allowances): number => Math.max(first[which], ...others.map((other) => other[which]));
  return {
    boot: longest('boot'),
    registration: longest('registration'),
    reaction: longest('reaction'),
    stimulus: longest('stimulus'),
    settle: longest('settle'),
  };
}
