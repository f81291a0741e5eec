import { mkdirSync, openSync, closeSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualClock, type Clock } from '../../base/clock.js';
import { execute, type Executed } from '../../case/execute.js';
import type { Planned } from '../../case/plan.js';
import { Session, type SessionPlan } from '../../case/session.js';
import { formatEntry, Journal, type JournalHead } from '../../record/journal.js';
import { configurationOf } from '../../../fixtures/configurations/index.js';
import type { CaseResult } from '../../../reports/results.js';

/** One run of one planned case needs this beside the plan. */
export interface RunnerOptions {
  /** A plan for a session of its own: clock, network and endpoint name are made anew. */
  session(planned: Planned, number: number): SessionPlan | Promise<SessionPlan>;
  readonly timing: JournalHead['timing'];
  /** Folder for journals; none are written without it. */
  readonly out?: string;
  readonly bind: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Wall clock, for durations. */
  readonly clock: Clock;
}

/** What came of one case, with its record. */
export interface RanCase {
  readonly result: CaseResult;
  readonly journal: Journal;
  /** A registration was seen: the SUT came up. */
  readonly cameUp: boolean;
}

/** Runs one planned case in a session of its own, and never rejects for what a SUT does. */
export async function runCase(planned: Planned, number: number, options: RunnerOptions): Promise<RanCase> {
  const began = options.clock.now();
  const { meta } = planned.testCase;
  const configuration = configurationOf(meta.configuration);
  const bind = { ...configuration.roles, ...options.bind };
  const plan = await options.session(planned, number);
  const file = options.out === undefined ? undefined : journalFile(options.out, planned);
  const journal = new Journal(file && ((entry) => file.write(formatEntry(entry))));
  const session = new Session(
    plan,
    {
      case: meta.id,
      configuration: { id: meta.configuration, values: configuration.values },
      bind,
      own: meta.ours ?? {},
    },
    journal,
  );
  journal.add(await headOf(planned, plan, session, options.timing, bind));
  const executed = await execute(planned.testCase, session.bench(), {
    timing: options.timing,
    ...(planned.variant !== undefined && { variant: planned.variant }),
    start: () => session.start(),
    sessionClock: plan.clock,
    ...(options.signal && { signal: options.signal }),
  });
  await stopSession(session, plan);
  file?.close();
  const result = resultOf(planned, executed, plan, Math.round((options.clock.now() - began) * 1000), file?.relative);
  return { result, journal, cameUp: session.bench().view.position > 0 };
}

/** A session on virtual time stops on it too: a De-register is answered by a timer. */
async function stopSession(session: Session, plan: SessionPlan): Promise<void> {
  const { clock } = plan;
  await (clock instanceof VirtualClock ? clock.run(() => session.stop()) : session.stop());
}

async function headOf(
  { testCase, variant }: Planned,
  plan: SessionPlan,
  session: Session,
  timing: JournalHead['timing'],
  bind: Readonly<Record<string, string>>,
): Promise<JournalHead> {
  const { client, server } = session.bench();
  const names = await Promise.all([client, server].map(async ({ peer, sut }) => [peer, await nameOf(sut)] as const));
  return {
    kind: 'head',
    format: 1,
    case: testCase.meta.id,
    ...(variant !== undefined && { variant }),
    bench: plan.kind,
    judged: plan.judged,
    ours: [client, server]
      .filter((party) => party.ours)
      .map((party) => (party.peer === 'client' ? 'client' : 'server')),
    enabler: plan.enabler,
    timing,
    endpoint: plan.endpoint,
    seed: plan.seed,
    configuration: testCase.meta.configuration,
    bind,
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

/** Written line by line, so that a run that is killed leaves what it had seen. */
function journalFile(out: string, { testCase, variant }: Planned): JournalFile {
  const name = `${testCase.meta.id}${variant === undefined ? '' : `-${variant}`}.jsonl`;
  const relative = `journals/${name}`;
  mkdirSync(join(out, 'journals'), { recursive: true });
  const descriptor = openSync(join(out, relative), 'w');
  return { relative, write: (line) => void writeSync(descriptor, `${line}\n`), close: () => closeSync(descriptor) };
}
