import type { Entry } from '../../model/value.js';
import { fail } from '../cbor/attempt.js';
import { firstDuplicate } from '../cbor/duplicates.js';
import type { Pack, PackDecodeContext } from './context.js';
import { bit, Label } from './labels.js';
import type { Resolver } from './resolver.js';

/** What distinguishes the four formats beyond JSON and CBOR. */
export interface Family {
  /** The SenML-ETCH formats: fetch packs and patch packs, null deletes (RFC 8790). */
  readonly etch: boolean;
}

/** Refuses a pack whose records are not all of its kind, or that says something twice; gives its entries. */
export function checkPack(resolver: Resolver, family: Family, context: PackDecodeContext): readonly Entry[] {
  const { entries } = resolver;
  const pack = context.pack ?? kindOf(resolver, family, context);
  if (family.etch && entries.length === 0) fail('bad-structure', 'a pack without records', 0, 'at least one record');
  if (pack === 'paths') checkPaths(resolver, family);
  else checkValues(resolver);
  if (pack === 'values' && !context.lenient?.has('duplicate-records')) checkDuplicates(resolver);
  return entries;
}

/** Path lists are sent to the root only, so elsewhere a record without a value lacks it. */
function kindOf(resolver: Resolver, family: Family, context: PackDecodeContext): Pack {
  if (resolver.firstValued < 0 && (family.etch || context.path.length === 0)) return 'paths';
  return family.etch ? 'changes' : 'values';
}

/** Fields that a fetch pack must not have, besides the values (RFC 8790 §3.1). */
const NO_FETCH = bit(Label.bv) | bit(Label.bs) | bit(Label.s) | bit(Label.ut);

function checkPaths({ labels }: Resolver, family: Family): void {
  if (family.etch && labels & NO_FETCH)
    fail('bad-structure', 'a sum, base value or update time in a fetch pack', 0, 'names only');
}

function checkValues({ firstBare }: Resolver): void {
  if (firstBare >= 0) fail('bad-structure', 'a record without a value', firstBare, 'one of v, vs, vb, vd, vlo');
}

function checkDuplicates({ entries, offsets }: Resolver): void {
  const place = firstDuplicate(entries);
  if (place >= 0)
    fail('duplicate', 'a name and time that an earlier record has', offsets[place] ?? 0, 'each name once for a time');
}
