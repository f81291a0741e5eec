import type { Enabler } from '../model/party.js';
import type { CheckRecord } from '../record/journal.js';
import type { StandingResult } from './standing.js';
import { lookup, type Statement } from './statement.js';

/** What a survey can tell of a client: an Object, a Resource, a format, the version that it registers with, blocks. */
const SHOWABLE = /^(object\.\d+|resource\.\/\d+\/\d+|format\.\d+|enabler\.1\.[012]|block-wise)$/;

/** What a statement need not mention: mandatory Objects, single Resources. */
const UNMENTIONED = /^(object\.[13]|resource\..+)$/;

/**
 * Judges a declared statement by what the client showed of itself: what it claims and does not show fails, what it shows
 * and does not claim is a remark. What a survey cannot tell is not judged. Undefined where nothing was declared or shown.
 *
 * @param enabler of the run: a client registers with one version, whatever others it has
 */
export function judgeStatement(
  { source, items, shown }: Statement,
  enabler: Enabler,
): (StandingResult & { readonly id: 'statement' }) | undefined {
  if (source !== 'declared' || !shown) return undefined;
  const showing = lookup(shown);
  const declared = lookup({ source, items });
  const isTold = (item: string): boolean =>
    SHOWABLE.test(item) && (!item.startsWith('enabler.') || item === `enabler.${enabler}`);
  const notShown = Object.keys(items).filter((item) => items[item] && isTold(item) && showing(item) === false);
  const notDeclared = Object.keys(shown.items).filter(
    (item) =>
      shown.items[item] && isTold(item) && (declared(item) ?? (UNMENTIONED.test(item) ? undefined : false)) === false,
  );
  const checks = [
    recordOf('x1', 'must', 'shows what its statement claims', notShown),
    recordOf('x2', 'should', 'claims in its statement what it shows', notDeclared),
  ];
  const verdict = notShown.length > 0 ? 'fail' : notDeclared.length > 0 ? 'warn' : 'pass';
  return {
    id: 'statement',
    title: 'The client is what its statement says',
    verdict,
    parties: { client: verdict },
    ...(notShown.length > 0 && { reason: `x1: claimed and not shown: ${notShown.join(', ')}` }),
    remarks: notDeclared.length > 0 ? [`x2: shown and not claimed: ${notDeclared.join(', ')}`] : [],
    checks,
  };
}

const recordOf = (
  id: string,
  level: CheckRecord['level'],
  says: string,
  items: readonly string[],
): StandingResult['checks'][number] => ({
  ...{ id, by: 'client', level, req: 'M-12', says, expected: 'no difference' },
  outcome: items.length === 0 ? 'met' : 'missed',
  actual: items.join(', ') || 'none',
});
