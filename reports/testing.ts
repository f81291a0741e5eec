import { totalsOf, type CaseResult, type Results } from './results.js';

/** A result for tests of reports. */
export const result = (id: string, verdict: CaseResult['verdict'], more: Partial<CaseResult> = {}): CaseResult => ({
  id,
  title: `title of ${id}`,
  verdict,
  parties: { client: verdict },
  remarks: [],
  durationMs: 1500,
  checks: [],
  ...more,
});

/** Results of a run for tests of reports. */
export const results = (cases: readonly CaseResult[], run: Partial<Results['run']> = {}): Results => ({
  schema: 1,
  suite: { version: '0.1.0' },
  run: {
    id: 'run-1',
    started: '2026-01-02T03:04:05.678Z',
    durationMs: 3000,
    bench: 'client',
    enabler: '1.1',
    transport: 'udp',
    timing: 'quick',
    seed: 1,
    argv: ['run', 'client'],
    ...run,
  },
  suts: [{ party: 'client', name: 'acme', version: '1', adapter: 'exec' }],
  statement: { source: 'none', items: {} },
  totals: totalsOf(cases),
  cases,
  notRun: [],
});

/** A must-check that was missed. */
export const missed = {
  id: 'B',
  by: 'client',
  level: 'must',
  outcome: 'missed',
  req: 'R-19',
  expected: '2.04',
  actual: '4.00',
} as const;

/** A run with a result of every kind, and text that XML cannot hold as it is. */
export const everything = results([
  result('registration.a', 'pass'),
  result('registration.b', 'fail', {
    reason: 'B: expected 2.04, got 4.00 <&"> \u0000\u001b',
    checks: [missed],
    journal: 'journals/registration.b.jsonl',
  }),
  result('management.c', 'warn', { remarks: ['x1: something | else'], variant: 'tlv' }),
  result('management.d', 'inconclusive', { reason: 'not registered' }),
  result('management.e', 'error', { reason: 'ours' }),
  result('management.f', 'not-applicable', { reason: 'the statement says "no" & <skipped/>' }),
  result('management.g', 'fail', { checks: [missed], baseline: { reason: 'known since 2020', verdict: 'fail' } }),
]);
