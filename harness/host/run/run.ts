import { RealClock, type Clock } from '../../base/clock.js';
import { unwrap } from '../../base/error.js';
import { plan as planCases, plannedName, unknownSelectors, type Planned } from '../../case/plan.js';
import type { Statement } from '../../case/statement.js';
import { judgeStatement } from '../../case/statement-check.js';
import { surveyOf } from '../../case/survey.js';
import { configurationOf } from '../../../fixtures/configurations/index.js';
import { openEtsCases } from '../../../suites/requirements/ets.js';
import { judgeStanding } from '../../case/standing.js';
import { parseResults, type CaseResult, type Results } from '../../../reports/results.js';
import type { ChannelKind } from '../../case/test-case.js';
import { outputFolder } from '../files.js';
import { CommandError, Exit, type Io } from '../io.js';
import { securityIn } from '../security/run.js';
import { assemble, writeReports } from './assemble.js';
import { Session, type SessionPlan } from '../../case/session.js';
import { longestFirst } from './estimate.js';
import { isReal, lifecycleOf, playersOf, timingOf, type RunOptions } from './options.js';
import { referencePlayer } from './parties.js';
import { Printed } from './printed.js';
import { Progress } from './progress.js';
import { runCase, stopStage, type RanCase, type RunnerOptions, type Stage } from './runner.js';
import { sessionPlan, tryToListen } from './session-plan.js';
import { appliesConfigurations, statementOf, whyUnprovisioned } from './statements.js';

export interface Ran {
  readonly results: Results;
  readonly cases: readonly RanCase[];
  /** Whether any datagram ever came from the system under test. */
  readonly cameUp: boolean;
}

/** Runs the selected cases and writes their results. @throws CommandError for wrong usage */
export async function run(options: RunOptions, io: Io): Promise<Ran> {
  planRun(options, statementOf(options)); // wrong usage shows before anything is started
  await tryToListen(options);
  if (options.out !== undefined) outputFolder(options.out);
  const wall = new RealClock();
  const started = new Date().toISOString();
  const survey = await surveyed(options, wall, io);
  const statement = statementOf(options, survey?.statement);
  const planned = planRun(options, statement);
  const cases = await runAll(planned, options, wall, io, survey?.stage);
  const record = {
    planned,
    results: [
      ...cases.map(({ result }) => result),
      ...standingResults(cases, options),
      ...statementResults(statement, options),
    ],
    ...(statement && { statement: { source: statement.source, items: statement.items } }),
    started,
    durationMs: Math.round(wall.now() * 1000),
    cut: whyCut(cases, options),
  };
  const results = withoutKeys(await assemble(record, options), options);
  if (options.out !== undefined) writeReports(results, options.out, options.junit);
  return { results, cases, cameUp: cases.some((ran) => ran.cameUp) };
}

/** Results can be shared: a key on the command line, or in a value that a check saw, is taken out. */
function withoutKeys(results: Results, options: RunOptions): Results {
  const text = JSON.stringify(results);
  const redacted = securityIn(options).redaction.redact(text);
  return redacted === text ? results : unwrap(parseResults(redacted));
}

/** The standing checks, judged once over the traffic of all cases. */
const standingResults = (cases: readonly RanCase[], { judged }: RunOptions): readonly CaseResult[] =>
  judgeStanding(
    cases.flatMap(({ standing }) => standing),
    judged,
  ).map((result) => ({ ...result, durationMs: 0 }));

/** What the client showed of itself, held against what was declared. */
const statementResults = (statement: Statement | undefined, { enabler }: RunOptions): readonly CaseResult[] => {
  const result = statement && judgeStatement(statement, enabler);
  return result ? [{ ...result, durationMs: 0 }] : [];
};

