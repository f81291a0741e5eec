import { formatPath, isWithin, type Path } from '../../model/path.js';
import type { Plain, PlainContent } from '../../model/plain.js';
import type { Entry } from '../../model/value.js';
import { contentOf } from '../../wire/coerce.js';

/** The last values that a client reported, as a server shows them to its operator. */
export class ShownValues {
  readonly #entries = new Map<string, Entry>();

  /** Takes values of targets. What lay below a target and is not reported any more is gone; of several times the latest counts. */
  take(targets: readonly Path[], entries: readonly Entry[]): void {
    for (const [key, { path }] of this.#entries)
      if (targets.some((target) => isWithin(path, target))) this.#entries.delete(key);
    const inTime = [...entries].sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
    for (const entry of inTime) if (entry.value) this.#entries.set(formatPath(entry.path), entry);
  }

  /** What is known of a path; null when that is nothing. */
  at(path: Path): Plain | PlainContent | null {
    const within = [...this.#entries.values()].filter((entry) => isWithin(entry.path, path));
    return within.length === 0 ? null : contentOf(within, path);
  }
}
