import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RealClock } from '../../base/clock.js';
import { ProblemError } from '../../base/error.js';
import {
  emptyCell,
  sortedResults,
  validateMatrix,
  type Matrix,
  type MatrixCell,
  type Pairing,
} from '../../../reports/matrix.js';
import { formatMatrixMarkdown } from '../../../reports/matrix-markdown.js';
import { formatMatrixPage } from '../../../reports/matrix-page.js';
import { VERDICTS } from '../../../reports/results.js';
import { outputFolder } from '../files.js';
import type { MatrixFlags, RunFlags } from '../flags.js';
import { onInterrupt } from '../interrupt.js';
import { Exit, type Io } from '../io.js';
import { benchOf, exitCodeOfCells, folderOf, parseNames, runCell, tryToPlan, type RanCell } from '../run/cells.js';
import type { RunOptions } from '../run/options.js';
import { paintOf } from '../run/progress.js';
import { suiteVersion } from '../version.js';
import { optionsOf, runAndKeep } from './run.js';

/** A pair before it is run. */
interface Pair {
  readonly pairing: Pairing;
  readonly options: RunOptions;
}

/** `matrix`: every client against every server; the exit code. */
export async function matrixCommand(flags: MatrixFlags, io: Io): Promise<number> {
  outputFolder(flags.out);
  const started = new Date().toISOString();
  const clock = new RealClock();
  const interrupted = onInterrupt(() => io.err('stopping: cases under way are ended, reports are written'));
  try {
    const pairs = await pairsOf(flags);
    for (const { options } of pairs) tryToPlan(options);
    const ran: RanCell[] = [];
    const soFar = (): Matrix => matrixOf(flags, pairs, ran, started, clock.now(), interrupted.signal.aborted);
    for (const [i, pair] of pairs.entries()) {
      ran.push(await runPair(pair, `${i + 1}/${pairs.length}`, flags, interrupted.signal, io));
      // A run that is killed leaves what it has.
      writeMatrix(soFar(), flags.out);
    }
    if (flags.json) io.out(JSON.stringify(soFar(), null, 2));
    else if (!flags.quiet) io.out(formatCells(soFar(), flags.out, io));
    return exitCodeOfCells(ran);
  } finally {
    interrupted.dispose();
  }
}

/** Every client with every server. @throws CommandError for wrong usage */
async function pairsOf(flags: MatrixFlags): Promise<readonly Pair[]> {
  const clients = parseNames(flags.clients, '--clients');
  const servers = parseNames(flags.servers, '--servers');
  const pairs: Pair[] = [];
  for (const client of clients)
    for (const server of servers) {
      const bench = benchOf(client.sut, server.sut);
      const folder = folderOf(client.name, server.name);
      const options = await optionsOf(bench, runFlags(flags, folder, { client: client.sut, server: server.sut }));
      const judged = options.judged.filter((party) => party !== 'bootstrap-server');
      pairs.push({
        pairing: { client: client.name, server: server.name, bench, judged, folder },
        options: { ...options, judged },
      });
    }
  return pairs;
}

/** What the flags are for the run of one cell. */
function runFlags(
  flags: MatrixFlags,
  folder: string,
  { client, server }: Record<'client' | 'server', string>,
): RunFlags {
  const { clients: _clients, servers: _servers, baseline, ...shared } = flags;
  const bench = benchOf(client, server);
  const known = baseline === undefined ? undefined : join(baseline, `${folder.replace('cells/', '')}.yaml`);
  return {
    ...shared,
    accept: false,
    out: join(flags.out, folder),
    ...(bench === 'pair' ? { client, server } : bench !== 'reference' && { sut: bench === 'client' ? client : server }),
    ...(known !== undefined && existsSync(known) && { baseline: known }),
  };
}

async function runPair(
  { pairing, options }: Pair,
  place: string,
  flags: MatrixFlags,
  signal: AbortSignal,
  io: Io,
): Promise<RanCell> {
  if (signal.aborted)
    return { cell: emptyCell(pairing, 'the run was interrupted'), exitCode: Exit.interrupted, failed: false };
  const { bold, dim } = io.colors;
  if (!flags.quiet)
    io.err(`${bold(`${pairing.client} × ${pairing.server}`)} ${dim(`${place} · ${pairing.bench} bench`)}`);
  const ran = await runCell(pairing, { ...options, signal }, (given) => runAndKeep(given, io), flags);
  if (!flags.quiet && ran.cell.reason !== undefined)
    io.err(`  ${io.colors.yellow('not run')}        ${ran.cell.reason}`);
  return ran;
}

function matrixOf(
  flags: MatrixFlags,
  pairs: readonly Pair[],
  ran: readonly RanCell[],
  started: string,
  seconds: number,
  interrupted: boolean,
): Matrix {
  const { enabler, timing, seed } = flags;
  return {
    schema: 1,
    suite: { version: suiteVersion() },
    run: {
      started,
      durationMs: Math.round(seconds * 1000),
      enabler,
      timing,
      seed,
      ...(interrupted && { interrupted }),
      argv: process.argv.slice(2),
    },
    clients: [...new Set(pairs.map(({ pairing }) => pairing.client))],
    servers: [...new Set(pairs.map(({ pairing }) => pairing.server))],
    cells: ran.map(({ cell }) => cell),
  };
}

/** Writes matrix.json, matrix.md and index.html. @throws ProblemError when the matrix breaks its own schema */
function writeMatrix(matrix: Matrix, folder: string): void {
  const out = resolve(folder);
  const valid = validateMatrix(matrix);
  if (!valid.ok) throw new ProblemError(valid.problem);
  writeFileSync(join(out, 'matrix.json'), `${JSON.stringify(matrix, null, 2)}\n`);
  writeFileSync(join(out, 'matrix.md'), formatMatrixMarkdown(matrix));
  writeFileSync(join(out, 'index.html'), formatMatrixPage(matrix));
}

/** The end of the run, for a person: a line per cell. */
function formatCells({ cells, run }: Matrix, out: string, io: Io): string {
  const { bold, dim } = io.colors;
  return [
    '',
    ...cells.flatMap((cell) => [bold(`${cell.client} × ${cell.server}`), ...linesOf(cell, io)]),
    dim(
      `${cells.length} pairs in ${(run.durationMs / 1000).toFixed(1)} s; ${out}/: index.html, matrix.md, matrix.json, cells/`,
    ),
  ].join('\n');
}

function linesOf(cell: MatrixCell, io: Io): readonly string[] {
  const unsupported = sortedResults(cell).unsupported.length;
  const parties = cell.judged.flatMap((party) => {
    const counts = cell.parties[party];
    if (!counts) return [];
    const shown = VERDICTS.filter((verdict) => counts[verdict] > 0);
    return [
      `  ${party.padEnd(8)} ${shown.map((verdict) => paintOf(io, verdict)(`${counts[verdict]} ${verdict}`)).join(', ')}`,
    ];
  });
  return [
    ...(cell.reason === undefined ? [] : [`  ${io.colors.yellow(cell.reason)}`]),
    ...parties,
    ...(unsupported === 0 ? [] : [io.colors.dim(`  ${unsupported} unsupported`)]),
  ];
}