/** The cases of a run, each with why it does not apply, if it does not. @throws CommandError when nothing is left */
export function planRun(options: RunOptions, statement: Statement | undefined): readonly Planned[] {
  const [unknown] = unknownSelectors(options.catalogue, options.select);
  const open = openEtsCases().find(({ id }) => id === unknown?.selector);
  if (open)
    throw new CommandError({ code: 'open-case', message: `there is no case of ${open.id} yet`, hint: open.open });
  if (unknown)
    throw new CommandError({
      code: 'unknown-case',
      message: `no case is selected by ${JSON.stringify(unknown.selector)}`,
      hint: `the nearest are ${unknown.nearest.join(', ')}`,
    });
  const { shard } = options;
  const unprovisioned = whyUnprovisioned(options.client);
  const all = planCases(options.catalogue, {
    bench: options.bench,
    enabler: options.enabler,
    judged: options.judged,
    ours: playersOf(options).flatMap(([party, { plan }]) => (plan.ours ? [party] : [])),
    select: options.select,
    bind: ({ configuration }) => ({ ...configurationOf(configuration).roles, ...boundOf(options) }),
    ...(statement && { statement }),
    ...(unprovisioned !== undefined && { unprovisioned }),
    external: lifecycleOf(options) === 'external',
    ...(options.bench !== 'reference' && { channel: securityIn(options).kind ?? 'none' }),
  });
  const planned = shard ? all.filter((_candidate, i) => i % shard.count === shard.index - 1) : all;
  if (planned.some((candidate) => !candidate.not)) return planned;
  const [first] = planned;
  throw new CommandError({
    code: 'nothing-selected',
    message: 'the selection runs nothing',
    hint: first ? `${plannedName(first)}: ${first.not?.reason ?? ''}` : 'lwm2m-conformance list shows the cases',
  });
}

interface Surveyed {
  readonly statement?: Statement;
  /** The session goes on with the cases, where the system is not started anew for each. */
  readonly stage?: Stage;
}

/** What a client shows of itself to our own server, in a session before all others. @throws CommandError */
async function surveyed(options: RunOptions, wall: Clock, io: Io): Promise<Surveyed | undefined> {
  const { client, judged } = options;
  if (!judged.includes('client') || !client.foreign) return undefined;
  const survey = surveyOf();
  if (!options.quiet) io.status('asking the client what it has');
  const alone: RunOptions = {
    ...options,
    bench: 'client',
    judged: ['client'],
    server: referencePlayer('server', true),
  };
  const stage = stageOf(alone, 0);
  const runner = runnerOf(alone, wall);
  await runCase({ testCase: survey.testCase }, stage, runner);
  const found = survey.statement();
  const statement = found && appliesConfigurations(client) ? { ...found, open: true as const } : found;
  const goesOn = stage.lifecycle !== 'fresh' && options.bench === 'client';
  const isRefused = found === undefined && isOther(survey.offered(), options);
  if (!goesOn || isRefused) await stopStage(stage, runner);
  if (isRefused) throw otherEnabler(survey.offered(), options);
  return { ...(statement && { statement }), ...(goesOn && { stage }) };
}

const isOther = (offered: string | undefined, { enabler }: RunOptions): boolean =>
  offered !== undefined && offered !== enabler;

/** A client that speaks another version, and was not accepted with it, cannot be judged by this one. */
const otherEnabler = (offered: string | undefined, { enabler }: RunOptions): CommandError =>
  new CommandError({
    code: 'other-enabler',
    message: `the client registers with LwM2M ${offered ?? ''}, and the run is about ${enabler}`,
    hint: `run with --enabler ${offered ?? ''}`,
  });

/** What the SUT files bind to roles. */
const boundOf = (options: RunOptions): Readonly<Record<string, string>> =>
  Object.fromEntries(playersOf(options).flatMap(([, { file }]) => Object.entries(file?.bind ?? {})));

const runnerOf = (options: RunOptions, clock: Clock): RunnerOptions => ({
  timing: timingOf(options),
  bind: boundOf(options),
  clock,
  redact: (text) => securityIn(options).redaction.redact(text),
  ...(options.signal && { signal: options.signal }),
  ...(options.out !== undefined && { out: options.out }),
});

