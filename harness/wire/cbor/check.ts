import { formatPath, isWithin, MAX_ID, type Path } from '../../model/path.js';
import type { Entry, Value } from '../../model/value.js';
import { fail } from './attempt.js';

/** @throws ProblemError `not-encodable` when a path has more than four identifiers, wrong ones, or lies outside `base` */
export function checkPath(path: Path, base: Path): void {
  if (path.length > 4) fail('not-encodable', `${formatPath(path)} has more than four identifiers`);
  for (const id of path)
    if (!Number.isInteger(id) || id < 0 || id > MAX_ID)
      fail('not-encodable', `${id} in ${formatPath(path)} is not 0 to ${MAX_ID}`);
  if (!isWithin(path, base)) fail('not-encodable', `${formatPath(path)} lies outside ${formatPath(base)}`);
}

/** As `checkPath`, for an entry with a value: only resources and their instances have one. */
export function checkEntry(entry: Entry, base: Path): void {
  checkPath(entry.path, base);
  if (entry.value && entry.path.length < 3)
    fail('not-encodable', `${formatPath(entry.path)} is no resource and has no value`);
}

/** The value that a single-value format carries for a target (F-5): there must be just one, with a value. */
export function onlyValue(entries: readonly Entry[], base: Path): Value {
  const [entry] = entries;
  if (!entry?.value || entries.length !== 1)
    return fail('not-encodable', `one value is needed, not ${entries.length} entries`);
  checkEntry(entry, base);
  return entry.value;
}
