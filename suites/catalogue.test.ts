import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogue } from '../harness/host/catalogue.generated.js';
import { runOnReference } from '../harness/host/run/mutants.js';
import type { RanCase } from '../harness/host/run/runner.js';
import { judgeJournal } from '../harness/case/replay.js';
import { judgeStanding } from '../harness/case/standing.js';
import { parseRequires } from '../harness/case/statement.js';
import { covers, requirementsOf } from '../harness/case/test-case.js';
import { modelFor } from '../harness/model/registry.js';
import { ENABLERS, type Enabler } from '../harness/model/party.js';
import { parseJournal } from '../harness/record/journal.js';
import { configurationOf } from '../fixtures/configurations/index.js';
import { etsCase, etsCases, openEtsCases } from './requirements/ets.js';
import { isRequirement, requirement } from './requirements/index.js';
import { allowed } from './requirements/tolerances.js';

const FORCE = { must: 3, should: 2, may: 1, info: 0 };
const cases = catalogue.map(({ testCase }) => testCase);
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.each(catalogue)('$file', ({ testCase }) => {
  const { meta } = testCase;
  const variants = meta.variants ?? [undefined];
  const enablers = ENABLERS.filter((enabler) => covers(meta, enabler));
  const usual = enablers.includes('1.1') ? '1.1' : (enablers[0] ?? '1.1');
  const runWith = (enabler: Enabler, variant: string | undefined): Promise<RanCase> =>
    runOnReference(testCase, undefined, { enabler, ...(variant !== undefined && { variant }) });
  /** The usual one of its runs: two tests look at it. */
  let run: Promise<RanCase> | undefined;
  const usualRun = (): Promise<RanCase> => (run ??= runWith(usual, variants[0]));
  afterAll(() => (run = undefined));

  it.each(enablers)('passes with our own two as LwM2M %s, and no standing check finds anything', async (enabler) => {
    for (const variant of variants) {
      const isUsual = enabler === usual && variant === variants[0];
      const { result, standing } = await (isUsual ? usualRun() : runWith(enabler, variant));
      expect(result.checks.filter((check) => check.outcome !== 'met')).toEqual([]);
      expect(result.verdict, result.reason).toBe('pass');
      expect(judgeStanding(standing, ['client', 'server']).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    }
  });

  it('is judged the same from its journal', async () => {
    const { result, journal } = await usualRun();
    const read = parseJournal(journal.format());
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    const again = await judgeJournal(testCase, read.value, {
      model: modelFor(usual),
      tolerance: (row, period) => allowed(row, period, { virtual: true }),
    });
    expect(again.verdict, again.reason).toBe(result.verdict);
    expect(again.checks.map(({ id, outcome, actual }) => [id, outcome, actual])).toEqual(
      result.checks.map(({ id, outcome, actual }) => [id, outcome, actual]),
    );
  });

  it('cites requirements that the ledger has, and items that a statement can have', () => {
    for (const [letter, { req }] of Object.entries(meta.checks)) {
      expect(isRequirement(req), `${letter}: ${req}`).toBe(true);
      expect(requirement(req)?.notTestable, `${letter}: ${req}`).toBeUndefined();
    }
    const { roles } = configurationOf(meta.configuration);
    for (const variant of [undefined, ...(meta.variants ?? [])])
      for (const requires of requirementsOf(meta, variant)) {
        const parsed = parseRequires(requires);
        expect(parsed).toMatchObject({ ok: true });
        const named = parsed.ok ? parsed.value.items.filter((item) => item.startsWith('role.')) : [];
        for (const item of named) expect(Object.keys(roles)).toContain(item.slice('role.'.length));
      }
  });

  it('has the letters of its ETS case by the same party, or says why one is left out', () => {
    for (const id of new Set(Object.values(meta.ets ?? {}))) {
      const declared = Object.entries(meta.checks).filter(([letter]) => /^[A-Z]$/.test(letter));
      const criteria = etsCase(id)?.criteria ?? [];
      for (const [letter, { by }] of declared)
        expect(criteria.find((criterion) => criterion.letter === letter)?.by, `${id} ${letter}`).toBe(by);
      const all = [...declared.map(([letter]) => letter), ...Object.keys(meta.leavesOut ?? {})].sort();
      expect(all, id).toEqual(criteria.map(({ letter }) => letter));
    }
  });
});

describe('the catalogue', () => {
  it('has every id once', () => {
    const ids = cases.map(({ meta }) => meta.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is no stricter than the requirement that a check cites', () => {
    const stricter = cases.flatMap(({ meta }) =>
      Object.entries(meta.checks).flatMap(([letter, { level, req }]) => {
        const stated = requirement(req)?.level;
        return stated && FORCE[level] > FORCE[stated] ? [`${meta.id} ${letter}: ${level}, ${req} ${stated}`] : [];
      }),
    );
    expect(stricter).toEqual([]);
  });

  it('has each ETS case of the bootstrap interface, or says why not', () => {
    const there = new Set<string>(cases.flatMap(({ meta }) => Object.values(meta.ets ?? {})));
    const open = openEtsCases().map(({ id }) => id);
    expect(open.filter((id) => there.has(id))).toEqual([]);
    const bootstrap = etsCases().filter(({ group, kind }) => group === 'bootstrap' && kind === 'procedure');
    expect(bootstrap.filter(({ id }) => ![...there, ...open].includes(id)).map(({ id }) => id)).toEqual([]);
  });

  it('gives one journal in a hundred runs of one seed, and another for another seed', async () => {
    for (const testCase of cases.slice(0, 4)) {
      const hashes = new Set<string>();
      for (let run = 0; run < 100; run++)
        hashes.add(hash((await runOnReference(testCase, undefined)).journal.format()));
      expect(hashes.size, testCase.meta.id).toBe(1);
      hashes.add(hash((await runOnReference(testCase, undefined, { seed: 2 })).journal.format()));
      expect(hashes.size, testCase.meta.id).toBe(2);
    }
  });
});
