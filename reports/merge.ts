import { failed, ok, type Result } from '../harness/base/error.js';
import { resultName, totalsOf, type CaseResult, type Results, type Verdict } from './results.js';

/** Joins the results of the shards of one run. A shard that is missing, or there twice, is a failure that names it. */
export function mergeResults(parts: readonly Results[]): Result<Results> {
  const [first] = parts;
  if (!first) return failed({ code: 'merge-nothing', message: 'there are no results to merge' });
  const count = Number(first.run.shard?.split('/')[1] ?? 1);
  const shards = parts.map((part) => part.run.shard ?? '1/1');
  for (let shard = 1; shard <= count; shard++) {
    const found = shards.filter((candidate) => candidate === `${shard}/${count}`).length;
    if (found !== 1)
      return failed({
        code: 'merge-shard',
        message: `shard ${shard}/${count} is there ${found} times`,
        place: shards.join(', '),
      });
  }
  const other = parts.find((part) => key(part) !== key(first));
  if (other)
    return failed({
      code: 'merge-runs',
      message: 'the results are of different runs',
      place: other.run.id,
      hint: `${key(other)} is not ${key(first)}`,
    });
  const cases = joined(parts.flatMap((part) => part.cases)).sort((a, b) => resultName(a).localeCompare(resultName(b)));
  const { shard: _shard, ...run } = first.run;
  return ok({
    ...first,
    run: { ...run, durationMs: Math.max(...parts.map((part) => part.run.durationMs)) },
    totals: totalsOf(cases),
    cases,
    notRun: parts.flatMap((part) => part.notRun),
    ...(parts.some((part) => part.stale) && { stale: parts.flatMap((part) => part.stale ?? []) }),
  });
}

/** In order: a later one is worse. */
const WORSE: readonly Verdict[] = ['not-applicable', 'not-run', 'pass', 'warn', 'inconclusive', 'fail', 'error'];

/** Every shard judges the standing checks over its own traffic: of one check the worst result counts. */
function joined(cases: readonly CaseResult[]): CaseResult[] {
  const byName = new Map<string, CaseResult>();
  for (const result of cases) {
    const before = byName.get(resultName(result));
    if (!before || WORSE.indexOf(result.verdict) > WORSE.indexOf(before.verdict))
      byName.set(resultName(result), result);
  }
  return [...byName.values()];
}

/** What the shards of one run have in common. */
const key = ({ suite, run, suts }: Results): string =>
  [
    suite.version,
    run.bench,
    run.enabler,
    run.timing,
    run.transport,
    run.seed,
    ...suts.map(({ party, name }) => `${party} ${name}`),
  ].join(' · ');
