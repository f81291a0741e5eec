import { resultName } from './results.js';

/** Cases that something was not done with, and why. */
export interface Reason {
  readonly reason: string;
  readonly count: number;
  /** `id`, `id[variant, variant]`: in the order of the cases. */
  readonly names: readonly string[];
}

type Named = Parameters<typeof resultName>[0] & { readonly reason?: string };

/** Puts cases together that have the same reason, the largest group first: hundreds may not apply, for a few reasons. */
export function byReason(cases: readonly Named[]): readonly Reason[] {
  return [...grouped(cases, ({ reason }) => reason ?? 'no reason is known')]
    .map(([reason, group]) => ({ reason, count: group.length, names: namesOf(group) }))
    .sort((a, b) => b.count - a.count);
}

function namesOf(cases: readonly Named[]): readonly string[] {
  return [...grouped(cases, ({ id }) => id)].map(([id, all]) => {
    const named = all.flatMap(({ variant }) => variant ?? []);
    return named.length === 0 ? id : resultName({ id, variant: named.join(', ') });
  });
}

function grouped<T>(all: readonly T[], by: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return groups;
}
