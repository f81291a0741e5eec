import { vectorResultName, type VectorResult, type VectorResults } from '../../../reports/vector-results.js';
import type { Io } from '../io.js';

/** `fail         tlv/17 decode  value-mismatch: …` */
export function formatResultLine(io: Io, result: VectorResult): string {
  const { red, magenta, dim } = io.colors;
  const paint = result.verdict === 'error' ? magenta : red;
  const known = result.known ? dim(` (known: ${result.known.reason})`) : '';
  return `  ${paint(result.verdict.padEnd(6))} ${vectorResultName(result)} ${result.deviation ?? ''}${known}\n         ${dim(result.comment)}: ${result.message ?? ''}`;
}

const HEAD = ['Format', 'passed', 'failed', 'errors', 'unsupported', 'known'];

/** The table of formats, and the closing line. */
export function formatVectorTable({ formats, totals, stale, testee, run }: VectorResults, io: Io): string {
  const { bold, red, green, dim } = io.colors;
  const rows = formats.map(({ format, passed, failed, errors, unsupported, known }) => [
    format,
    ...[passed, failed, errors, unsupported, known].map(String),
  ]);
  const sum = ['sum', ...[totals.pass, totals.fail, totals.error, totals.unsupported, totals.known].map(String)];
  const width = (column: number): number => Math.max(...[HEAD, sum, ...rows].map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(width(i)) : cell.padStart(width(i)))).join('  ');
  const open = totals.fail + totals.error - totals.known;
  const verdict =
    open === 0 && stale.length === 0
      ? green('As the vectors say.')
      : red(`${open} deviations, ${stale.length} stale entries.`);
  return [
    '',
    bold([testee.name, testee.version, testee.language].filter(Boolean).join(' ')),
    dim(line(HEAD)),
    ...rows.map((row) => line(row)),
    line(sum),
    ...stale.map(
      ({ vector, direction, deviation, reason }) =>
        `${red('stale')} ${vector} ${direction ?? ''} ${deviation}: no longer so (${reason})`,
    ),
    `${totals.pass} passed, ${totals.fail} failed, ${totals.error} errors, ${totals.unsupported} unsupported, ${totals.known} of the failures known${run.restarts > 0 ? `; started again ${run.restarts} times` : ''}. ${verdict}`,
  ].join('\n');
}
