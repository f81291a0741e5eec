import type { Mutant } from '../../../fixtures/deviation.js';
import { knownOf } from '../../../fixtures/mutants/grid.js';
import { mutants } from '../../../fixtures/mutants/index.js';
import { variants } from '../../../fixtures/variants/index.js';
import { catalogue } from '../catalogue.generated.js';
import { ENABLERS } from '../../model/party.js';
import { resultName } from '../../../reports/results.js';
import { Exit, type Io } from '../io.js';
import { parseShard } from './run.js';
import { gridName, gridOf, misjudgedIn, oncePerDeviation } from '../run/grid.js';
import { isKilled, runMutant, runOnReference, runsOf } from '../run/mutants.js';

export interface DeviationFlags {
  readonly json: boolean;
  readonly all: boolean;
  /** Of each case its first variant only. */
  readonly first?: boolean;
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

async function mutantsCommand({ json, all, first, shard }: DeviationFlags, io: Io): Promise<number> {
  const rows = [];
  for (const mutant of partOf(mutants, shard)) {
    const ran = await runMutant(mutant, cases);
    const killed = isKilled(mutant, ran);
    const by = ran.result.checks.filter(({ outcome }) => outcome === 'missed').map(({ id }) => id);
    rows.push({ name: mutant.name, party: mutant.party, case: mutant.case, check: mutant.check, killed, by });
    if (!json && !killed)
      io.out(
        `${io.colors.red('lives')} ${mutant.name}: ${mutant.case} ${mutant.check} did not catch it (${ran.result.verdict}; missed: ${by.join(', ') || 'nothing'})`,
      );
  }
  const grid = { runs: 0, known: 0, wrong: [] as string[] };
  for (const mutant of all ? partOf(oncePerDeviation(mutants), shard) : []) {
    const { runs, known, wrong } = await blamedElsewhere(mutant, first ? 'first' : undefined);
    grid.runs += runs;
    grid.known += known;
    grid.wrong.push(...wrong);
    if (!json) for (const line of wrong) io.out(`${io.colors.red('wrong')} ${line}`);
  }
  if (json) io.out(JSON.stringify({ mutants: rows, ...(all && { grid }) }, null, 2));
  else {
    io.out(
      `${rows.filter(({ killed }) => killed).length} of ${rows.length} mutants were caught by the check that they name`,
    );
    if (all) io.out(`${grid.runs} runs of others: ${grid.wrong.length} unexpected verdicts, ${grid.known} known`);
  }
  return rows.every(({ killed }) => killed) && grid.wrong.length === 0 ? Exit.ok : Exit.nonconforming;
}

/**
 * Every case on one mutant: the party that does not deviate must never fail, and we must not err, but for what is known;
 * and what is known must still be so.
 */
async function blamedElsewhere(
  mutant: Mutant,
  only?: 'first',
): Promise<{ readonly runs: number; readonly known: number; readonly wrong: readonly string[] }> {
  const runs = gridOf(mutant, cases, only);
  const known = knownOf(mutant);
  const wrong: string[] = [];
  let seen = 0;
  for (const run of runs) {
    const misjudged = await misjudgedIn(run, mutant);
    const isKnown = known.has(gridName(run));
    if (isKnown) seen++;
    if (misjudged && !isKnown) wrong.push(`${mutant.name} on ${gridName(run)}: ${misjudged}`);
    if (!misjudged && isKnown)
      wrong.push(`${mutant.name} on ${gridName(run)}: it is known to blame another party, and no longer does`);
  }
  return { runs: runs.length, known: seen, wrong };
}

async function variantsCommand({ json, all, first, shard }: DeviationFlags, io: Io): Promise<number> {
  const rows = [];
  for (const deviation of partOf(variants, shard)) {
    const failed: { case: string; verdict: string; reason: string }[] = [];
    const runs = (all ? ENABLERS : [undefined])
      .flatMap((enabler) => runsOf(deviation, cases, enabler))
      .filter(({ testCase, variant }) => !first || variant === testCase.meta.variants?.[0]);
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
