import { matcher, type Matcher } from '../../harness/case/index.js';
import { ENABLERS, type Enabler } from '../../harness/model/party.js';
import { grade, graded as rows, type ByEnabler, type GradedRow } from './graded.js';

type Key = keyof typeof rows;

/**
 * The graded rows as matchers of three outcomes: `check('B', response.code, graded.E22)` is met by 4.06, tolerates 4.15
 * with a remark that names the row, and is missed by anything else. A case never spells a code that a row covers.
 */
export const graded: Readonly<Record<Key, Matcher>> = Object.fromEntries(
  Object.entries(rows).map(([key, row]) => [key, gradedMatcher(row)]),
) as Record<Key, Matcher>;

function gradedMatcher(row: GradedRow): Matcher {
  const judged = ENABLERS.filter((enabler) => row.expected[enabler]);
  const expected = worded(row.expected, judged).join(' or ');
  const tolerated = worded(row.tolerated ?? {}, judged).join(', ');
  const text = `${expected}${tolerated ? `, tolerated ${tolerated}` : ''} (${row.row})`;
  return matcher(text, (actual, { enabler }) => {
    const outcome = grade(row, enabler, typeof actual === 'string' ? actual : 'none');
    return outcome === 'tolerated' ? { outcome, row: row.row } : { outcome };
  });
}

/** Values of a row, each with the versions that it is for where it is not for all that the row judges. */
function worded(values: ByEnabler, judged: readonly Enabler[]): readonly string[] {
  return [...new Set(judged.flatMap((enabler) => values[enabler] ?? []))].map((value) => {
    const where = judged.filter((enabler) => values[enabler]?.includes(value));
    return where.length === judged.length ? value : `${value} in ${where.join(' and ')}`;
  });
}
