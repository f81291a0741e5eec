import { comparePaths, formatPath } from '../../model/path.js';
import type { Entry } from '../../model/value.js';

/**
 * Index of the first entry that repeats an earlier one, path and time, or that makes one resource both single and
 * multiple; -1 when there is none.
 */
export function firstDuplicate(entries: readonly Entry[]): number {
  return isAscending(entries) || isAscending([...entries].sort(compareEntries)) ? -1 : searchDuplicate(entries);
}

const compareEntries = (a: Entry, b: Entry): number => comparePaths(a.path, b.path) || (a.time ?? 0) - (b.time ?? 0);

/**
 * Paths ascend, or times on one path, and no resource stands before its own instances: the usual case, at once or when
 * sorted, in which no set of names is needed.
 */
function isAscending(entries: readonly Entry[]): boolean {
  let last: Entry | undefined;
  for (const entry of entries) {
    if (last && !isAfter(entry, last)) return false;
    last = entry;
  }
  return true;
}

/** Whether the first identifier that differs is higher, or on one path the time; not so when a path lies within the other. */
function isAfter({ path, time }: Entry, last: Entry): boolean {
  for (let i = 0; i < path.length && i < last.path.length; i++) {
    const difference = (path[i] ?? 0) - (last.path[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return path.length === last.path.length && time !== undefined && last.time !== undefined && time > last.time;
}

function searchDuplicate(entries: readonly Entry[]): number {
  const seen = new Set<string>();
  const single = new Set<string>();
  const multiple = new Set<string>();
  for (const [i, { path, time }] of entries.entries()) {
    const name = formatPath(path);
    const moment = `${name}@${time ?? ''}`;
    if (seen.has(moment)) return i;
    seen.add(moment);
    const resource = path.length === 4 ? formatPath(path.slice(0, 3)) : name;
    (path.length === 4 ? multiple : single).add(resource);
    if (path.length >= 3 && single.has(resource) && multiple.has(resource)) return i;
  }
  return -1;
}
