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
