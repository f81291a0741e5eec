import { describe, expect, it } from 'vitest';
import { catalogue } from '../harness/host/catalogue.generated.js';
import { runOnReference } from '../harness/host/run/mutants.js';
import { judgeStanding, lookOver, standingChecks, viewOf, type StandingFinding } from '../harness/case/standing.js';
import { covers } from '../harness/case/test-case.js';
import { ENABLERS } from '../harness/model/party.js';
import { modelFor } from '../harness/model/registry.js';
import { isRequirement } from './requirements/index.js';

const cases = catalogue.map(({ testCase }) => testCase);
const judged = ['client', 'server'] as const;

describe('standing checks', () => {
  it.each(ENABLERS)('hold for every message of our own two as LwM2M %s', async (enabler) => {
    const findings: StandingFinding[] = [];
    for (const testCase of cases.filter(({ meta }) => covers(meta, enabler))) {
      const { meta } = testCase;
      for (const variant of meta.variants ?? [undefined]) {
        const { journal } = await runOnReference(testCase, undefined, {
          enabler,
          ...(variant !== undefined && { variant }),
        });
        findings.push(
          ...lookOver(viewOf(journal.entries, modelFor(enabler)), {
            where: variant === undefined ? meta.id : `${meta.id}[${variant}]`,
            enabler,
            ...(meta.our && { spared: meta.our }),
          }),
        );
      }
    }
    const results = judgeStanding(findings, judged);
    expect(results.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(results.map(({ id }) => id)).toEqual(standingChecks.map(({ id }) => id));
  });

  it('cite requirements that the ledger has', () => {
    for (const { id, req } of standingChecks) expect(isRequirement(req), `${id}: ${req}`).toBe(true);
    expect(new Set(standingChecks.map(({ id }) => id)).size).toBe(standingChecks.length);
  });
});
