import { catalogue } from '../catalogue.generated.js';
import { Exit, type Io } from '../io.js';

/** `list`: the cases, as a table or as JSON. */
export function listCommand({ json }: { readonly json: boolean }, io: Io): Promise<number> {
  const cases = catalogue.map(({ testCase: { meta } }) => ({
    id: meta.id,
    ets: meta.ets ?? {},
    title: meta.title,
    interface: meta.id.split('.')[0] ?? '',
    since: meta.since,
    ...(meta.until !== undefined && { until: meta.until }),
    checks: Object.entries(meta.checks).map(([id, { by, level, req, says }]) => ({ id, by, level, req, says })),
  }));
  if (json) io.out(JSON.stringify(cases, null, 2));
  else {
    const width = Math.max(...cases.map(({ id }) => id.length));
    for (const { id, ets, title, since } of cases)
      io.out(
        `${id.padEnd(width)}  ${([...new Set(Object.values(ets))].join(' ') || '-').padEnd(8)}  ${since}+  ${title}`,
      );
    io.err(io.colors.dim(`${cases.length} cases`));
  }
  return Promise.resolve(Exit.ok);
}
