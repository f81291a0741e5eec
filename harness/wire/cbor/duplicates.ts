import { formatPath, type Path } from '../../model/path.js';
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
  let last: Path = [];
  for (const { path } of entries) {
    if (last.length > 0 && !isAfter(path, last)) return false;
    last = path;
  }
  return true;
}

/** Whether the first identifier that differs is higher; not so when one path lies within the other. */
function isAfter(path: Path, last: Path): boolean {
  for (let i = 0; i < path.length && i < last.length; i++) {
    const difference = (path[i] ?? 0) - (last[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
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
