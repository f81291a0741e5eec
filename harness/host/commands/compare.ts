import { compareResults, type Change } from '../../../reports/compare.js';
import { Exit, type Io } from '../io.js';
import { readResults } from '../read-results.js';

/** `compare OLD NEW`: exit 1 on a regression. */
export function compareCommand(
  before: string,
  after: string,
  { json }: { readonly json: boolean },
  io: Io,
): Promise<number> {
  const comparison = compareResults(readResults(before), readResults(after));
  if (json) io.out(JSON.stringify(comparison, null, 2));
  else {
    const { red, green, yellow, dim } = io.colors;
    const show = (title: string, changes: readonly Change[], paint: (text: string) => string): void => {
      for (const change of changes)
        io.out(`${paint(title.padEnd(8))} ${change.name}: ${change.before ?? '-'} → ${change.after ?? '-'}`);
    };
    show('broken', comparison.broken, red);
    show('fixed', comparison.fixed, green);
    show('changed', comparison.changed, yellow);
    show('added', comparison.added, dim);
    show('removed', comparison.removed, dim);
    const { broken, fixed, changed, added, removed } = comparison;
    io.out(
      `${broken.length} broken, ${fixed.length} fixed, ${changed.length} changed, ${added.length} added, ${removed.length} removed`,
    );
  }
  return Promise.resolve(comparison.broken.length > 0 ? Exit.nonconforming : Exit.ok);
}
