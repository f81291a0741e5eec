import { openEtsCases } from '../../../suites/requirements/ets.js';
import { plannedName, selectsName } from '../../case/plan.js';
import type { CaseMeta } from '../../case/test-case.js';
import type { RunFlags } from '../flags.js';
import { Exit, type Io } from '../io.js';
import { timingOf, type RunOptions } from '../run/options.js';
import { planRun } from '../run/run.js';
import { statementOf } from '../run/statements.js';
import { optionsOf, type BenchName } from './run.js';

/** Seconds that a session takes beside the waits of its case: start, registration, stop. */
const OVERHEAD = 1;

/** `plan`: the cases of a run, why others do not apply, and how long it takes. */
export async function planCommand(bench: BenchName, flags: RunFlags, io: Io): Promise<number> {
  const options = await optionsOf(bench, flags);
  const open = openIn(options);
  const select = options.select.filter((selector) => !open.some(({ id }) => id === selector));
  const isOpenAlone = select.length < options.select.length && select.length === 0;
  const planned = isOpenAlone ? [] : planRun({ ...options, select }, statementOf(options));
  const timing = timingOf(options);
  const runnable = planned.filter(({ not }) => !not);
  const rows = planned.map((candidate) => ({
    name: plannedName(candidate),
    title: candidate.testCase.meta.title,
    seconds: candidate.not ? 0 : waitOf(candidate.testCase.meta, timing),
    ...(candidate.not && { not: candidate.not.reason }),
  }));
  const seconds =
    rows.reduce((sum, row) => sum + row.seconds, 0) + (timing === 'virtual' ? 0 : OVERHEAD * runnable.length);
  const longest = Math.max(0, ...rows.map((row) => row.seconds));
  const took = timing === 'virtual' ? 0 : Math.max(seconds / options.jobs, longest);
  if (flags.json) io.out(JSON.stringify({ cases: rows, open, seconds: took }, null, 2));
  else {
    const { dim } = io.colors;
    for (const { name, seconds: wait, not } of rows)
      io.out(
        not === undefined
          ? `  run   ${name} ${dim(timing === 'virtual' ? '' : `${wait} s`)}`
          : dim(`  -     ${name}: ${not}`),
      );
    for (const { id, title, reason } of open) io.out(dim(`  open  ${id}, ${title}: ${reason}`));
    const minutes = took < 90 ? `${Math.ceil(took)} s` : `${Math.ceil(took / 60)} minutes`;
    io.out(
      `${runnable.length} cases of ${planned.length}, ${timing} timing, about ${timing === 'virtual' ? 'no time (virtual)' : minutes}${options.jobs > 1 ? ` with ${options.jobs} jobs` : ''}`,
    );
  }
  return Exit.ok;
}

/** ETS cases that the run would have if there were cases of them. */
const openIn = ({ select, enabler, judged }: RunOptions): readonly Open[] =>
  openEtsCases()
    .filter(
      ({ id, group }) =>
        select.length === 0 || select.some((selector) => selectsName(selector, [id, group, `${group}.${id}`])),
    )
    .filter((row) => row.since <= enabler && row.judged.some((party) => judged.includes(party)))
    .map(({ id, title, open }) => ({ id, title, reason: open }));

interface Open {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
}

/** What a case waits for by its own times, in seconds. */
const waitOf = ({ times }: CaseMeta, timing: 'nominal' | 'quick' | 'virtual'): number =>
  timing === 'virtual' ? 0 : Object.values(times ?? {}).reduce((sum, wait) => sum + wait[timing], 0);
