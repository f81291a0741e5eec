import { formatProblem } from '../base/error.js';
import type { Enabler, Party } from '../model/party.js';
import type { JournalHead } from '../record/journal.js';
import { itemOf, lookup, parseRequires, type Statement } from './statement.js';
import { covers, judgedParties, requirementsOf, type CaseMeta, type ChannelKind, type TestCase } from './test-case.js';

/** What decides which cases run. */
export interface PlanOptions {
  readonly bench: JournalHead['bench'];
  readonly enabler: Enabler;
  readonly judged: readonly Party[];
  /** Parties that are ours. */
  readonly ours: readonly Party[];
  readonly statement?: Statement;
  /** Bound path by role, of the configuration of a case. */
  readonly bind?: (meta: CaseMeta) => Readonly<Record<string, string>>;
  /** What protects the channel of the run; undefined where each case has the one that it asks for. */
  readonly channel?: Exclude<ChannelKind, 'secure'>;
  /** Why the client cannot be told of a bootstrap-server; undefined where it can. */
  readonly unprovisioned?: string;
  /** The system is a device that we cannot start. */
  readonly external?: boolean;
  /** Ids, `int-102`, interfaces, or globs of ids, each with `[variant]` behind it or without; empty selects all. */
  readonly select: readonly string[];
}

/** One result to be: a case, or a variant of it. */
export interface Planned {
  readonly testCase: TestCase;
  readonly variant?: string;
  /** Set when it will not run, and why. */
  readonly not?: { readonly verdict: 'not-applicable' | 'not-run'; readonly reason: string };
}

/** `id`, or `id[variant]`. */
export const plannedName = ({ testCase, variant }: Pick<Planned, 'testCase' | 'variant'>): string =>
  variant === undefined ? testCase.meta.id : `${testCase.meta.id}[${variant}]`;

/** The cases of the catalogue that are selected, each with why it does not apply, if it does not. */
export function plan(catalogue: readonly TestCase[], options: PlanOptions): readonly Planned[] {
  return catalogue.flatMap((testCase) =>
    variantsOf(testCase)
      .filter(
        (variant) =>
          options.select.length === 0 || options.select.some((selector) => selects(selector, testCase.meta, variant)),
      )
      .map((variant) => ({
        testCase,
        ...(variant !== undefined && { variant }),
        ...whyNotOf(testCase.meta, whyNot(testCase.meta, variant, options), options),
      })),
  );
}

const variantsOf = ({ meta }: TestCase): readonly (string | undefined)[] => meta.variants ?? [undefined];

function whyNotOf(
  { start, bootstrap }: CaseMeta,
  reason: string | undefined,
  { external }: PlanOptions,
): Pick<Planned, 'not'> {
  if (reason !== undefined) return { not: { verdict: 'not-applicable', reason } };
  const unstarted = 'the device must be started for it, which we cannot';
  return external === true && (start === true || bootstrap !== undefined)
    ? { not: { verdict: 'not-run', reason: unstarted } }
    : {};
}

function whyNot(meta: CaseMeta, variant: string | undefined, options: PlanOptions): string | undefined {
  const { bench, enabler, judged, ours } = options;
  if (!covers(meta, enabler))
    return `it is about LwM2M ${meta.since}${meta.until ? ` to ${meta.until}` : ' and later'}, the run is about ${enabler}`;
  if (!judgedParties(meta).some((party) => judged.includes(party))) return `it judges no ${judged.join(' or ')}`;
  if (meta.our !== undefined && !ours.includes(meta.our))
    return `it needs our own ${meta.our}, which the ${bench} bench has not`;
  if (!suits(meta.channel, options.channel))
    return `it is about a channel ${CHANNELS[meta.channel ?? 'none']}, and the run's is ${CHANNELS[options.channel ?? 'none']}`;
  if (bench === 'pair' && meta.channel !== undefined && meta.channel !== 'none')
    return 'it is about the channel between the two, and the relay ends the channels of both';
  if (meta.bootstrap !== undefined && options.unprovisioned !== undefined) return options.unprovisioned;
  const missing = requirementsOf(meta, variant).find((requires) => isUnclaimed(meta, requires, options));
  return missing === undefined ? undefined : `the statement does not claim ${missing}`;
}

const CHANNELS: Readonly<Record<ChannelKind, string>> = {
  psk: 'with a pre-shared key',
  rpk: 'with raw public keys',
  x509: 'with certificates',
  secure: 'under DTLS',
  none: 'without security',
};

function suits(wanted: ChannelKind | undefined, there: PlanOptions['channel']): boolean {
  if (wanted === undefined || there === undefined) return true;
  return wanted === 'secure' ? there !== 'none' : wanted === there;
}

function isUnclaimed(meta: CaseMeta, requires: string, { statement, bind }: PlanOptions): boolean {
  if (!statement) return false;
  const requirement = parseRequires(requires);
  if (!requirement.ok) throw new Error(`${meta.id}: ${formatProblem(requirement.problem)}`);
  const bound = bind?.(meta) ?? {};
  const claimed = lookup(statement);
  return requirement.value.holds((item) => claimed(itemOf(item, bound))) === false;
}

/** Whether a selector names the case: its id, its ETS number, its interface, or a glob of ids; or this variant of it. */
export function selects(selector: string, meta: CaseMeta, variant?: string): boolean {
  const [, name = selector, asked] = /^([^[]*)\[(.*)\]$/.exec(selector) ?? [];
  const names = [meta.id, meta.id.split('.')[0] ?? '', ...Object.values(meta.ets ?? {})];
  return (asked === undefined || asked === variant) && selectsName(name, names);
}

/** Whether a selector, or a glob, is one of the names. */
export function selectsName(selector: string, names: readonly string[]): boolean {
  if (!selector.includes('*')) return names.includes(selector);
  const expression = new RegExp(`^${selector.split('*').map(escape).join('.*')}$`);
  return names.some((name) => expression.test(name));
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Selectors that name no case of the catalogue, with the nearest names. */
export function unknownSelectors(
  catalogue: readonly TestCase[],
  select: readonly string[],
): readonly { readonly selector: string; readonly nearest: readonly string[] }[] {
  const names = catalogue.flatMap(({ meta }) => [meta.id, ...Object.values(meta.ets ?? {})]);
  const variants = catalogue.flatMap((testCase) =>
    variantsOf(testCase).flatMap((variant) => (variant === undefined ? [] : plannedName({ testCase, variant }))),
  );
  const isKnown = (selector: string): boolean =>
    catalogue.some((testCase) => variantsOf(testCase).some((variant) => selects(selector, testCase.meta, variant)));
  return select
    .filter((selector) => !isKnown(selector))
    .map((selector) => ({
      selector,
      nearest: nearest(selector, [...new Set(selector.includes('[') ? [...names, ...variants] : names)]),
    }));
}

/** Up to three names of the least edit distance. */
export function nearest(name: string, candidates: readonly string[]): readonly string[] {
  return candidates
    .map((candidate) => ({ candidate, distance: distance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
