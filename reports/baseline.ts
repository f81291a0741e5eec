import { failed, ok, type Result } from '../harness/base/error.js';
import { resultName, type CaseResult, type Verdict } from './results.js';

/** A known failure. It may hold a fail, a warn or an inconclusive; never our own error. */
export interface BaselineEntry {
  readonly case: string;
  readonly variant?: string;
  /** The check that is missed first; without it, whichever. */
  readonly check?: string;
  readonly verdict: 'fail' | 'warn' | 'inconclusive';
  /** Where it is known alone: what carries CoAP, `dtls` for each of the protected ones; everywhere when left out. */
  readonly transport?: BaselineTransport;
  /** The version that it is known of alone; of all of them when left out. */
  readonly enabler?: Enabler;
  readonly reason: string;
  /** Where it is tracked. */
  readonly issue?: string;
}

/** Names of transports in a baseline: those of `--transport`, and one for all that are protected. */
export const BASELINE_TRANSPORTS = ['udp', 'dtls', 'dtls-psk', 'dtls-rpk', 'dtls-x509'] as const;
export type BaselineTransport = (typeof BASELINE_TRANSPORTS)[number];

/** Versions of LwM2M in a baseline. */
const ENABLERS = ['1.0', '1.1', '1.2'] as const;
type Enabler = (typeof ENABLERS)[number];

const HELD: ReadonlySet<unknown> = new Set(['fail', 'warn', 'inconclusive']);
const FIELDS: ReadonlySet<string> = new Set([
  'case',
  'variant',
  'check',
  'verdict',
  'transport',
  'enabler',
  'reason',
  'issue',
]);
const TRANSPORTS: ReadonlySet<unknown> = new Set(BASELINE_TRANSPORTS);
const VERSIONS: ReadonlySet<unknown> = new Set(ENABLERS);

/** What a run is about, as far as failures may be known of that alone. */
export interface BaselineScope {
  readonly transport: BaselineTransport;
  readonly enabler: Enabler;
}

/** Checks a parsed baseline file: `{ known: [entry…] }`. A failure names the entry and the field. */
export function parseBaseline(value: unknown): Result<readonly BaselineEntry[]> {
  const known: unknown = typeof value === 'object' && value !== null && 'known' in value ? value.known : undefined;
  if (!Array.isArray(known))
    return failed({ code: 'baseline-shape', message: 'a baseline is a map with a list under "known"' });
  const entries: BaselineEntry[] = [];
  for (const [i, entry] of known.entries()) {
    const problem = problemOf(entry);
    if (problem !== undefined) return failed({ code: 'baseline-entry', message: problem, place: `known[${i}]` });
    entries.push(entry as BaselineEntry);
  }
  return ok(entries);
}

function problemOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return 'an entry is a map';
  const fields = new Map<string, unknown>(Object.entries(entry));
  const unknown = [...fields.keys()].find((field) => !FIELDS.has(field));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is not known; fields are ${[...FIELDS].join(', ')}`;
  const missing = ['case', 'verdict', 'reason'].find(
    (field) => typeof fields.get(field) !== 'string' || fields.get(field) === '',
  );
  if (missing !== undefined) return `${JSON.stringify(missing)} is missing`;
  if (!HELD.has(fields.get('verdict')))
    return `a baseline holds fail, warn or inconclusive, not ${JSON.stringify(fields.get('verdict'))}`;
  const [transport, enabler] = [fields.get('transport'), fields.get('enabler')];
  if (enabler !== undefined && !VERSIONS.has(enabler))
    return `${JSON.stringify(enabler)} is no enabler; enablers are '${ENABLERS.join("', '")}', in quotes`;
  return transport === undefined || TRANSPORTS.has(transport)
    ? undefined
    : `${JSON.stringify(transport)} is no transport; transports are ${BASELINE_TRANSPORTS.join(', ')}`;
}

/** What is known of a run over this transport, by this version. The rest says nothing of it: it is neither expected nor stale. */
export const knownOf = (
  { transport, enabler }: BaselineScope,
  baseline: readonly BaselineEntry[],
): readonly BaselineEntry[] =>
  baseline.filter(
    ({ transport: own, enabler: version }) =>
      (version === undefined || version === enabler) &&
      (own === undefined || own === transport || (own === 'dtls' && transport.startsWith('dtls-'))),
  );

export interface Applied {
  readonly cases: readonly CaseResult[];
  /** Entries that no longer hold: the case was run, and came out otherwise. */
  readonly stale: readonly BaselineEntry[];
}

/** Marks the results that the baseline expects, and finds the entries that no longer hold. */
export function applyBaseline(cases: readonly CaseResult[], baseline: readonly BaselineEntry[]): Applied {
  const used = new Set<BaselineEntry>();
  const marked = cases.map((result) => {
    const entry = baseline.find((candidate) => holds(candidate, result));
    if (!entry) return result;
    used.add(entry);
    const { reason, verdict, issue } = entry;
    return { ...result, baseline: { reason, verdict, ...(issue !== undefined && { issue }) } };
  });
  // A standing check sees what the cases of the run make it see: a selection may well show nothing wrong.
  const wasRun = (entry: BaselineEntry): boolean =>
    !entry.case.startsWith('wire.') &&
    cases.some((result) => isOf(entry, result) && !['not-run', 'not-applicable', 'error'].includes(result.verdict));
  return { cases: marked, stale: baseline.filter((entry) => !used.has(entry) && wasRun(entry)) };
}

const isOf = (entry: BaselineEntry, result: CaseResult): boolean =>
  entry.case === result.id && (entry.variant === undefined || entry.variant === result.variant);

function holds(entry: BaselineEntry, result: CaseResult): boolean {
  if (!isOf(entry, result) || entry.verdict !== result.verdict) return false;
  return entry.check === undefined || entry.check === firstMiss(result);
}

/** The check that decided the verdict. */
const firstMiss = (result: CaseResult): string | undefined =>
  (
    result.checks.find(({ outcome, level }) => outcome === 'missed' && level === 'must') ??
    result.checks.find(({ outcome }) => outcome === 'missed' || outcome === 'tolerated')
  )?.id;

/**
 * The baseline that these results ask for; entries that still hold are kept as they are. What is new over a protected channel
 * is known there alone.
 */
export function acceptedBaseline(
  cases: readonly CaseResult[],
  before: readonly BaselineEntry[],
  scope: BaselineScope,
): readonly BaselineEntry[] {
  const ofRun = knownOf(scope, before);
  const isHeld = (verdict: Verdict): verdict is BaselineEntry['verdict'] => HELD.has(verdict);
  const now = cases.flatMap((result): BaselineEntry[] => {
    const { verdict, id, variant } = result;
    if (!isHeld(verdict)) return [];
    const check = firstMiss(result);
    const old = ofRun.find((entry) => holds(entry, result));
    const reason = old?.reason ?? `to be explained: ${result.reason ?? resultName(result)}`;
    const where = old ? old.transport : scope.transport === 'udp' ? undefined : scope.transport;
    return [
      {
        case: id,
        ...(variant !== undefined && { variant }),
        ...(check !== undefined && { check }),
        verdict,
        ...(where !== undefined && { transport: where }),
        ...(old?.enabler !== undefined && { enabler: old.enabler }),
        reason,
        ...(old?.issue !== undefined && { issue: old.issue }),
      },
    ];
  });
  const ran = new Set(cases.map(({ id }) => id));
  return [...before.filter((entry) => !ran.has(entry.case) || !ofRun.includes(entry)), ...now];
}
