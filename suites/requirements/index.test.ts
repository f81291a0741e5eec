import { describe, expect, it } from 'vitest';
import { readPackageJson } from '../../harness/base/package-files.js';
import { coverage, isRequirement, requirement, requirements } from './index.js';

/** The inventory of fact ids, made from the notes; the ledger must hold exactly these. */
function inventory(): { counts: Record<string, number>; total: number; ids: Record<string, string[]> } {
  return readPackageJson('suites/requirements/ids.json') as ReturnType<typeof inventory>;
}

describe('the ledger', () => {
  it('has one row for every fact id and no other', () => {
    const ids = Object.values(inventory().ids).flat();
    const rows = requirements().map((row) => row.id);
    expect(ids.filter((id) => !rows.includes(id))).toEqual([]);
    expect(rows.filter((id) => !ids.includes(id))).toEqual([]);
    expect(rows).toHaveLength(inventory().total);
  });

  it('agrees with the counts per prefix', () => {
    for (const [prefix, count] of Object.entries(inventory().counts)) {
      expect(inventory().ids[prefix], prefix).toHaveLength(count);
      expect(
        requirements().filter((row) => row.id.startsWith(`${prefix}-`)),
        prefix,
      ).toHaveLength(count);
    }
  });

  it('states every requirement once', () => {
    const files = ['versions', 'bootstrap', 'registration', 'management', 'errors', 'reporting', 'formats', 'objects'];
    const all = [...files, 'access-security', 'coap', 'ambiguities'].flatMap(
      (file) => readPackageJson(`suites/requirements/${file}.json`) as { id: string; says: string }[],
    );
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length);
    expect(new Set(all.map((row) => row.says)).size).toBe(all.length);
  });

  it('gives no clause to an enabler that lacks the feature', () => {
    for (const id of ['B-22', 'Q-6', 'I-31', 'M-42', 'S-21', 'F-20'])
      expect(requirement(id)?.clauses).not.toHaveProperty('1.0');
    for (const id of ['B-39', 'F-30', 'I-28', 'M-14', 'E-18', 'S-20'])
      expect(Object.keys(requirement(id)?.clauses ?? {})).toEqual(['1.2']);
  });

  it('calls a must no fact that only advises', () => {
    expect(requirement('R-19')).toMatchObject({ level: 'must', party: 'client', clauses: { '1.1': 'Core §6.2.2' } });
    expect(requirement('R-23')?.level).toBe('should');
    expect(requirement('X-72')?.level).toBe('should');
  });
});

describe('requirement', () => {
  it('knows nothing of an unknown id', () => {
    expect(requirement('R-35')).toBeUndefined();
    expect(requirement('')).toBeUndefined();
  });
});

describe('isRequirement', () => {
  it.each(['V-1', 'X-77', 'rfc7252#5.4.1', 'rfc7641#3', 'rfc7959#2.9.2'])('accepts %s', (ref) => {
    expect(isRequirement(ref)).toBe(true);
  });

  it.each(['V-13', 'v-1', 'R-019', 'rfc7252', 'rfc7252#', 'rfc7252#5.', 'rfc7252#05', 'rfc9999#1', 'RFC7252#4.5', ''])(
    'refuses %j',
    (ref) => {
      expect(isRequirement(ref)).toBe(false);
    },
  );
});

describe('coverage', () => {
  it('is derived from the checks', () => {
    const status = coverage([
      { req: 'R-19', check: 'a.B' },
      { req: 'rfc7252#4.5', check: 'a.x1' },
      { req: 'R-19', check: 'b.A' },
    ]);
    expect(status.get('R-19')).toEqual({ status: 'covered', by: ['a.B', 'b.A'] });
    expect(status.get('R-20')).toEqual({ status: 'open' });
    expect(status.get('Q-8')).toEqual({ status: 'not-testable', why: 'needs an SMS bearer' });
    expect(status.size).toBe(requirements().length);
  });

  it('counts a check even where the ledger saw none coming', () => {
    expect(coverage([{ req: 'Q-8', check: 'c.A' }]).get('Q-8')).toEqual({ status: 'covered', by: ['c.A'] });
  });
});
