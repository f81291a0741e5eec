import { basename } from 'node:path';
import { formatProblem, ProblemError } from '../../base/error.js';
import { plannedName } from '../../case/plan.js';
import { cellOf, emptyCell, type MatrixCell, type Pairing } from '../../../reports/matrix.js';
import type { CaseResult } from '../../../reports/results.js';
import { CommandError, Exit } from '../io.js';
import type { RunOptions } from './options.js';
import { exitCodeOf, planRun, type Ran } from './run.js';
import { statementOf } from './statements.js';

/** A system of a row or a column: what was written, and what it is called. */
export interface Named {
  readonly sut: string;
  readonly name: string;
}

/** `a, b,c` as systems: a known one is called what it is, a SUT file by its name. @throws CommandError */
export function parseNames(text: string, option: string): readonly Named[] {
  const suts = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const named = suts.map((sut) => ({ sut, name: basename(sut).replace(/\.ya?ml$/, '') }));
  const twice = named.find(({ name }, i) => named.findIndex((other) => fileName(other.name) === fileName(name)) < i);
  if (named.length > 0 && !twice) return named;
  throw new CommandError({
    code: 'matrix-names',
    message: twice ? `two of them are called ${JSON.stringify(twice.name)}` : 'it names no system',
    place: `${option} ${text}`,
    ...(twice ? { hint: 'give one of the SUT files another name' } : {}),
  });
}

/** The bench for two systems: what is not "reference" is judged, and our own two judge themselves. */
export function benchOf(client: string, server: string): Pairing['bench'] {
  if (client === 'reference') return server === 'reference' ? 'reference' : 'server';
  return server === 'reference' ? 'client' : 'pair';
}

/** `cells/acme--leshan-server` */
export const folderOf = (client: string, server: string): string => `cells/${fileName(client)}--${fileName(server)}`;

const fileName = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_');

/** A cell, and what exit code it asks for. */
export interface RanCell {
  readonly cell: MatrixCell;
  readonly exitCode: number;
  /** Whether something failed that is not known. */
  readonly failed: boolean;
}

/**
 * Runs a pair, and never rejects: one that cannot be run is a cell with a reason.
 *
 * @param run does what the options say
 */
export async function runCell(
  pairing: Pairing,
  options: RunOptions,
  run: (options: RunOptions) => Promise<Ran>,
  strictness: { readonly strict: boolean; readonly requireAll: boolean },
): Promise<RanCell> {
  try {
    const ran = await run(options);
    const reason = ran.results.run.interrupted ? 'it was interrupted' : ran.cameUp ? undefined : whyNotUp(ran);
    return {
      cell: cellOf(pairing, ran.results, beyondOf(options), reason),
      exitCode: exitCodeOf(ran, strictness),
      failed: ran.results.cases.some(({ verdict, baseline }) => verdict === 'fail' && baseline === undefined),
    };
  } catch (error) {
    return { cell: emptyCell(pairing, reasonOf(error)), exitCode: exitCodeFor(error), failed: false };
  }
}

const whyNotUp = ({ results }: Ran): string => {
  const tried = results.cases.find(({ verdict }: CaseResult) => verdict === 'inconclusive' || verdict === 'error');
  return `the pair did not come up: ${tried?.reason ?? 'nothing was seen'}`;
};

function reasonOf(error: unknown): string {
  if (error instanceof CommandError || error instanceof ProblemError) return formatProblem(error.problem);
  return `our own fault: ${error instanceof Error ? error.message : String(error)}`;
}

function exitCodeFor(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode;
  return error instanceof ProblemError ? Exit.usage : Exit.harness;
}

/** Results that the bench or the version rules out, whatever the two claim. */
function beyondOf(options: RunOptions): ReadonlySet<string> {
  const ruledOut = planRun(options, undefined).filter(({ not }) => not?.verdict === 'not-applicable');
  return new Set(ruledOut.map(plannedName));
}

/** Finds wrong usage before anything is started; a pair for which the selection has nothing is none. @throws CommandError */
export function tryToPlan(options: RunOptions): void {
  try {
    planRun(options, statementOf(options));
  } catch (error) {
    if (!(error instanceof CommandError) || error.problem.code !== 'nothing-selected') throw error;
  }
}

/**
 * The exit code of all cells, as of one run: interrupted; else what does not conform; else our own fault; else a pair that
 * could not be run.
 */
export function exitCodeOfCells(cells: readonly Omit<RanCell, 'cell'>[]): number {
  const codes = cells.map(({ exitCode }) => exitCode);
  const order = [Exit.harness, Exit.nonconforming, Exit.usage];
  if (codes.includes(Exit.interrupted)) return Exit.interrupted;
  if (cells.some(({ failed }) => failed)) return Exit.nonconforming;
  return order.find((code) => codes.includes(code)) ?? Exit.ok;
}
