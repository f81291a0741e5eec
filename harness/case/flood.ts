import type { Clock } from '../base/clock.js';
import type { Journal } from '../record/journal.js';
import type { WireView } from '../record/wire-view.js';

/** Many times what any case needs: the longest of ours has some two hundred. */
const MOST_DATAGRAMS = 10_000;

const FLOOD = `a flood: more than ${MOST_DATAGRAMS} datagrams in one case`;

/** Why a case was given up, if it was for a flood. What comes after its end is not in the record. */
export const floodOf = (view: Pick<WireView, 'position' | 'channel'>): string | undefined =>
  Math.max(view.position, view.channel.records.length) < MOST_DATAGRAMS ? undefined : FLOOD;

/** Whether a case has seen so many datagrams that the rest is left aside: the first time, it ends what is waited for. */
export function isFlooded({ view, journal, clock }: { view: WireView; journal: Journal; clock: Clock }): boolean {
  const reason = floodOf(view);
  if (reason !== undefined && view.over === undefined) {
    journal.add({ kind: 'over', t: clock.now(), reason });
    view.end(reason);
  }
  return reason !== undefined;
}
