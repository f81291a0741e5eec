import { cellAt, sortedResults, type Matrix, type MatrixCell } from './matrix.js';
import { resultName, VERDICTS, type PartyName } from './results.js';

/** The matrix as a Markdown table, clients by row; below it, what failed or is open in each cell. */
export function formatMatrixMarkdown(matrix: Matrix): string {
  const { run, suite, clients, servers, cells } = matrix;
  const lines = [
    '# LwM2M interoperability matrix',
    '',
    `LwM2M ${run.enabler} · ${run.started} · ${run.timing} timing · seed ${run.seed} · lwm2m-conformance ${suite.version}${run.interrupted ? ' · **interrupted**' : ''}`,
    '',
    `| client \\ server | ${servers.map(text).join(' | ')} |`,
    `|---|${servers.map(() => '---|').join('')}`,
    ...clients.map(
      (client) =>
        `| **${text(client)}** | ${servers.map((server) => summaryOf(cellAt(matrix, client, server))).join(' | ')} |`,
    ),
    '',
    ...cells.flatMap(openOf),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function summaryOf(cell: MatrixCell | undefined): string {
  if (!cell) return 'not run';
  const unsupported = sortedResults(cell).unsupported.length;
  const parts = [
    ...(cell.reason === undefined ? [] : [`**${text(cell.reason)}**`]),
    ...(cell.results.length === 0 ? [] : [partyOf(cell, 'client'), partyOf(cell, 'server')]),
    ...(unsupported === 0 ? [] : [`${unsupported} unsupported`]),
    ...(cell.evidence.length === 0 ? [] : [`[evidence](${cell.folder}/summary.md)`]),
  ];
  return parts.join('<br>');
}

function partyOf({ parties }: MatrixCell, party: PartyName): string {
  const counts = parties[party];
  if (!counts) return `${party}: ours`;
  const shown = VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => `${counts[verdict]} ${verdict}`);
  return `${party}: ${shown.length === 0 ? 'nothing judged' : shown.join(', ')}`;
}

function openOf(cell: MatrixCell): readonly string[] {
  const { failed, undecided } = sortedResults(cell);
  const open = [...failed, ...undecided];
  if (open.length === 0) return [];
  return [
    `## ${text(cell.client)} against ${text(cell.server)}`,
    '',
    '| Case | Client | Server | Why | Evidence |',
    '|---|---|---|---|---|',
    ...open.map(
      (result) =>
        `| ${text(resultName(result))} | ${result.parties.client ?? ''} | ${result.parties.server ?? ''} | ${text(result.reason ?? '')}${result.baseline ? ` (known: ${text(result.baseline.reason)})` : ''} | ${result.journal === undefined ? '' : `[journal](${encodeURI(result.journal)})`} |`,
    ),
    '',
  ];
}

/** What would end a cell of a table, or begin markup. */
const text = (given: string): string =>
  given.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ');
