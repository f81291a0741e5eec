import { mkdirSync, openSync, closeSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Stuck, VirtualClock, type Clock } from '../../base/clock.js';
import { execute, type Executed } from '../../case/execute.js';
import { wasTooSlow } from '../../case/checks.js';
import { floodOf } from '../../case/flood.js';
import { plannedName, type Planned } from '../../case/plan.js';
import { lookOver } from '../../case/standing.js';
import { ownSetupOf } from '../../case/test-case.js';
import type { Session, SessionPlan } from '../../case/session.js';
import { partyOf } from '../../model/party.js';
import type { Bench } from '../../case/bench.js';
import { formatEntry, Journal, type JournalHead } from '../../record/journal.js';
import { configurationOf } from '../../../fixtures/configurations/index.js';
import type { CaseResult } from '../../../reports/results.js';
import { writePrinted, type Printed } from './printed.js';

/** Where a case runs: a session of its own, or one that goes on from case to case. */
export interface Stage {
  readonly plan: SessionPlan;
  readonly session: Session;
  /** fresh: started for each case; warm: kept; external: a device that we cannot start. */
  readonly lifecycle: Lifecycle;
  /** What its systems print, and under which name it is kept where the session goes on from case to case. */
  readonly printed?: Printed;
  readonly name?: string;
}

export type Lifecycle = 'fresh' | 'warm' | 'external';

export interface RunnerOptions {
  readonly timing: JournalHead['timing'];
  /** Folder for journals; none are written without it. */
  readonly out?: string;
  readonly bind: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Takes keys out of what is written. */
  readonly redact?: (text: string) => string;
  /** Wall clock, for durations. */
  readonly clock: Clock;
}

/** What came of one case, with its record. */
export interface RanCase {
  readonly result: CaseResult;
  readonly journal: Journal;
  /** What the standing checks found in its traffic. */
  readonly standing: ReturnType<typeof lookOver>;
  /** Something came from the SUT. */
  readonly cameUp: boolean;
  /** It is inconclusive for the slowness of the bench alone. */
  readonly tooSlow: boolean;
}

/** Runs one planned case on a stage, and never rejects for what a SUT does. */
export async function runCase(planned: Planned, stage: Stage, options: RunnerOptions): Promise<RanCase> {
  const { plan, session, lifecycle } = stage;
  const { meta } = planned.testCase;
  const began = options.clock.now();
  const configuration = configurationOf(meta.configuration);
  const bind = { ...configuration.roles, ...options.bind };
  const file = options.out === undefined ? undefined : journalFile(options.out, planned);
  const redact = options.redact ?? ((line: string) => line);
  const journal = new Journal(file && ((entry) => file.write(redact(formatEntry(entry)))));
  const setup = {
    case: meta.id,
    configuration: { id: meta.configuration, values: configuration.values },
    bind,
    own: ownSetupOf(meta, planned.variant),
    ...(meta.servers !== undefined && { servers: meta.servers }),
    ...(meta.bootstrap !== undefined && { bootstrap: meta.bootstrap }),
    ...(meta.smartCard && { smartCard: meta.smartCard }),
    start: lifecycle === 'fresh' || (lifecycle === 'warm' && meta.start === true),
  };
  const bench = await session.begin(setup, journal, (begun) => headOf(planned, begun, plan, options.timing));
  const executed = await execute(planned.testCase, bench, {
    timing: options.timing,
    ...(planned.variant !== undefined && { variant: planned.variant }),
    start: () => session.start(),
    sessionClock: plan.clock,
    ...(options.signal && { signal: options.signal }),
  });
  if (lifecycle === 'fresh') await stopStage(stage);
  else {
    const stays = lifecycle === 'external';
    const spoilt =
      !stays && ['error', 'inconclusive'].includes(executed.verdict)
        ? `the case before was ${executed.verdict}`
        : ((await onClock(plan, () => bench.undo.run(bench, stays ? 'what can be' : undefined))) ?? session.left());
    if (spoilt !== undefined && !stays) session.spoil(spoilt);
  }
  file?.close();
  const name = lifecycle === 'fresh' ? fileName(planned) : (stage.name ?? fileName(planned));
  const logs = stage.printed ? writePrinted(stage.printed, name, options) : {};
  const result: CaseResult = {
    ...resultOf(planned, executed, plan, Math.round((options.clock.now() - began) * 1000), file?.relative),
    ...(Object.keys(logs).length > 0 && { logs }),
  };
  const where = { where: plannedName(planned), enabler: plan.enabler, ...(meta.our && { spared: meta.our }) };
  // What a flood leaves out would be missed in what it has.
  const standing = floodOf(bench.view) === undefined ? lookOver(bench.view, where) : [];
  const cameUp = bench.view.position + bench.view.channel.records.length > 0;
  const tooSlow = executed.verdict === 'inconclusive' && wasTooSlow(executed.checks);
  return { result, journal, standing, cameUp, tooSlow };
}

