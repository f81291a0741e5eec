import { formatPath, MAX_ID, type Path } from '../../model/path.js';
import type { Entry, Value } from '../../model/value.js';
import { fail } from './attempt.js';

/**
 * Refuses a path that has more than four identifiers, wrong ones, or lies outside `base`.
 *
 * @param most the highest identifier that the format can name
 * @throws ProblemError `not-encodable`
 */
export function checkPath(path: Path, base: Path, most: number = MAX_ID): void {
  if (path.length > 4) fail('not-encodable', `${formatPath(path)} has more than four identifiers`);
  if (path.length < base.length) outside(path, base);
  for (let i = 0; i < path.length; i++) {
    const id = path[i] ?? -1;
    if (!Number.isInteger(id) || id < 0 || id > most)
      fail('not-encodable', `${id} in ${formatPath(path)} is not 0 to ${most}`);
    if (i < base.length && id !== base[i]) outside(path, base);
  }
}

const outside = (path: Path, base: Path): never =>
  fail('not-encodable', `${formatPath(path)} lies outside ${formatPath(base)}`);

/** As `checkPath`, for an entry with a value: only resources and their instances have one. */
export function checkEntry(entry: Entry, base: Path, most: number = MAX_ID): void {
  checkPath(entry.path, base, most);
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
