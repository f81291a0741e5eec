import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualClock } from '../../base/clock.js';
import { ProblemError } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import type { Planned } from '../../case/plan.js';
import type { Statement } from '../../case/statement.js';
import { modelFor } from '../../model/registry.js';
import { applyBaseline, knownOf } from '../../../reports/baseline.js';
import { formatJunit, type Dialect } from '../../../reports/junit.js';
import { resultName, totalsOf, validateResults, type CaseResult, type Results } from '../../../reports/results.js';
import { formatMarkdown } from '../../../reports/summary.js';
import { outputFolder } from '../files.js';
import { securityIn } from '../security/run.js';
import { suiteVersion } from '../version.js';
import { isReal, playersOf, timingOf, type RunOptions } from './options.js';

/** What a run came to, beside its options. */
export interface RunRecord {
  readonly planned: readonly Planned[];
  readonly results: readonly CaseResult[];
  readonly statement?: Statement;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly durationMs: number;
  /** Why cases that apply were not run. */
  readonly cut: string;
}

/** Puts together what results.json says. */
export async function assemble(record: RunRecord, options: RunOptions): Promise<Results> {
  const { planned, statement, started } = record;
  const { transport } = securityIn(options);
  const scope = { transport, enabler: options.enabler };
  const baseline = knownOf(scope, options.baseline ?? []);
  const known = knownOf(scope, options.known ?? []);
  const applied = applyBaseline(record.results, [...baseline, ...known]);
  const stale = applied.stale.filter((entry) => baseline.includes(entry));
  const all = [
    ...applied.cases,
    ...planned.flatMap((candidate) => (candidate.not ? [skipped(candidate, candidate.not)] : [])),
  ];
  const done = new Set(all.map(resultName));
  const { shard } = options;
  return {
    schema: 1,
    suite: { version: suiteVersion() },
    run: {
      id: `${started.replace(/[^0-9T]/g, '').slice(0, 15)}-${options.bench}-${options.seed}`,
      started,
      durationMs: record.durationMs,
      bench: options.bench,
      enabler: options.enabler,
      transport: isReal(options) ? transport : memoryOver(transport),
      timing: timingOf(options),
      seed: options.seed,
      ...(options.signal?.aborted && { interrupted: true }),
      ...(shard && { shard: `${shard.index}/${shard.count}` }),
      argv: [...options.argv],
    },
    suts: await describeSuts(options),
    statement: statement ?? { source: 'none', items: {} },
    totals: totalsOf(all),
    cases: all,
    notRun: planned
      .map(({ testCase, variant }) => ({ id: testCase.meta.id, ...(variant !== undefined && { variant }) }))
      .filter((candidate) => !done.has(resultName(candidate)))
      .map((candidate) => ({ ...candidate, reason: record.cut })),
    ...(stale.length > 0 && { stale }),
  };
}

/** `memory`, `memory, dtls-psk`. */
const memoryOver = (transport: string): string => (transport === 'udp' ? 'memory' : `memory, ${transport}`);

const skipped = ({ testCase, variant }: Planned, { verdict, reason }: NonNullable<Planned['not']>): CaseResult => ({
  id: testCase.meta.id,
  ...(variant !== undefined && { variant }),
  title: testCase.meta.title,
  verdict,
  parties: {},
  reason,
  remarks: [],
  durationMs: 0,
  checks: [],
});

async function describeSuts(options: RunOptions): Promise<Results['suts']> {
  const { enabler } = options;
  const around = {
    clock: new VirtualClock(),
    random: seeded(0),
    model: modelFor(enabler),
    enabler,
    link: () => Promise.reject(new Error('it is only described')),
    own: {},
  };
  const players = playersOf(options).filter(([party]) => options.judged.includes(party));
  return Promise.all(
    players.map(async ([party, { file, plan, adapter }]) => {
      const described = file
        ? { name: file.name, version: String(file.version ?? '') }
        : await plan.sut(around).describe();
      return { party, name: described.name, version: described.version, adapter };
    }),
  );
}

/** Writes results.json, junit.xml and summary.md. @throws ProblemError when the results break their own schema */
export function writeReports(results: Results, out: string, dialect: Dialect = 'extended'): void {
  const valid = validateResults(results);
  if (!valid.ok) throw new ProblemError(valid.problem);
  outputFolder(out);
  writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(out, 'junit.xml'), formatJunit(results, dialect));
  writeFileSync(join(out, 'summary.md'), formatMarkdown(results));
}
