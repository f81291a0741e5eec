import { resolve } from 'node:path';
import { mergeResults } from '../../../reports/merge.js';
import { CommandError, Exit, type Io } from '../io.js';
import { readResultsFor } from '../read-results.js';
import { writeReports } from '../run/assemble.js';
import { exitCodeOf } from '../run/run.js';
import { formatSummary } from '../run/summary-text.js';

/** `merge`: one result of all shards; exit 1 when one is missing. */
export function mergeCommand(runs: readonly string[], { out }: { readonly out: string }, io: Io): Promise<number> {
  const merged = mergeResults(runs.map((path) => readResultsFor(out, path)));
  if (!merged.ok) throw new CommandError(merged.problem, Exit.nonconforming);
  writeReports(merged.value, resolve(out));
  io.out(formatSummary(merged.value, out, io));
  return Promise.resolve(
    exitCodeOf({ results: merged.value, cases: [], cameUp: true }, { strict: false, requireAll: false }),
  );
}
