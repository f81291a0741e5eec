import { join } from 'node:path';
import { evidenceOf, resultName, VERDICTS, type CaseResult, type Results } from '../../../reports/results.js';
import type { Io } from '../io.js';
import { paintOf } from './progress.js';

/** The end of a run, for a person: totals, and each missed check with its evidence. */
export function formatSummary(results: Results, out: string, io: Io): string {
  const { bold, dim } = io.colors;
  const { run, suts } = results;
  const who = suts
    .map(({ party, name, version }) => `${party} ${bold([name, version].filter(Boolean).join(' '))}`)
    .join(', ');
  const totals = VERDICTS.filter((verdict) => results.totals[verdict] > 0).map((verdict) =>
    paintOf(io, verdict)(`${results.totals[verdict]} ${verdict}`),
  );
  const details = results.cases.filter(hasMisses).flatMap((result) => describe(result, out, io));
  return [
    '',
    ...details,
    `LwM2M ${run.enabler} · ${who}`,
    `${totals.join(', ')} ${dim(`in ${(run.durationMs / 1000).toFixed(1)} s · ${run.transport} · ${run.timing} timing · seed ${run.seed}`)}`,
    ...(results.notRun.length > 0 ? [dim(`${results.notRun.length} not run: ${results.notRun[0]?.reason ?? ''}`)] : []),
    dim(
      `results in ${out}/: results.json, junit.xml, summary.md, journals/${results.cases.some(({ logs }) => logs) ? ', logs/' : ''}`,
    ),
  ].join('\n');
}

const hasMisses = (result: CaseResult): boolean => !['pass', 'not-applicable'].includes(result.verdict);

function describe(result: CaseResult, out: string, io: Io): string[] {
  const { bold, dim } = io.colors;
  const misses = result.checks.filter(
    ({ outcome }) => outcome === 'missed' || outcome === 'tolerated' || outcome === 'unobservable',
  );
  return [
    `${paintOf(io, result.verdict)(result.verdict)} ${bold(resultName(result))} ${dim(result.title)}${result.baseline ? dim(` (known: ${result.baseline.reason})`) : ''}`,
    ...(misses.length === 0 && result.reason !== undefined ? [`    ${result.reason}`] : []),
    ...misses.flatMap((check) => [
      `    ${check.id}  the ${check.by} ${check.says ?? ''} ${dim(`(${check.level}, ${[check.req, check.row].filter(Boolean).join(', ')})`)}`,
      `       expected ${check.expected ?? '-'}`,
      `       got      ${check.actual ?? '-'}${check.why ? dim(` (${check.why})`) : ''}`,
    ]),
    ...evidenceOf(result).map((path) => dim(`       evidence ${join(out, path)}`)),
    '',
  ];
}
