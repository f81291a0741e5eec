import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RealClock, VirtualClock, type Clock } from '../../base/clock.js';
import { seeded } from '../../base/random.js';
import { readPackageJson } from '../../base/package-files.js';
import { ProblemError } from '../../base/error.js';
import { plan as planCases, plannedName, unknownSelectors, type Planned } from '../../case/plan.js';
import type { SessionPlan } from '../../case/session.js';
import { parseStatement, type Statement } from '../../case/statement.js';
import type { TestCase } from '../../case/test-case.js';
import { memoryNetwork } from '../../link/memory.js';
import { udpLink } from '../../link/udp.js';
import type { Link } from '../../link/link.js';
import type { Enabler, Party } from '../../model/party.js';
import { modelFor } from '../../model/registry.js';
import type { JournalHead } from '../../record/journal.js';
import { allowed } from '../../../suites/requirements/tolerances.js';
import { formatJunit } from '../../../reports/junit.js';
import { totalsOf, validateResults, type CaseResult, type Results } from '../../../reports/results.js';
import { formatMarkdown } from '../../../reports/summary.js';
import { CommandError, Exit, type Io } from '../io.js';
import { Progress } from './progress.js';
import type { Player } from './parties.js';
import { runCase, type RanCase } from './runner.js';

export interface RunOptions {
  readonly bench: JournalHead['bench'];
  readonly judged: readonly Party[];
  readonly client: Player;
  readonly server: Player;
  readonly catalogue: readonly TestCase[];
  readonly select: readonly string[];
  readonly enabler: Enabler;
  readonly timing: 'nominal' | 'quick';
  readonly seed: number;
  readonly jobs: number;
  readonly listen?: { readonly host: string; readonly port: number };
  readonly advertise?: string;
  readonly endpoint?: string;
  /** Folder for results.json, junit.xml, summary.md and journals/; nothing is written without it. */
  readonly out?: string;
  readonly quiet: boolean;
  readonly argv: readonly string[];
  /** Ends the run early: cases under way are finished as they can, the others are not run. */
  readonly signal?: AbortSignal;
}

export interface Ran {
  readonly results: Results;
  readonly cases: readonly RanCase[];
  /** Whether any datagram ever came from the system under test. */
  readonly cameUp: boolean;
}

/** Runs the selected cases and writes their results. @throws CommandError for wrong usage */
export async function run(options: RunOptions, io: Io): Promise<Ran> {
  const unknown = unknownSelectors(options.catalogue, options.select);
  const [first] = unknown;
  if (first)
    throw new CommandError({
      code: 'unknown-case',
      message: `no case is selected by ${JSON.stringify(first.selector)}`,
      hint: `the nearest are ${first.nearest.join(', ')}`,
    });
  const statement = statementOf(options);
  const planned = planCases(options.catalogue, {
    bench: options.bench,
    enabler: options.enabler,
    judged: options.judged,
    ours: [
      ...(options.client.plan.ours ? ['client' as const] : []),
      ...(options.server.plan.ours ? ['server' as const] : []),
    ],
    select: options.select,
    ...(statement && { statement }),
  });
  const runnable = planned.filter((candidate) => !candidate.not);
  if (runnable.length === 0)
    throw new CommandError({
      code: 'nothing-selected',
      message: 'the selection runs nothing',
      hint:
        planned.length === 0
          ? 'lwm2m-conformance list shows the cases'
          : `${plannedName(planned[0] as Planned)}: ${planned[0]?.not?.reason ?? ''}`,
    });
  const wall = new RealClock();
  const started = new Date().toISOString();
  const cases = await runAll(planned, options, wall, io);
  const results = await assemble(planned, cases, options, statement, started, wall);
  if (options.out !== undefined) writeReports(results, options.out);
  return { results, cases, cameUp: cases.some((ran) => ran.cameUp) };
}

function statementOf({ client, server, judged }: RunOptions): Statement | undefined {
  const file = judged.includes('client') ? client.file : server.file;
  if (!file?.statement) return undefined;
  const statement = parseStatement(file.statement);
  if (!statement.ok)
    throw new CommandError({ ...statement.problem, place: `${file.name} statement.${statement.problem.place ?? ''}` });
  return statement.value;
}

async function runAll(planned: readonly Planned[], options: RunOptions, wall: Clock, io: Io): Promise<RanCase[]> {
  const progress = new Progress(io, planned.filter((candidate) => !candidate.not).length, options.quiet);
  const real = options.client.foreign || options.server.foreign;
  const ran = new Map<Planned, RanCase>();
  const queue = planned.filter((candidate) => !candidate.not).entries();
  const worker = async (): Promise<void> => {
    for (const [i, next] of queue) {
      if (options.signal?.aborted || neverCameUp([...ran.values()])) return;
      progress.begin(next);
      const done = await runCase(next, i, {
        session: (_planned, number) => sessionPlan(options, number, real),
        timing: real ? options.timing : 'virtual',
        bind: { ...options.client.file?.bind, ...options.server.file?.bind },
        clock: wall,
        ...(options.signal && { signal: options.signal }),
        ...(options.out !== undefined && { out: options.out }),
      });
      ran.set(next, done);
      progress.end(next, done.result);
    }
  };
  await Promise.all(Array.from({ length: real ? options.jobs : 1 }, worker));
  return planned.flatMap((candidate) => ran.get(candidate) ?? []);
}

/** A system that gave no sign of life in so many cases gets no more. */
const LIFELESS_CASES = 2;

