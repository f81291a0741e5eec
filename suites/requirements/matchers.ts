import { matcher, type Matcher } from '../../harness/case/index.js';
import { grade, graded as rows, type GradedRow } from './graded.js';

type Key = keyof typeof rows;

/**
 * The graded rows as matchers of three outcomes: `check('B', response.code, graded.E22)` is met by 4.06, tolerates 4.15
 * with a remark that names the row, and is missed by anything else. A case never spells a code that a row covers.
 */
export const graded: Readonly<Record<Key, Matcher>> = Object.fromEntries(
  Object.entries(rows).map(([key, row]) => [key, gradedMatcher(row)]),
) as Record<Key, Matcher>;

function gradedMatcher(row: GradedRow): Matcher {
  const expected = [...new Set(Object.values(row.expected).flat())].join(' or ');
  const tolerated = [...new Set(Object.values(row.tolerated ?? {}).flat())].join(', ');
  const text = `${expected}${tolerated ? `, tolerated ${tolerated}` : ''} (${row.row})`;
  return matcher(text, (actual, { enabler }) => {
    const outcome = grade(row, enabler, typeof actual === 'string' ? actual : 'none');
    return outcome === 'tolerated' ? { outcome, row: row.row } : { outcome };
  });
}
