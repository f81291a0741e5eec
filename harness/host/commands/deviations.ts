import type { Mutant } from '../../../fixtures/deviation.js';
import { GRID_KNOWN } from '../../../fixtures/mutants/grid.js';
import { mutants } from '../../../fixtures/mutants/index.js';
import { variants } from '../../../fixtures/variants/index.js';
import { catalogue } from '../catalogue.generated.js';
import { ENABLERS } from '../../model/party.js';
import { resultName } from '../../../reports/results.js';
import { Exit, type Io } from '../io.js';
import { parseShard } from './run.js';
import { isKilled, runMutant, runOnReference, runsOf } from '../run/mutants.js';

export interface DeviationFlags {
  readonly json: boolean;
  readonly all: boolean;
  /** `1/2`: one part of the deviations. */
  readonly shard?: string;
}

const cases = catalogue.map(({ testCase }) => testCase);

/** `mutants` and `variants`: exit 1 when a mutant lives, or an innocent is failed. */
export function deviationsCommand(kind: 'mutants' | 'variants', options: DeviationFlags, io: Io): Promise<number> {
  return kind === 'mutants' ? mutantsCommand(options, io) : variantsCommand(options, io);
}

/** The part of the deviations that a shard is. @throws CommandError */
function partOf<T>(deviations: readonly T[], shard: string | undefined): readonly T[] {
  if (shard === undefined) return deviations;
  const { index, count } = parseShard(shard);
  return deviations.filter((_deviation, i) => i % count === index - 1);
}

async function mutantsCommand({ json, all, shard }: DeviationFlags, io: Io): Promise<number> {
  const rows = [];
  const unexpected: string[] = [];
  for (const mutant of partOf(mutants, shard)) {
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
  const known = new Set(GRID_KNOWN.filter((entry) => entry.mutant === mutant.name).flatMap((entry) => entry.cases));
  const wrong: string[] = [];
  for (const testCase of cases) {
    for (const variant of testCase.meta.variants ?? [undefined]) {
      const { result } = await runOnReference(testCase, mutant, variant === undefined ? {} : { variant });
      const others = Object.entries(result.parties).filter(([party]) => party !== mutant.party);
      if (others.every(([, verdict]) => verdict !== 'fail') && result.verdict !== 'error') continue;
      if (!known.delete(resultName(result)))
        wrong.push(`${mutant.name} on ${resultName(result)}: ${result.verdict}, ${result.reason ?? ''}`);
    }
  }
  return [
    ...wrong,
    ...[...known].map((name) => `${mutant.name} on ${name}: it is known to blame another party, and no longer does`),
  ];
}

async function variantsCommand({ json, all, shard }: DeviationFlags, io: Io): Promise<number> {
  const rows = [];
  for (const deviation of partOf(variants, shard)) {
    const failed: { case: string; verdict: string; reason: string }[] = [];
    const runs = (all ? ENABLERS : [undefined]).flatMap((enabler) => runsOf(deviation, cases, enabler));
    for (const { testCase, ...options } of runs) {
      const { result } = await runOnReference(testCase, deviation, options);
      if (result.verdict !== 'pass' && result.verdict !== 'warn')
        failed.push({
          case: `${resultName(result)} in ${options.enabler}`,
          verdict: result.verdict,
          reason: result.reason ?? '',
        });
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
