import { resultName, type Results, type Verdict } from './results.js';

/** What a case was and is. */
export interface Change {
  readonly name: string;
  readonly before: Verdict | undefined;
  readonly after: Verdict | undefined;
}

export interface Comparison {
  /** Conforms now, and did not. */
  readonly fixed: readonly Change[];
  /** Did conform, and does not any more. */
  readonly broken: readonly Change[];
  /** Another verdict on the same side. */
  readonly changed: readonly Change[];
  readonly added: readonly Change[];
  readonly removed: readonly Change[];
}

const GOOD: ReadonlySet<Verdict> = new Set(['pass', 'warn']);
const BAD: ReadonlySet<Verdict> = new Set(['fail', 'inconclusive', 'error']);

/** Compares the verdicts of two runs, case by case. */
export function compareResults(before: Results, after: Results): Comparison {
  const verdicts = (results: Results): Map<string, Verdict> =>
    new Map(results.cases.map((result) => [resultName(result), result.verdict]));
  const old = verdicts(before);
  const now = verdicts(after);
  const changes = [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((name): Change => ({ name, before: old.get(name), after: now.get(name) }))
    .filter((change) => change.before !== change.after);
  const both = changes.filter((change) => change.before !== undefined && change.after !== undefined);
  const is = (set: ReadonlySet<Verdict>, verdict: Verdict | undefined): boolean =>
    verdict !== undefined && set.has(verdict);
  const fixed = both.filter((change) => is(BAD, change.before) && is(GOOD, change.after));
  const broken = both.filter((change) => !is(BAD, change.before) && is(BAD, change.after));
  return {
    fixed,
    broken,
    changed: both.filter((change) => !fixed.includes(change) && !broken.includes(change)),
    added: changes.filter((change) => change.before === undefined),
    removed: changes.filter((change) => change.after === undefined),
  };
}
