import { formatPath, MAX_ID } from '../../model/path.js';
import type { Entry } from '../../model/value.js';
import { fail } from '../cbor/attempt.js';
import { checkEntry } from '../cbor/check.js';
import type { Pack, PackEncodeContext } from './context.js';
import { planNames, type Names } from './naming.js';
import type { Family } from './pack.js';
import { planTimes } from './timing.js';

/** Permitted ways to lay out records other than the canonical one, JSON and CBOR alike. */
export const recordStyles = {
  'base-names': 'base names wherever two neighbours share an instance, in path lists and patches too',
  'names-in-n': 'every name whole in n',
  'names-in-bn': 'every name whole in bn',
  'split-resource': 'base names reach down to the resource for resource instances',
  'split-anywhere': 'base names end before the last character of a name, inside an identifier if need be',
  'absolute-time': 'every time whole in t',
  'reversed-records': 'records in reverse order (F-22)',
  'reversed-labels': 'labels in reverse order within a record',
  version: 'a base version of 10',
  units: 'a unit in every record with a value',
  'unknown-label': 'a label "x" that receivers must ignore (F-25)',
} as const;

/** Ways to lay out records that receivers must, or may, refuse. */
export const recordFaults = {
  'relative-names': 'names relative to the request path (F-20)',
  'double-slash': 'two slashes before the last identifier of every name',
  'trailing-slash': 'a slash at the end of every name',
  'no-name': 'records without any name',
  'no-value': 'a last record without its value',
  'null-value': 'null in place of every value',
  'two-values': 'a second value in every record',
  'duplicate-label': 'the value twice in every record',
  'duplicate-record': 'the last record twice (F-26)',
  'link-as-string': 'object links under vs',
  'base-value': 'half of every integer in bv: receivers add it, or refuse',
  sum: 'a sum (s) of 1 in every record: receivers may refuse it',
  'must-understand-label': 'a label "x_" that receivers must refuse (F-25)',
  'version-11': 'a base version of 11',
  'not-an-array': 'the first record alone, without an array',
} as const;

export type Style = ReadonlySet<string> | undefined;

/** One record, ready to be written; fields that are undefined are not there. */
export interface PlannedRecord extends Names {
  readonly entry: Entry;
  readonly bt: number | undefined;
  readonly t: number | undefined;
  /** Whether the record has a value or null. */
  readonly valued: boolean;
}

/** Arranges entries as records (RFC 8428 §4, F-20 to F-24). @throws ProblemError `not-encodable` */
export function planPack(
  entries: readonly Entry[],
  family: Family,
  context: PackEncodeContext,
): readonly PlannedRecord[] {
  const { style } = context;
  const pack = context.pack ?? kindOf(entries, family);
  checkEntries(entries, pack, family, context);
  if (family.etch && entries.length === 0) fail('not-encodable', 'a fetch or patch pack has at least one record');
  const ordered = style ? arrange(entries, style) : entries;
  const names = planNames(ordered, pack, context);
  const times = planTimes(ordered, style);
  const records = ordered.map((entry, i) => ({
    entry,
    bn: names[i]?.bn,
    n: names[i]?.n,
    bt: times?.[i]?.bt,
    t: times?.[i]?.t,
    valued: pack !== 'paths',
  }));
  return style ? damage(records, style) : records;
}

function kindOf(entries: readonly Entry[], family: Family): Pack {
  if (entries.length > 0 && entries.every((entry) => !entry.value)) return 'paths';
  return family.etch ? 'changes' : 'values';
}

/** Highest identifier that a name can have: SenML has no form for an instance whose id the receiver picks (OMA#422). */
const HIGHEST = MAX_ID - 1;

function checkEntries(entries: readonly Entry[], pack: Pack, family: Family, context: PackEncodeContext): void {
  const isBare = pack === 'paths' || (family.etch && pack === 'changes') || context.style?.has('null-value');
  for (const entry of entries) {
    checkEntry(entry, context.path, HIGHEST);
    const { path, value, time } = entry;
    if (value && pack === 'paths') fail('not-encodable', `${formatPath(path)} has a value in a list of paths`);
    if (!value && !isBare) fail('not-encodable', `${formatPath(path)} has no value among entries that have one`);
    if (time !== undefined && !Number.isFinite(time)) fail('not-encodable', `${time} is no time`);
  }
}

function arrange(entries: readonly Entry[], style: ReadonlySet<string>): readonly Entry[] {
  const last = entries[entries.length - 1];
  const all = style.has('duplicate-record') && last ? [...entries, last] : entries;
  return style.has('reversed-records') ? [...all].reverse() : all;
}

function damage(records: readonly PlannedRecord[], style: ReadonlySet<string>): readonly PlannedRecord[] {
  const kept = style.has('not-an-array') ? records.slice(0, 1) : records;
  return style.has('no-value')
    ? kept.map((record, i) => ({ ...record, valued: record.valued && i < kept.length - 1 }))
    : kept;
}
