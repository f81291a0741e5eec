import { Ajv2020 } from 'ajv/dist/2020.js';
import { failed, ok, type Result } from '../harness/base/error.js';
import { readPackageJson } from '../harness/base/package-files.js';

export type Verdict = 'not-applicable' | 'not-run' | 'pass' | 'warn' | 'inconclusive' | 'fail' | 'error';
export type PartyName = 'client' | 'server' | 'bootstrap-server';

export interface CheckResult {
  readonly id: string;
  /** What the criterion asks: completes "The client …". */
  readonly says?: string;
  readonly by: PartyName;
  readonly level: 'must' | 'should' | 'may';
  readonly outcome: 'met' | 'missed' | 'tolerated' | 'unreached' | 'unobservable';
  readonly req: string;
  readonly row?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly why?: string;
  /** Seconds since the case began. */
  readonly at?: number;
}

export interface CaseResult {
  readonly id: string;
  readonly variant?: string;
  /** `LightweightM2M-1.1-int-102` */
  readonly ets?: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly parties: Readonly<Partial<Record<PartyName, Verdict>>>;
  /** The known failure that this result matches. */
  readonly baseline?: { readonly reason: string; readonly verdict: Verdict; readonly issue?: string };
  readonly reason?: string;
  readonly remarks: readonly string[];
  readonly durationMs: number;
  /** Path of the record, relative to results.json. */
  readonly journal?: string;
  /** What the systems printed, likewise; of a system that goes on from case to case one file for all of them. */
  readonly logs?: Readonly<Partial<Record<PartyName, string>>>;
  readonly checks: readonly CheckResult[];
}

/** `results.json`: what every report is made from. */
export interface Results {
  readonly schema: 1;
  readonly suite: { readonly version: string };
  readonly run: {
    readonly id: string;
    /** ISO 8601, UTC. */
    readonly started: string;
    readonly durationMs: number;
    readonly bench: 'client' | 'server' | 'bootstrap-server' | 'pair' | 'reference';
    readonly enabler: '1.0' | '1.1' | '1.2';
    readonly transport: string;
    readonly timing: 'nominal' | 'quick' | 'virtual';
    readonly seed: number;
    readonly profile?: string;
    readonly interrupted?: boolean;
    /** `2/3`: the second of three parts of a run. */
    readonly shard?: string;
    readonly argv: readonly string[];
  };
  readonly suts: readonly {
    readonly party: PartyName;
    readonly name: string;
    readonly version: string;
    readonly adapter: string;
  }[];
  readonly statement: {
    readonly source: 'declared' | 'derived' | 'none';
    readonly items: Readonly<Record<string, boolean>>;
  };
  readonly totals: Readonly<Record<Verdict, number>>;
  readonly cases: readonly CaseResult[];
  readonly notRun: readonly { readonly id: string; readonly variant?: string; readonly reason: string }[];
  /** Entries of the baseline that no longer hold. */
  readonly stale?: readonly {
    readonly case: string;
    readonly variant?: string;
    readonly verdict: string;
    readonly reason: string;
  }[];
}

export const VERDICTS: readonly Verdict[] = [
  'pass',
  'warn',
  'fail',
  'inconclusive',
  'error',
  'not-run',
  'not-applicable',
];

/** `id`, or `id[variant]`. */
export const resultName = ({ id, variant }: { readonly id: string; readonly variant?: string }): string =>
  variant === undefined ? id : `${id}[${variant}]`;

/** The files of a result. */
export const evidenceOf = ({ journal, logs = {} }: Pick<CaseResult, 'journal' | 'logs'>): readonly string[] => [
  ...(journal === undefined ? [] : [journal]),
  ...Object.values(logs),
];

/** The result with the paths of its files as they are seen from above its folder. */
export const below = (folder: string, { journal, logs, ...result }: CaseResult): CaseResult => ({
  ...result,
  ...(journal !== undefined && { journal: `${folder}/${journal}` }),
  ...(logs && {
    logs: Object.fromEntries(Object.entries(logs).map(([party, path]) => [party, `${folder}/${path}`])),
  }),
});

/** How many cases have each verdict. */
export function totalsOf(cases: readonly CaseResult[]): Record<Verdict, number> {
  const totals: Record<Verdict, number> = {
    'not-applicable': 0,
    'not-run': 0,
    pass: 0,
    warn: 0,
    inconclusive: 0,
    fail: 0,
    error: 0,
  };
  for (const { verdict } of cases) totals[verdict]++;
  return totals;
}

type Validate = ((value: unknown) => boolean) & {
  errors?: null | readonly { instancePath: string; message?: string }[];
};
let compiled: Validate | undefined;

/** Checks a value against the schema of results; a failure names the first place that breaks it. */
export function validateResults(value: unknown): Result<Results> {
  compiled ??= new Ajv2020({ strict: true }).compile(readPackageJson('reports/results.schema.json') as object);
  if (compiled(value)) return ok(value as Results);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== undefined && schema !== 1)
    return failed({
      code: 'results-schema',
      message: `these are results of schema ${JSON.stringify(schema)}, and this version reads schema 1`,
      hint: 'read them with the version that wrote them, or run again',
    });
  const [error] = compiled.errors ?? [];
  return failed({
    code: 'results-schema',
    message: schema === 1 ? (error?.message ?? 'not as the schema says') : 'these are no results of a run',
    place: schema === 1 ? error?.instancePath || '/' : '/',
  });
}

/** Reads `results.json`. */
export function parseResults(text: string): Result<Results> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failed({
      code: 'results-json',
      message: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
  return validateResults(value);
}
