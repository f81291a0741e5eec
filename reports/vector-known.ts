import { failed, ok, type Result } from '../harness/base/error.js';
import type { KnownDeviation, VectorResult } from './vector-results.js';

const FIELDS: ReadonlySet<string> = new Set(['vector', 'direction', 'from', 'deviation', 'reason', 'issue']);
const REQUIRED = ['vector', 'deviation', 'reason'];

/** Checks a parsed file of known failures: `{ known: [entry…] }`. A failure names the entry and the field. */
export function parseKnownDeviations(value: unknown): Result<readonly KnownDeviation[]> {
  const known: unknown = typeof value === 'object' && value !== null && 'known' in value ? value.known : undefined;
  if (!Array.isArray(known))
    return failed({ code: 'known-shape', message: 'a file of known failures is a map with a list under "known"' });
  const entries: KnownDeviation[] = [];
  for (const [i, entry] of known.entries()) {
    if (!isEntry(entry)) return failed({ code: 'known-entry', message: problemOf(entry), place: `known[${i}]` });
    entries.push(entry);
  }
  return ok(entries);
}

const isEntry = (entry: unknown): entry is KnownDeviation => problemOf(entry) === '';

/** What is wrong with an entry, empty for nothing. */
function problemOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return 'an entry is a map';
  const fields = new Map<string, unknown>(Object.entries(entry));
  const unknown = [...fields.keys()].find((field) => !FIELDS.has(field));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is not known; fields are ${[...FIELDS].join(', ')}`;
  const missing = REQUIRED.find((field) => fields.get(field) === undefined || fields.get(field) === '');
  if (missing !== undefined) return `${JSON.stringify(missing)} is missing`;
  const odd = [...fields].find(([, text]) => typeof text !== 'string');
  return odd === undefined ? '' : `${JSON.stringify(odd[0])} is a text`;
}

/** Marks the failures that are known, and finds the entries that no longer hold: their vector was asked, and came out otherwise. */
export function applyKnownDeviations(
  results: readonly VectorResult[],
  known: readonly KnownDeviation[],
): { readonly results: readonly VectorResult[]; readonly stale: readonly KnownDeviation[] } {
  const byVector = new Map<string, KnownDeviation[]>();
  for (const entry of known) byVector.set(entry.vector, [...(byVector.get(entry.vector) ?? []), entry]);
  const used = new Set<KnownDeviation>();
  const marked = results.map((result) => {
    const entry = byVector.get(result.id)?.find((candidate) => holds(candidate, result));
    if (!entry) return result;
    used.add(entry);
    return { ...result, known: { reason: entry.reason, ...(entry.issue !== undefined && { issue: entry.issue }) } };
  });
  const asked = new Map<string, VectorResult[]>();
  for (const result of results)
    if (result.verdict !== 'unsupported') asked.set(result.id, [...(asked.get(result.id) ?? []), result]);
  const wasAsked = (entry: KnownDeviation): boolean =>
    (asked.get(entry.vector) ?? []).some((result) => isOf(entry, result));
  return { results: marked, stale: known.filter((entry) => !used.has(entry) && wasAsked(entry)) };
}

const isOf = ({ direction, from }: KnownDeviation, result: VectorResult): boolean =>
  (direction === undefined || direction === result.direction) && (from === undefined || from === result.from);

const holds = (entry: KnownDeviation, result: VectorResult): boolean =>
  entry.deviation === result.deviation && isOf(entry, result);

/** The entries that these results ask for: reasons that still hold are kept, vectors that were not asked stay. */
export function acceptedDeviations(
  results: readonly VectorResult[],
  before: readonly KnownDeviation[],
): readonly KnownDeviation[] {
  const asked = new Set(results.filter(({ verdict }) => verdict !== 'unsupported').map(({ id }) => id));
  const kept = before.filter(({ vector }) => !asked.has(vector));
  const now = results.flatMap((result): KnownDeviation[] => {
    const { id, direction, from, deviation } = result;
    if (deviation === undefined) return [];
    const old = before.find((entry) => entry.vector === id && holds(entry, result));
    const { reason = `to be explained: ${result.message ?? result.comment}`, issue } = old ?? {};
    const place = { vector: id, direction, ...(from !== undefined && { from }) };
    return [{ ...place, deviation, reason, ...(issue !== undefined && { issue }) }];
  });
  return [...kept, ...now];
}
