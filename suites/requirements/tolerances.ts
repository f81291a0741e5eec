/** Rows of the tolerance table: policy of the suite, not of the specifications. */
export type ToleranceRow = 'early' | 'late' | 'retransmission' | 'expiry' | 'retry';

/** One side of a tolerance: the sum or the larger of fixed seconds and a share of the period. */
interface Allowance {
  readonly seconds: number;
  readonly share: number;
  readonly combine: 'sum' | 'larger';
}

export type ToleranceTable = Readonly<Record<ToleranceRow, { readonly early?: Allowance; readonly late?: Allowance }>>;

const of = (seconds: number, share = 0, combine: Allowance['combine'] = 'sum'): Allowance => ({
  seconds,
  share,
  combine,
});

/** The defaults; a run may set others, and then prints them (P-45). */
export const TOLERANCES: ToleranceTable = {
  /** Anything due at a time that comes before it. */
  early: { early: of(0.1) },
  /** The same, after it. */
  late: { late: of(2, 0.01) },
  /** Each gap between transmissions of one message (RFC 7252 §4.2). */
  retransmission: { early: of(0.25), late: of(1) },
  /** A registration that is dropped after its lifetime. */
  expiry: { early: of(0), late: of(10, 0.1, 'larger') },
  /** Delays between registration attempts; attempts may be off by RETRY_ATTEMPTS. */
  retry: { early: of(0, 0.2), late: of(0, 0.2) },
};

/** How many attempts more or less than configured pass. */
export const RETRY_ATTEMPTS = 1;

/** On a virtual clock nothing is late by itself: this only keeps the order of timers from deciding (P-45). */
const VIRTUAL_EDGE = 0.01;

/** Rows that name the bench's own jitter; the others name freedom of the text and hold on every clock. */
const OF_THE_BENCH: ReadonlySet<ToleranceRow> = new Set(['early', 'late', 'retransmission']);

/** Seconds by which something may come early or late; Infinity where the row says nothing of that side. */
export interface Allowed {
  readonly early: number;
  readonly late: number;
}

/**
 * What a row allows for a period.
 *
 * @param period seconds, as it was due
 * @param on `resolution`: of the clock of the SUT, in seconds, added to what is early
 */
export function allowed(
  row: ToleranceRow,
  period: number,
  on: { readonly virtual: boolean; readonly resolution?: number },
  table: ToleranceTable = TOLERANCES,
): Allowed {
  const { early, late } = table[row];
  const resolution = row === 'early' ? (on.resolution ?? 0) : 0;
  const side = (allowance: Allowance | undefined, extra: number): number => {
    if (!allowance) return Infinity;
    return on.virtual && OF_THE_BENCH.has(row) ? VIRTUAL_EDGE : amount(allowance, period) + extra;
  };
  return { early: side(early, resolution), late: side(late, 0) };
}

function amount({ seconds, share, combine }: Allowance, period: number): number {
  const part = share * period;
  return combine === 'sum' ? seconds + part : Math.max(seconds, part);
}
