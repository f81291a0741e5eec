import type { Party } from '../model/party.js';
import type { CheckRecord } from '../record/journal.js';

/** Begins the `why` of a check that could not be judged because another party had missed one before. */
export const AFTER = 'after ';

/** Of one party, or of a case. In order: a later one is worse. */
export const VERDICTS = ['not-applicable', 'not-run', 'pass', 'warn', 'inconclusive', 'fail', 'error'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const worseOf = (a: Verdict, b: Verdict): Verdict => (VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b);

/** What ended a procedure before its end, other than a missed check. */
export interface Interruption {
  readonly verdict: 'not-applicable' | 'not-run' | 'inconclusive' | 'error';
  readonly reason: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly parties: Readonly<Partial<Record<Party, Verdict>>>;
  readonly reason?: string;
}

/**
 * The verdict of a case from what its checks found: a pure function of the record.
 *
 * A missed must-check of a judged party is *fail*; of our own side, *error*. Our own error never covers the SUT's fail.
 * Zero checks of the judged party met is never a pass.
 */
export function judge(
  checks: readonly CheckRecord[],
  judged: readonly Party[],
  interruption?: Interruption,
): Judgement {
  const parties: Partial<Record<Party, Verdict>> = {};
  for (const party of judged) {
    const own = checks.filter((check) => check.by === party);
    if (own.length > 0) parties[party] = ofParty(own, interruption);
  }
  const verdicts = Object.values(parties);
  const ownMiss = checks.find(
    (check) => check.outcome === 'missed' && check.level === 'must' && !judged.includes(check.by),
  );
  const reason = reasonOf(checks, judged, ownMiss, interruption);
  const withReason = reason === undefined ? {} : { reason };
  if (verdicts.includes('fail')) return { verdict: 'fail', parties, ...withReason };
  if (ownMiss) return { verdict: 'error', parties, ...withReason };
  const fallback: Verdict = interruption?.verdict ?? 'inconclusive';
  const verdict = verdicts.length > 0 ? verdicts.reduce(worseOf) : fallback;
  return { verdict: interruption?.verdict === 'error' ? 'error' : verdict, parties, ...withReason };
}

function ofParty(own: readonly CheckRecord[], interruption: Interruption | undefined): Verdict {
  const musts = own.filter((check) => check.level === 'must');
  if (musts.some((check) => check.outcome === 'missed')) return 'fail';
  if (interruption) return interruption.verdict;
  if (musts.some((check) => check.outcome === 'unobservable')) return 'inconclusive';
  const unreached = musts.filter((check) => check.outcome === 'unreached');
  if (unreached.some((check) => check.why?.startsWith(AFTER))) return 'not-run';
  if (unreached.length > 0) return 'inconclusive';
  if (own.some((check) => check.outcome === 'tolerated' || (check.outcome === 'missed' && check.level === 'should')))
    return 'warn';
  return own.some((check) => check.outcome === 'met') ? 'pass' : 'inconclusive';
}

function reasonOf(
  checks: readonly CheckRecord[],
  judged: readonly Party[],
  ownMiss: CheckRecord | undefined,
  interruption: Interruption | undefined,
): string | undefined {
  const missed = checks.find(
    (check) => check.outcome === 'missed' && check.level === 'must' && judged.includes(check.by),
  );
  if (missed) return describeMiss(missed);
  if (ownMiss) return `our own ${ownMiss.by}: ${describeMiss(ownMiss)}`;
  if (interruption) return interruption.reason;
  const remark = checks.find(
    (check) => check.outcome === 'tolerated' || (check.outcome === 'missed' && check.level === 'should'),
  );
  if (remark) return describeMiss(remark);
  const unreached = checks.find((check) => check.outcome === 'unreached' || check.outcome === 'unobservable');
  return unreached && `${unreached.id}: ${unreached.why ?? unreached.outcome}`;
}

const describeMiss = (check: CheckRecord): string =>
  `${check.id}: expected ${check.expected ?? '?'}, got ${check.actual ?? 'nothing'}${check.row ? ` (tolerated, ${check.row})` : ''}`;
