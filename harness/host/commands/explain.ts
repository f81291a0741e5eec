import { nearest, selects } from '../../case/plan.js';
import { requirementsOf, type TestCase } from '../../case/test-case.js';
import { etsCase, openEtsCases } from '../../../suites/requirements/ets.js';
import { requirement } from '../../../suites/requirements/index.js';
import { configurationOf } from '../../../fixtures/configurations/index.js';
import { catalogue } from '../catalogue.generated.js';
import { CommandError, Exit, type Io } from '../io.js';

/** `explain`: what a case does and checks, and what each check rests on. */
export function explainCommand(name: string, io: Io): Promise<number> {
  const found = catalogue.filter(({ testCase }) => selects(name, testCase.meta));
  const open = openEtsCases().find(({ id }) => id === name);
  if (found.length === 0 && open) return Promise.resolve(explainOpen(open, io));
  const row = etsCase(name);
  if (found.length === 0 && row)
    throw new CommandError({ code: 'no-case', message: `the catalogue has no case of ${name}, ${row.title}` });
  if (found.length === 0) {
    const names = catalogue.flatMap(({ testCase: { meta } }) => [meta.id, ...Object.values(meta.ets ?? {})]);
    throw new CommandError({
      code: 'unknown-case',
      message: `there is no case ${JSON.stringify(name)}`,
      hint: `the nearest are ${nearest(name, [...new Set(names)]).join(', ')}`,
    });
  }
  for (const { file, testCase } of found) explain(file, testCase, io);
  return Promise.resolve(Exit.ok);
}

function explain(file: string, { meta }: TestCase, io: Io): void {
  const { bold, dim } = io.colors;
  io.out(`${bold(meta.id)}  ${meta.title}`);
  const ets = [...new Set(Object.values(meta.ets ?? {}))].map((id) => `${id} (${etsCase(id)?.title ?? 'ETS'})`);
  io.out(dim(`  ${[...ets, `LwM2M ${meta.since}${meta.until ? ` to ${meta.until}` : '+'}`, file].join(' · ')}`));
  io.out(
    `  configuration ${meta.configuration}: ${dim(shortened(Object.entries(configurationOf(meta.configuration).values).map(([path, value]) => `${path} = ${JSON.stringify(value)}`)))}`,
  );
  for (const requires of requirementsOf(meta, undefined)) io.out(`  requires ${requires}`);
  if (meta.variants) io.out(`  variants ${meta.variants.join(', ')}`);
  for (const [what, { nominal, quick }] of Object.entries(meta.times ?? {}))
    io.out(`  ${what}: ${nominal} s, quick ${quick} s`);
  for (const [letter, check] of Object.entries(meta.checks)) {
    io.out(`  ${bold(letter)}  the ${check.by} ${check.says} ${dim(`(${check.level})`)}`);
    const fact = requirement(check.req);
    if (!fact) io.out(dim(`       ${check.req}`));
    else {
      const clauses = Object.entries(fact.clauses).map(([version, clause]) => `${version} ${clause}`);
      io.out(dim(`       ${check.req}: ${fact.says}; ${clauses.join(', ')}`));
    }
  }
  for (const [letter, why] of Object.entries(meta.leavesOut ?? {})) io.out(dim(`  ${letter}  left out: ${why}`));
  for (const { ref, reading } of meta.errata ?? []) io.out(`  erratum ${ref}: ${reading}`);
  io.out('');
}

function explainOpen({ id, title, since, configuration, open, criteria }: OpenCase, io: Io): number {
  const { bold, dim } = io.colors;
  io.out(`${bold(id)}  ${title}`);
  io.out(dim(`  LwM2M ${since}+${configuration === undefined ? '' : ` · configuration ${configuration}`}`));
  io.out(`  open: ${open}`);
  for (const { letter, by, says } of criteria) io.out(`  ${bold(letter)}  the ${by} ${says}`);
  return Exit.ok;
}

type OpenCase = ReturnType<typeof openEtsCases>[number];

const shortened = (values: readonly string[]): string =>
  values.length > 6 ? `${values.slice(0, 6).join(', ')} … ${values.length} values` : values.join(', ');
