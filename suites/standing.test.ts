import { describe, expect, it } from 'vitest';
import { catalogue } from '../harness/host/catalogue.generated.js';
import { runOnReference } from '../harness/host/run/mutants.js';
import { judgeStanding, lookOver, standingChecks, viewOf, type StandingFinding } from '../harness/case/standing.js';
import type { Enabler } from '../harness/model/party.js';
import { modelFor } from '../harness/model/registry.js';
import type { Deviation } from '../fixtures/deviation.js';
import { standingMutants } from '../fixtures/mutants/standing.js';
import { isRequirement } from './requirements/index.js';

const cases = catalogue.map(({ testCase }) => testCase);
const judged = ['client', 'server'] as const;

/** What the standing checks find in one run of a case. */
async function overseen(
  id: string,
  deviation: Deviation | undefined,
  { enabler = '1.1', variant }: { readonly enabler?: Enabler; readonly variant?: string } = {},
): Promise<readonly StandingFinding[]> {
  const testCase = cases.find(({ meta }) => meta.id === id);
  if (!testCase) throw new Error(`there is no case ${id}`);
  const { journal } = await runOnReference(testCase, deviation, { enabler, ...(variant !== undefined && { variant }) });
  return lookOver(viewOf(journal.entries, modelFor(enabler)), {
    where: variant === undefined ? id : `${id}[${variant}]`,
    enabler,
    ...(testCase.meta.our && { spared: testCase.meta.our }),
  });
}

describe('standing checks', () => {
  it('cite requirements that the ledger has', () => {
    for (const { id, req } of standingChecks) expect(isRequirement(req), `${id}: ${req}`).toBe(true);
    expect(new Set(standingChecks.map(({ id }) => id)).size).toBe(standingChecks.length);
  });

  it.each(standingMutants)('catch $name with $check, and with it alone', async (mutant) => {
    const results = judgeStanding(await overseen(mutant.case, mutant), judged);
    const missed = results.filter(({ checks }) =>
      checks.some(({ by, outcome }) => by === mutant.party && outcome === 'missed'),
    );
    expect(
      missed.map(({ id }) => id),
      JSON.stringify(missed, null, 1),
    ).toEqual([mutant.check]);
    expect(missed[0]?.parties[mutant.party]).toBe(missed[0]?.checks[0]?.level === 'must' ? 'fail' : 'warn');
    expect(missed[0]?.reason).toContain(mutant.case);
  });

  it('have a mutant each', () => {
    const caught = new Set<string>(standingMutants.map(({ check }) => check));
    expect(standingChecks.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([]);
  });

  it('spare the party that misbehaves on purpose, and blame our own where it is not under test', async () => {
    const findings = await overseen('robustness.malformed-message', undefined, { variant: 'cut-token' });
    expect(judgeStanding(findings, ['client']).every(({ verdict }) => verdict === 'pass')).toBe(true);
    expect(findings.some(({ party }) => party === 'server')).toBe(false);

    const mutant = standingMutants.find(({ name }) => name === 'server-gives-a-relative-location');
    const own = judgeStanding(await overseen('registration.initial', mutant), ['client']);
    expect(own.find(({ id }) => id === 'wire.strings')).toMatchObject({
      verdict: 'error',
      parties: { client: 'pass' },
    });
  });
});