/**
 * Ends a stage, and keeps what its systems printed to the end. Parties that cannot come to their end on virtual time stay
 * as they are: their case says why.
 */
export async function stopStage({ session, plan, printed, name }: Stage, options?: RunnerOptions): Promise<void> {
  await onClock(plan, () => session.stop()).catch((thrown: unknown) => {
    if (!(thrown instanceof Stuck)) throw thrown;
  });
  if (printed && name !== undefined && options) writePrinted(printed, name, options);
}

/** What needs time on virtual time is driven by its clock. */
const onClock = <T>({ clock }: SessionPlan, work: () => Promise<T>): Promise<T> =>
  clock instanceof VirtualClock ? clock.run(work) : work();

async function headOf(
  { testCase, variant }: Planned,
  bench: Bench,
  plan: SessionPlan,
  timing: JournalHead['timing'],
): Promise<JournalHead> {
  const parties = [...bench.parties.values()];
  const names = await Promise.all(parties.map(async ({ peer, sut }) => [peer, await nameOf(sut)] as const));
  return {
    kind: 'head',
    format: 1,
    case: testCase.meta.id,
    ...(variant !== undefined && { variant }),
    bench: plan.kind,
    judged: plan.judged,
    ours: [...new Set(parties.filter((party) => party.ours).map((party) => partyOf(party.peer)))],
    enabler: plan.enabler,
    timing,
    endpoint: plan.endpoint,
    seed: plan.seed,
    configuration: testCase.meta.configuration,
    bind: bench.bind,
    allowances: { ...plan.allowances },
    suts: Object.fromEntries(names),
  };
}

async function nameOf(sut: { describe(): Promise<{ name: string; version: string }> }): Promise<string> {
  try {
    const { name, version } = await sut.describe();
    return `${name} ${version}`.trim();
  } catch {
    return 'unknown'; // it says why when it is started
  }
}

function resultOf(
  { testCase, variant }: Planned,
  executed: Executed,
  plan: SessionPlan,
  durationMs: number,
  journal: string | undefined,
): CaseResult {
  const { meta } = testCase;
  const ets = etsLabel(meta.ets, plan.enabler);
  return {
    id: meta.id,
    ...(variant !== undefined && { variant }),
    ...(ets !== undefined && { ets }),
    title: meta.title,
    verdict: executed.verdict,
    parties: executed.parties,
    ...(executed.reason !== undefined && { reason: executed.reason }),
    remarks: executed.remarks,
    durationMs,
    ...(journal !== undefined && { journal }),
    checks: executed.checks.map((check) => ({
      ...check,
      ...(meta.checks[check.id] && { says: meta.checks[check.id]?.says ?? '' }),
    })),
  };
}

/** `LightweightM2M-1.1-int-102`: the case as the newest ETS not above the run's enabler names it. */
export function etsLabel(ets: Readonly<Record<string, string>> | undefined, enabler: string): string | undefined {
  const release = Object.keys(ets ?? {})
    .filter((version) => version <= enabler)
    .sort()
    .at(-1);
  return release === undefined ? undefined : `LightweightM2M-${release}-${ets?.[release] ?? ''}`;
}

interface JournalFile {
  readonly relative: string;
  write(line: string): void;
  close(): void;
}

const fileName = ({ testCase, variant }: Planned): string =>
  `${testCase.meta.id}${variant === undefined ? '' : `-${variant}`}`;

/** Written line by line, so that a run that is killed leaves what it had seen. */
function journalFile(out: string, planned: Planned): JournalFile {
  const relative = `journals/${fileName(planned)}.jsonl`;
  mkdirSync(join(out, 'journals'), { recursive: true });
  const descriptor = openSync(join(out, relative), 'w');
  return { relative, write: (line) => void writeSync(descriptor, `${line}\n`), close: () => closeSync(descriptor) };
}