const neverCameUp = (ran: readonly RanCase[]): boolean =>
  ran.length >= LIFELESS_CASES && ran.every(({ cameUp }) => !cameUp);

function sessionPlan(options: RunOptions, number: number, real: boolean): SessionPlan {
  const clock = real ? new RealClock() : new VirtualClock();
  const network = real ? undefined : memoryNetwork(clock);
  const file = options.judged.includes('client') ? options.client.file : options.server.file;
  const foreign = options.client.foreign ? options.client : options.server;
  const { advertise } = options;
  return {
    kind: options.bench,
    judged: options.judged,
    client: options.client.plan,
    server: options.server.plan,
    clock,
    network: (peer) => (network ? Promise.resolve(network.link(`${peer}:5683`)) : socket(options)),
    ...(advertise !== undefined && { advertise: (local: string) => local.replace(/^.*(?=:\d+$)/, advertise) }),
    seed: options.seed,
    enabler: options.enabler,
    model: modelFor(options.enabler),
    endpoint: options.endpoint ?? file?.endpoint ?? `urn:dev:ops:32473-conformance-${number + 1}`,
    allowances: foreign.allowances,
    tolerance: (row, period) => allowed(row, period, { virtual: !real }),
  };
}

async function socket({ listen }: RunOptions): Promise<Link> {
  const opened = await udpLink({ host: listen?.host ?? '127.0.0.1', port: listen?.port ?? 0 });
  if (opened.ok) return opened.value;
  throw new ProblemError(opened.problem);
}

async function assemble(
  planned: readonly Planned[],
  cases: readonly RanCase[],
  options: RunOptions,
  statement: Statement | undefined,
  started: string,
  wall: Clock,
): Promise<Results> {
  const results = cases.map(({ result }) => result);
  const skipped = planned.flatMap((candidate) =>
    candidate.not ? [skippedResult(candidate, candidate.not.reason)] : [],
  );
  const all = [...results, ...skipped];
  const done = new Set(results.map((result) => `${result.id}|${result.variant ?? ''}`));
  const notRun = planned.filter(
    ({ not, testCase, variant }) => !not && !done.has(`${testCase.meta.id}|${variant ?? ''}`),
  );
  return {
    schema: 1,
    suite: { version: suiteVersion() },
    run: {
      id: `${started.replace(/[^0-9T]/g, '').slice(0, 15)}-${options.bench}-${options.seed}`,
      started,
      durationMs: Math.round(wall.now() * 1000),
      bench: options.bench,
      enabler: options.enabler,
      transport: options.client.foreign || options.server.foreign ? 'udp' : 'memory',
      timing: options.client.foreign || options.server.foreign ? options.timing : 'virtual',
      seed: options.seed,
      ...(options.signal?.aborted && { interrupted: true }),
      argv: [...options.argv],
    },
    suts: await describeSuts(options),
    statement: statement ?? { source: 'none', items: {} },
    totals: totalsOf(all),
    cases: all,
    notRun: [
      ...notRun.map(({ testCase, variant }) => ({
        id: testCase.meta.id,
        ...(variant !== undefined && { variant }),
        reason: neverCameUp(cases) ? 'the system under test never came up' : 'the run was interrupted',
      })),
    ],
  };
}

const skippedResult = ({ testCase, variant }: Planned, reason: string): CaseResult => ({
  id: testCase.meta.id,
  ...(variant !== undefined && { variant }),
  title: testCase.meta.title,
  verdict: 'not-applicable',
  parties: {},
  reason,
  remarks: [],
  durationMs: 0,
  checks: [],
});

async function describeSuts({ client, server, judged, enabler }: RunOptions): Promise<Results['suts']> {
  const players = [
    ['client', client],
    ['server', server],
  ] as const;
  const suts = players
    .filter(([party]) => judged.includes(party))
    .map(async ([party, player]) => {
      const clock = new VirtualClock();
      const around = {
        clock,
        random: seeded(0),
        model: modelFor(enabler),
        enabler,
        link: () => Promise.reject(new Error('not started')),
        own: {},
      };
      const { name, version } = player.file
        ? { name: player.file.name, version: String(player.file.version ?? '') }
        : await player.plan.sut(around).describe();
      return { party, name, version, adapter: player.adapter };
    });
  return Promise.all(suts);
}

export const suiteVersion = (): string => String((readPackageJson('package.json') as { version: string }).version);

/** Writes results.json, junit.xml and summary.md. */
function writeReports(results: Results, out: string): void {
  const valid = validateResults(results);
  if (!valid.ok) throw new ProblemError(valid.problem);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(out, 'junit.xml'), formatJunit(results));
  writeFileSync(join(out, 'summary.md'), formatMarkdown(results));
}

/** The exit code that results mean. */
export function exitCodeOf(
  { results, cameUp }: Ran,
  options: { readonly strict: boolean; readonly requireAll: boolean },
): number {
  const open = results.cases.filter((result) => result.baseline === undefined).map(({ verdict }) => verdict);
  if (results.run.interrupted) return Exit.interrupted;
  if (open.includes('error')) return open.includes('fail') ? Exit.nonconforming : Exit.harness;
  if (!cameUp) return Exit.usage;
  if (open.includes('fail') || open.includes('inconclusive')) return Exit.nonconforming;
  if (options.strict && open.includes('warn')) return Exit.nonconforming;
  return options.requireAll && open.includes('not-run') ? Exit.nonconforming : Exit.ok;
}
