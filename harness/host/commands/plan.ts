import { openEtsCases } from '../../../suites/requirements/ets.js';
import { byReason } from '../../../reports/by-reason.js';
import { plannedName, selectsName } from '../../case/plan.js';
import type { RunFlags } from '../flags.js';
import { Exit, type Io } from '../io.js';
import { estimate, waitOf } from '../run/estimate.js';
import { timingOf, type RunOptions } from '../run/options.js';
import { planRun } from '../run/run.js';
import { statementOf } from '../run/statements.js';
import { optionsOf, type BenchName } from './run.js';

/** Characters of a line of names. */
const WIDTH = 100;

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
  const { seconds, starts, person } = estimate(runnable, options);
  if (flags.json) io.out(JSON.stringify({ cases: rows, open, seconds, starts, ...(person && { person }) }, null, 2));
  else {
    const { dim } = io.colors;
    for (const { name, seconds: wait, not } of rows)
      if (not === undefined) io.out(`  run   ${name} ${dim(timing === 'virtual' ? '' : `${wait} s`)}`.trimEnd());
    const unrun = planned.flatMap(({ testCase, variant, not }) =>
      not ? [{ id: testCase.meta.id, reason: not.reason, ...(variant !== undefined && { variant }) }] : [],
    );
    for (const { reason, count, names } of byReason(unrun)) {
      io.out(dim(`  -     ${count} not: ${reason}`));
      for (const line of wrapped(names)) io.out(dim(`          ${line}`));
    }
    for (const { id, title, reason } of open) io.out(dim(`  open  ${id}, ${title}: ${reason}`));
    const minutes = seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} minutes`;
    const about = timing === 'virtual' ? 'no time (virtual)' : `${minutes}, and ${starts} starts of the system`;
    if (person) {
      io.out(
        `  a person is asked in ${person.cases} cases or more; what nothing before does: ${person.stimuli.join(', ')}`,
      );
    }
    const jobs = options.jobs > 1 ? ` with ${options.jobs} jobs` : '';
    io.out(`${runnable.length} cases of ${planned.length}, ${timing} timing, about ${about}${jobs}`);
  }
  return Exit.ok;
}

/** Names with commas, in lines of up to a hundred characters. */
function wrapped(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < WIDTH) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return lines;
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
