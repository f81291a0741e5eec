import { describe, expect, it } from 'vitest';
import { ENABLERS } from '../../harness/model/party.js';
import { grade, graded, gradedKeys, type GradedRow } from './graded.js';
import { requirement, requirements } from './index.js';

const rows: readonly [string, GradedRow][] = Object.entries(graded);

describe('the graded rows', () => {
  it('cover every row of the error and the ambiguity table', () => {
    const ids = requirements().flatMap((row) => (/^[EX]-/.test(row.id) ? [row.id] : []));
    expect(ids).toHaveLength(140);
    expect(ids.filter((id) => gradedKeys(id).length === 0)).toEqual([]);
  });

  it('have keys that tell their row', () => {
    for (const [key, row] of rows) expect(key).toMatch(new RegExp(`^${row.row.replace('-', '')}([A-Z][A-Za-z]+)?$`));
  });

  it('speak for exactly the enablers of their requirement', () => {
    for (const [key, row] of rows) {
      expect(Object.keys(row.expected).sort(), key).toEqual(Object.keys(requirement(row.row)?.clauses ?? {}).sort());
      for (const enabler of Object.keys(row.tolerated ?? {})) expect(Object.keys(row.expected), key).toContain(enabler);
    }
  });

  it('use codes, classes of codes, or their own words', () => {
    for (const [key, row] of rows) {
      const values = ENABLERS.flatMap((enabler) => [
        ...(row.expected[enabler] ?? []),
        ...(row.tolerated?.[enabler] ?? []),
      ]);
      for (const value of [...values, ...(row.forbidden ?? [])]) {
        if (value === '*') continue;
        if (row.words) expect(row.words, key).toContain(value);
        else expect(value, key).toMatch(/^[2-5]\.(\d\d|xx)$/);
      }
    }
  });

  it('tolerate nothing that they expect', () => {
    for (const [key, row] of rows)
      for (const enabler of ENABLERS)
        for (const value of row.tolerated?.[enabler] ?? []) expect(row.expected[enabler], key).not.toContain(value);
  });

  it('leave strict rows without tolerance', () => {
    const strict = [
      'E3',
      'E8',
      'E12',
      'E15',
      'E20',
      'E21',
      'E23',
      'E25',
      'E26',
      'E27',
      'E31',
      'E34',
      'E35',
      'E37',
      'E40',
      'E42',
      'E43',
      'E44',
      'E46',
      'E49',
      'E54',
      'E59',
    ];
    for (const [key, row] of rows) if (strict.includes(key)) expect(row, key).not.toHaveProperty('tolerated');
  });
});

describe('grade', () => {
  it('meets the expected code, tolerates the listed one, misses the rest', () => {
    expect(grade(graded.E22, '1.1', '4.06')).toBe('met');
    expect(grade(graded.E22, '1.1', '4.15')).toBe('tolerated');
    expect(grade(graded.E22, '1.1', '4.00')).toBe('missed');
    expect(grade(graded.E22, '1.1', '2.05')).toBe('missed');
    expect(grade(graded.E22, '1.1', 'none')).toBe('missed');
  });

  it('depends on the enabler', () => {
    expect(ENABLERS.map((enabler) => grade(graded.E19, enabler, '4.04'))).toEqual(['tolerated', 'missed', 'missed']);
    expect(ENABLERS.map((enabler) => grade(graded.E6, enabler, '4.09'))).toEqual(['missed', 'met', 'met']);
    expect(ENABLERS.map((enabler) => grade(graded.E6, enabler, '4.00'))).toEqual(['met', 'met', 'tolerated']);
    expect(ENABLERS.map((enabler) => grade(graded.E47, enabler, '2.02'))).toEqual(['missed', 'missed', 'met']);
    expect(ENABLERS.map((enabler) => grade(graded.E39, enabler, '2.01'))).toEqual(['missed', 'met', 'met']);
  });

  it('lets a class of codes stand for all of its codes, and for nothing else', () => {
    expect(grade(graded.E51, '1.1', '4.15')).toBe('tolerated');
    expect(grade(graded.E51, '1.2', '5.00')).toBe('tolerated');
    expect(grade(graded.E51, '1.1', '2.05')).toBe('missed');
    expect(grade(graded.E51, '1.1', 'none')).toBe('missed');
    expect(grade(graded.X12, '1.1', '4.99')).toBe('tolerated');
  });

  it('lets what is forbidden win', () => {
    const row: GradedRow = { row: 'X-1', expected: { '1.1': ['*'] }, forbidden: ['2.xx', 'none'] };
    expect(grade(row, '1.1', '2.01')).toBe('missed');
    expect(grade(row, '1.1', 'none')).toBe('missed');
    expect(grade(row, '1.1', '4.00')).toBe('met');
  });

  it('judges words as it judges codes', () => {
    expect(grade(graded.X24, '1.1', 'silent')).toBe('missed');
    expect(grade(graded.X24, '1.2', 'silent')).toBe('tolerated');
    expect(grade(graded.X48Wide, '1.1', 'removed')).toBe('missed');
    expect(grade(graded.X48Account, '1.1', 'removed')).toBe('tolerated');
  });

  it('judges nothing where the table says so', () => {
    for (const key of ['X19', 'X27', 'X29', 'X46', 'X73'] as const)
      expect(grade(graded[key], '1.1', 'none')).toBe('met');
    expect(grade(graded.X11, '1.0', '4.00')).toBe('met');
    expect(grade(graded.X11, '1.2', '4.00')).toBe('missed');
  });

  it('refuses to judge where the row says nothing', () => {
    expect(() => grade(graded.E18, '1.1', '5.01')).toThrow('row E-18 says nothing for LwM2M 1.1');
  });
});
