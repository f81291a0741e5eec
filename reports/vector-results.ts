import { Ajv2020 } from 'ajv/dist/2020.js';
import { failed, ok, type Result } from '../harness/base/error.js';
import { readPackageJson } from '../harness/base/package-files.js';

export type VectorVerdict = 'pass' | 'fail' | 'error' | 'unsupported';

/** What came of one vector in one direction. */
export interface VectorResult {
  /** `tlv/17` */
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly comment: string;
  readonly direction: string;
  /** Of a recode: the vector whose payload was read. */
  readonly from?: string;
  readonly expects: 'valid' | 'invalid' | 'acceptable';
  readonly verdict: VectorVerdict;
  readonly deviation?: string;
  readonly message?: string;
  readonly outcome?: string;
  readonly remark?: string;
  readonly log?: string;
  readonly payload?: string;
  readonly flags: readonly string[];
  readonly spec: readonly string[];
  readonly durationMs: number;
  readonly known?: { readonly reason: string; readonly issue?: string };
}

/** A failure that is known, with its reason. */
export interface KnownDeviation {
  readonly vector: string;
  /** Any unless given. */
  readonly direction?: string;
  readonly from?: string;
  readonly deviation: string;
  readonly reason: string;
  readonly issue?: string;
}

export interface FormatTotals {
  readonly format: string;
  readonly version: string;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly unsupported: number;
  readonly known: number;
}

/** `results.json` of a testee: vectors/schema/results.schema.json. */
export interface VectorResults {
  readonly schema: 'urn:lwm2m-conformance:vector-results:1';
  readonly suite: { readonly version: string };
  readonly run: {
    readonly started: string;
    readonly durationMs: number;
    readonly strict: boolean;
    readonly argv: readonly string[];
    readonly restarts: number;
    readonly interrupted?: true;
  };
  readonly testee: {
    readonly command: string;
    readonly name: string;
    readonly version?: string;
    readonly language?: string;
    readonly capabilities: Readonly<Record<string, readonly string[]>>;
    readonly roles?: readonly string[];
    readonly enablers?: readonly string[];
  };
  readonly formats: readonly FormatTotals[];
  readonly totals: Readonly<Record<VectorVerdict | 'known', number>>;
  readonly results: readonly VectorResult[];
  readonly stale: readonly KnownDeviation[];
}

/** `tlv/17 decode`, `tlv/17 recode from senml-json/4`. */
export const vectorResultName = ({ id, direction, from }: Pick<VectorResult, 'id' | 'direction' | 'from'>): string =>
  `${id} ${direction}${from === undefined ? '' : ` from ${from}`}`;

/** How many results have each verdict; those that are known stay among them. */
export function vectorTotals(results: readonly VectorResult[]): VectorResults['totals'] {
  const count = (verdict: VectorVerdict): number => results.filter((result) => result.verdict === verdict).length;
  return {
    pass: count('pass'),
    fail: count('fail'),
    error: count('error'),
    unsupported: count('unsupported'),
    known: results.filter(({ known }) => known).length,
  };
}

/** The totals of each file, in the order given. */
export function formatTotals(
  files: readonly { readonly format: string; readonly version: string }[],
  results: readonly VectorResult[],
): readonly FormatTotals[] {
  return files.map(({ format, version }) => {
    const { pass, fail, error, unsupported, known } = vectorTotals(
      results.filter(({ id }) => id.startsWith(`${format}/`)),
    );
    return { format, version, passed: pass, failed: fail, errors: error, unsupported, known };
  });
}

type Validate = ReturnType<Ajv2020['compile']>;
let compiled: Validate | undefined;

/** Checks a value against the schema of these results; a failure names the first place that breaks it. */
export function validateVectorResults(value: unknown): Result<VectorResults> {
  compiled ??= new Ajv2020({ strict: true }).compile(Object(readPackageJson('vectors/schema/results.schema.json')));
  const validate: Validate = compiled;
  if (isResults(value, validate)) return ok(value);
  const [error] = validate.errors ?? [];
  return failed({
    code: 'vector-results-schema',
    message: error?.message ?? 'not results of the golden vectors',
    place: error?.instancePath || '/',
  });
}

const isResults = (value: unknown, validate: Validate): value is VectorResults => validate(value) === true;
