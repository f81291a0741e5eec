import { Ajv2020 } from 'ajv/dist/2020.js';
import { failed, ok, type Result } from '../harness/base/error.js';
import { readPackageJson } from '../harness/base/package-files.js';
import { below, resultName, totalsOf, type CaseResult, type PartyName, type Results, type Verdict } from './results.js';

/** How many results have each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** A reason, and the results (`id`, `id[variant]`) that it holds for. */
export interface Group {
  readonly reason: string;
  readonly cases: readonly string[];
}

/** One client against one server. */
export interface MatrixCell {
  readonly client: string;
  readonly server: string;
  readonly bench: Results['run']['bench'];
  /** What is not ours; on the reference bench both. */
  readonly judged: readonly PartyName[];
  /** Folder of the run, relative to matrix.json: `cells/acme--leshan-server`. */
  readonly folder: string;
  /** Files of that folder that can be looked at. */
  readonly evidence: readonly string[];
  readonly suts: Results['suts'];
  /** As in results.json of the cell: by the verdict of each case. */
  readonly totals: Counts;
  /** By the verdict of each party that is judged. A case that does not judge a party does not count for it. */
  readonly parties: Readonly<Partial<Record<PartyName, Counts>>>;
  /** Why the pair was not run, or not to its end. */
  readonly reason?: string;
  /** As in results.json of the cell, journals relative to matrix.json. */
  readonly results: readonly CaseResult[];
  /** Results that say nothing of the two: cases that judge a party that is ours, or are about another version, by reason. */
  readonly beyond: readonly Group[];
  /** Cases that were not begun. */
  readonly notRun: Results['notRun'];
  readonly stale?: Results['stale'];
}

/** `matrix.json`: every client against every server. */
export interface Matrix {
  readonly schema: 1;
  readonly suite: Results['suite'];
  readonly run: Pick<Results['run'], 'started' | 'durationMs' | 'enabler' | 'timing' | 'seed' | 'interrupted' | 'argv'>;
  readonly clients: readonly string[];
  readonly servers: readonly string[];
  /** Row by row: all servers of the first client, then those of the next. */
  readonly cells: readonly MatrixCell[];
}

/** Which two, and where their run is. */
export type Pairing = Pick<MatrixCell, 'client' | 'server' | 'bench' | 'judged' | 'folder'>;

/** A cell of a pair that could not be run at all. */
export const emptyCell = (pairing: Pairing, reason: string): MatrixCell => ({
  ...pairing,
  evidence: [],
  suts: [],
  totals: totalsOf([]),
  parties: {},
  reason,
  results: [],
  beyond: [],
  notRun: [],
});

/**
 * The cell of a run.
 *
 * @param beyond names of the results that the bench and the version rule out, whatever the two support
 * @param reason why it did not come to its end
 */
export function cellOf(pairing: Pairing, results: Results, beyond: ReadonlySet<string>, reason?: string): MatrixCell {
  const { cases, suts, totals, notRun, stale } = results;
  const counted = pairing.judged.map((party) => [party, countsOf(cases, party)] as const);
  const ruledOut = cases.flatMap((result) => {
    if (result.verdict === 'not-applicable') return beyond.has(resultName(result)) ? [result] : [];
    return isOfOurs(result, pairing) ? [{ ...result, reason: 'it judges what is ours' }] : [];
  });
  return {
    ...pairing,
    evidence: ['results.json', 'junit.xml', 'summary.md'],
    suts,
    totals,
    parties: Object.fromEntries(counted),
    ...(reason !== undefined && { reason }),
    results: cases.map((result) => below(pairing.folder, result)),
    beyond: groupsOf(ruledOut),
    notRun,
    ...(stale && { stale }),
  };
}

/** A standing check that found nothing wrong with what is ours. */
const isOfOurs = ({ verdict, parties, checks }: CaseResult, { judged }: Pairing): boolean =>
  verdict === 'pass' && Object.keys(parties).length === 0 && !checks.some(({ by }) => judged.includes(by));

const countsOf = (cases: readonly CaseResult[], party: PartyName): Counts =>
  totalsOf(
    cases.flatMap((result) => {
      const verdict = result.parties[party];
      return verdict === undefined ? [] : [{ ...result, verdict }];
    }),
  );

/** Results by their reason, the largest group first. */
export function groupsOf(results: readonly Pick<CaseResult, 'id' | 'variant' | 'reason'>[]): readonly Group[] {
  const groups = new Map<string, string[]>();
  for (const result of results) {
    const reason = result.reason ?? 'no reason given';
    groups.set(reason, [...(groups.get(reason) ?? []), resultName(result)]);
  }
  return [...groups]
    .map(([reason, cases]) => ({ reason, cases }))
    .sort((a, b) => b.cases.length - a.cases.length || a.reason.localeCompare(b.reason));
}

/** The results of a cell by what they mean to a reader: what is unsupported is told apart from what failed. */
export interface Sorted {
  readonly failed: readonly CaseResult[];
  /** Inconclusive, or an error of ours: nobody is blamed. */
  readonly undecided: readonly CaseResult[];
  readonly remarked: readonly CaseResult[];
  readonly passed: readonly CaseResult[];
  /** The statement does not claim it, the client does not announce it, a party declines, or the adapter cannot do it. */
  readonly unsupported: readonly CaseResult[];
}

/** Sorts the results of a cell, without those that say nothing of the two. */
export function sortedResults({ results, beyond }: Pick<MatrixCell, 'results' | 'beyond'>): Sorted {
  const ruledOut = new Set(beyond.flatMap(({ cases }) => cases));
  const of = (...verdicts: readonly Verdict[]): readonly CaseResult[] =>
    results.filter((result) => verdicts.includes(result.verdict) && !ruledOut.has(resultName(result)));
  return {
    failed: of('fail'),
    undecided: of('inconclusive', 'error'),
    remarked: of('warn'),
    passed: of('pass'),
    unsupported: of('not-applicable', 'not-run'),
  };
}

/** The cell of two names. */
export const cellAt = ({ cells }: Matrix, client: string, server: string): MatrixCell | undefined =>
  cells.find((cell) => cell.client === client && cell.server === server);

type Validate = ((value: unknown) => boolean) & {
  errors?: null | readonly { instancePath: string; message?: string }[];
};
let compiled: Validate | undefined;

/** Checks a value against the schema of a matrix; a failure names the first place that breaks it. */
export function validateMatrix(value: unknown): Result<Matrix> {
  compiled ??= new Ajv2020({ strict: true })
    .addSchema(readPackageJson('reports/results.schema.json') as object)
    .compile(readPackageJson('reports/matrix.schema.json') as object);
  if (compiled(value)) return ok(value as Matrix);
  const [error] = compiled.errors ?? [];
  return failed({
    code: 'matrix-schema',
    message: error?.message ?? 'not a matrix',
    place: error?.instancePath || '/',
  });
}
