import { comparePaths, formatPath, isWithin, type Path } from '../../model/path.js';
import type { Entry } from '../../model/value.js';

/**
 * Index of the first entry that repeats an earlier one, path and time, or that makes one resource both single and
 * multiple; -1 when there is none.
 */
export function firstDuplicate(entries: readonly Entry[]): number {
  return isAscending(entries) ? -1 : searchDuplicate(entries);
}

/** Paths ascend, and no resource stands before its own instances: the usual case, in which no set is needed. */
function isAscending(entries: readonly Entry[]): boolean {
  let last: Path | undefined;
  for (const { path } of entries) {
    if (last && (comparePaths(last, path) >= 0 || (path.length > last.length && isWithin(path, last)))) return false;
    last = path;
  }
  return true;
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
