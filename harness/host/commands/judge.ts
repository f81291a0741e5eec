import { basename } from 'node:path';
import { judgeJournal } from '../../case/replay.js';
import { parseJournal } from '../../record/journal.js';
import { modelFor } from '../../model/registry.js';
import { allowed } from '../../../suites/requirements/tolerances.js';
import { catalogue } from '../catalogue.generated.js';
import { readTextFile } from '../files.js';
import { CommandError, Exit, type Io } from '../io.js';
import { paintOf } from '../run/progress.js';

const SURVEY = 'statement.survey.jsonl';

/** `judge`: the verdict of each journal, from the record alone. */
export async function judgeCommand(
  paths: readonly string[],
  { json }: { readonly json: boolean },
  io: Io,
): Promise<number> {
  const judged = [];
  // A run leaves the record of its survey among the others: it judges nobody.
  for (const path of paths.filter((given) => basename(given) !== SURVEY))
    judged.push({ journal: path, ...(await judgeFile(path)) });
  if (json) io.out(JSON.stringify(judged, null, 2));
  else
    for (const { journal, id, verdict, reason } of judged)
      io.out(
        `${paintOf(io, verdict)(verdict.padEnd(14))} ${id}  ${io.colors.dim(journal)}${reason ? `\n               ${reason}` : ''}`,
      );
  const bad = judged.some(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive');
  return judged.some(({ verdict }) => verdict === 'error') && !bad ? Exit.harness : bad ? Exit.nonconforming : Exit.ok;
}

async function judgeFile(path: string) {
  const parsed = parseJournal(readTextFile(path, 'name the journals of a run: DIR/journals/*.jsonl'));
  if (!parsed.ok) throw new CommandError({ ...parsed.problem, place: `${path} ${parsed.problem.place ?? ''}` });
  const head = parsed.value[0];
  const found = catalogue.find(({ testCase }) => head?.kind === 'head' && testCase.meta.id === head.case);
  if (head?.kind !== 'head' || !found)
    throw new CommandError({
      code: 'journal-case',
      message: `this version has no case ${head?.kind === 'head' ? head.case : ''}`,
      place: path,
    });
  const virtual = head.timing === 'virtual';
  const executed = await judgeJournal(found.testCase, parsed.value, {
    model: modelFor(head.enabler),
    tolerance: (row, period) => allowed(row, period, { virtual }),
  });
  const { verdict, parties, reason, checks } = executed;
  return { id: head.case, verdict, parties, ...(reason !== undefined && { reason }), checks };
}