async function runAll(
  planned: readonly Planned[],
  options: RunOptions,
  wall: Clock,
  io: Io,
  begun: Stage | undefined,
): Promise<RanCase[]> {
  const runnable = planned.filter((candidate) => !candidate.not);
  const progress = new Progress(io, runnable.length, options.quiet, wall);
  const ran = new Map<Planned, RanCase>();
  const isExternal = lifecycleOf(options) === 'external';
  const jobs = isReal(options) && !isExternal ? options.jobs : 1;
  // A session that goes on from case to case takes them as they stand; what a case gets (seed, endpoint name) is by its place.
  const isOrdered = jobs === 1 || lifecycleOf(options) !== 'fresh';
  const queue = (isOrdered ? [...runnable.entries()] : longestFirst(runnable, timingOf(options))).values();
  const runner = runnerOf(options, wall);
  const runOn = async (stage: Stage, next: Planned): Promise<void> => {
    progress.begin(next, () => stage.session.waiting());
    const done = await runCase(next, stage, runner);
    ran.set(next, done);
    progress.end(next, done.result);
  };
  const worker = async (_none: unknown, index: number): Promise<void> => {
    let stage = index === 0 ? begun : undefined;
    for (const [i, next] of queue) {
      if (isOver([...ran.values()], options, wall)) break;
      if (!stage || stage.lifecycle === 'fresh') stage = stageOf(options, i, next.testCase.meta.channel);
      await runOn(stage, next);
    }
    if (stage) await stopStage(stage, runner);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  // Once more, each alone: that our own side was too slow for a check says nothing of the system under test.
  const slow = isExternal ? [] : [...ran].flatMap(([next, { tooSlow }]) => (tooSlow ? [next] : []));
  progress.again(slow.length);
  for (const [i, next] of slow.entries()) {
    if (isOver([...ran.values()], options, wall)) break;
    const stage = stageOf(options, runnable.length + i, next.testCase.meta.channel);
    await runOn(stage, next);
    await stopStage(stage, runner);
  }
  return planned.flatMap((candidate) => ran.get(candidate) ?? []);
}

/** A session with a clock, a network and an endpoint name of its own. */
function stageOf(options: RunOptions, number: number, channel?: ChannelKind): Stage {
  const bare = sessionPlan(options, number, channel);
  const printed = new Printed();
  const plan: SessionPlan = {
    ...bare,
    client: printed.by('client', bare.client),
    server: printed.by('server', bare.server),
    bootstrapServer: printed.by('bootstrap-server', bare.bootstrapServer),
  };
  const lifecycle = lifecycleOf(options);
  const name = lifecycle === 'fresh' ? {} : { name: `session-${number + 1}` };
  return { plan, session: new Session(plan), lifecycle, printed, ...name };
}

/** A system that gave no sign of life in so many cases gets no more. */
const LIFELESS_CASES = 2;

const neverCameUp = (ran: readonly RanCase[]): boolean =>
  ran.length >= LIFELESS_CASES && ran.every(({ cameUp }) => !cameUp);

const isOver = (ran: readonly RanCase[], { signal, timeBudget }: RunOptions, wall: Clock): boolean =>
  signal?.aborted === true || neverCameUp(ran) || (timeBudget !== undefined && wall.now() >= timeBudget);

function whyCut(ran: readonly RanCase[], { signal, timeBudget }: RunOptions): string {
  if (signal?.aborted) return 'the run was interrupted';
  return neverCameUp(ran) ? 'the system under test never came up' : `the time budget of ${timeBudget ?? 0} s was spent`;
}

/** The exit code that results mean. */
export function exitCodeOf(
  { results, cameUp }: Ran,
  options: { readonly strict: boolean; readonly requireAll: boolean },
): number {
  const open = results.cases.filter((result) => result.baseline === undefined).map(({ verdict }) => verdict);
  if (results.run.interrupted) return Exit.interrupted;
  if (!open.includes('fail') && open.includes('error')) return Exit.harness;
  if (!cameUp) return Exit.usage;
  if (open.includes('fail') || open.includes('inconclusive') || results.stale) return Exit.nonconforming;
  if (options.strict && open.includes('warn')) return Exit.nonconforming;
  return options.requireAll && (open.includes('not-run') || results.notRun.length > 0) ? Exit.nonconforming : Exit.ok;
}
