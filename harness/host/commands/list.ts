import type { CaseMeta } from '../../case/test-case.js';
import { openEtsCases } from '../../../suites/requirements/ets.js';
import { Exit, type Io } from '../io.js';
import { loadCatalogue } from '../load-catalogue.js';

/** `list`: the cases, as a table or as JSON. */
export async function listCommand(
  { json, suites }: { readonly json: boolean; readonly suites?: string },
  io: Io,
): Promise<number> {
  const cases = (await loadCatalogue(suites)).map(({ meta }) => listed(meta));
  const open = openEtsCases();
  if (json) {
    const rows = open.map(({ id, title, group, since, open: reason }) => ({
      ...{ id, ets: {}, title, interface: group, since, open: reason, checks: [] },
    }));
    io.out(JSON.stringify([...cases, ...rows], null, 2));
    return Exit.ok;
  }
  const width = Math.max(...cases.map(({ id }) => id.length));
  for (const { id, ets, title, since } of cases)
    io.out(
      `${id.padEnd(width)}  ${([...new Set(Object.values(ets))].join(' ') || '-').padEnd(8)}  ${since}+  ${title}`,
    );
  for (const { id, title, since, open: reason } of open)
    io.out(io.colors.dim(`${'open'.padEnd(width)}  ${id.padEnd(8)}  ${since}+  ${title}: ${reason}`));
  io.err(io.colors.dim(`${cases.length} cases, ${open.length} open`));
  return Exit.ok;
}

const listed = (meta: CaseMeta) => ({
  id: meta.id,
  ets: meta.ets ?? {},
  title: meta.title,
  interface: meta.id.split('.')[0] ?? '',
  since: meta.since,
  ...(meta.until !== undefined && { until: meta.until }),
  ...(meta.variants !== undefined && { variants: meta.variants }),
  checks: Object.entries(meta.checks).map(([id, { by, level, req, says }]) => ({ id, by, level, req, says })),
});
