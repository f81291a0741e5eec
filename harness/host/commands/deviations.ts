import type { Mutant } from '../../../fixtures/deviation.js';
import { GRID_KNOWN } from '../../../fixtures/mutants/grid.js';
import { mutants } from '../../../fixtures/mutants/index.js';
import { variants } from '../../../fixtures/variants/index.js';
import { catalogue } from '../catalogue.generated.js';
import { resultName } from '../../../reports/results.js';
import { Exit, type Io } from '../io.js';
import { isKilled, runMutant, runOnReference } from '../run/mutants.js';

const cases = catalogue.map(({ testCase }) => testCase);

/** `mutants` and `variants`: exit 1 when a mutant lives, or an innocent is failed. */
export function deviationsCommand(
  kind: 'mutants' | 'variants',
  options: { readonly json: boolean; readonly all: boolean },
  io: Io,
): Promise<number> {
  return kind === 'mutants' ? mutantsCommand(options, io) : variantsCommand(options, io);
}

async function mutantsCommand(
  { json, all }: { readonly json: boolean; readonly all: boolean },
  io: Io,
): Promise<number> {
  const rows = [];
  const unexpected: string[] = [];
  for (const mutant of mutants) {
    const ran = await runMutant(mutant, cases);
    const killed = isKilled(mutant, ran);
    const by = ran.result.checks.filter(({ outcome }) => outcome === 'missed').map(({ id }) => id);
    rows.push({ name: mutant.name, party: mutant.party, case: mutant.case, check: mutant.check, killed, by });
    if (!json && !killed)
      io.out(
        `${io.colors.red('lives')} ${mutant.name}: ${mutant.case} ${mutant.check} did not catch it (${ran.result.verdict}; missed: ${by.join(', ') || 'nothing'})`,
      );
    if (all) unexpected.push(...(await blamedElsewhere(mutant)));
  }
  if (json) io.out(JSON.stringify({ mutants: rows, ...(all && { unexpected }) }, null, 2));
  else {
    for (const line of unexpected) io.out(`${io.colors.red('wrong')} ${line}`);
    io.out(
      `${rows.filter(({ killed }) => killed).length} of ${rows.length} mutants were caught by the check that they name${all ? `; ${unexpected.length} unexpected verdicts elsewhere, ${GRID_KNOWN.reduce((sum, entry) => sum + entry.cases.length, 0)} known` : ''}`,
    );
  }
  return rows.every(({ killed }) => killed) && unexpected.length === 0 ? Exit.ok : Exit.nonconforming;
}

/**
 * Every case on one mutant: the party that does not deviate must never fail, and we must not err, but for what is known;
 * and what is known must still be so.
 */
async function blamedElsewhere(mutant: Mutant): Promise<readonly string[]> {
  const other = mutant.party === 'client' ? 'server' : 'client';
  const known = new Set(GRID_KNOWN.filter((entry) => entry.mutant === mutant.name).flatMap((entry) => entry.cases));
  const wrong: string[] = [];
  for (const testCase of cases) {
    for (const variant of testCase.meta.variants ?? [undefined]) {
      const { result } = await runOnReference(testCase, mutant, variant === undefined ? {} : { variant });
      if (result.parties[other] !== 'fail' && result.verdict !== 'error') continue;
      if (!known.delete(resultName(result)))
        wrong.push(`${mutant.name} on ${resultName(result)}: ${result.verdict}, ${result.reason ?? ''}`);
    }
  }
  return [
    ...wrong,
    ...[...known].map((name) => `${mutant.name} on ${name}: it is known to blame the ${other}, and no longer does`),
  ];
}

async function variantsCommand({ json }: { readonly json: boolean }, io: Io): Promise<number> {
  const rows = [];
  for (const deviation of variants) {
    const failed: { case: string; verdict: string; reason: string }[] = [];
    for (const testCase of cases) {
      for (const variant of testCase.meta.variants ?? [undefined]) {
        const { result } = await runOnReference(testCase, deviation, variant === undefined ? {} : { variant });
        if (result.verdict !== 'pass' && result.verdict !== 'warn')
          failed.push({ case: result.id, verdict: result.verdict, reason: result.reason ?? '' });
      }
    }
    rows.push({ name: deviation.name, says: deviation.says, passed: failed.length === 0, failed });
    if (!json)
      for (const { case: id, verdict, reason } of failed)
        io.out(`${io.colors.red('fails the innocent')} ${deviation.name}: ${id} ${verdict}, ${reason}`);
  }
  if (json) io.out(JSON.stringify({ variants: rows }, null, 2));
  else
    io.out(
      `${rows.filter(({ passed }) => passed).length} of ${rows.length} legal variants pass every case (${cases.length} cases)`,
    );
  return rows.every(({ passed }) => passed) ? Exit.ok : Exit.nonconforming;
}
