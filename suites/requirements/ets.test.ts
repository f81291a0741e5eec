import { describe, expect, it } from 'vitest';
import { etsCase, etsCases, ETS_GROUPS, type EtsGroup, type EtsKind } from './ets.js';

const count = (group: EtsGroup | undefined, kind: EtsKind | undefined): number =>
  etsCases().filter((row) => (group ?? row.group) === row.group && (kind ?? row.kind) === row.kind).length;

describe('the ETS catalogue', () => {
  it('has the 155 ids of the specification, each once and in order', () => {
    const numbers = etsCases().map((row) => Number(row.id.slice(4)));
    expect(numbers).toHaveLength(155);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('agrees with the counts per group and kind', () => {
    const table = ETS_GROUPS.map((group) => [
      group,
      count(group, undefined),
      count(group, 'procedure'),
      count(group, 'delegated'),
      count(group, 'not-applicable'),
      count(group, 'placeholder'),
    ]);
    expect(table).toEqual([
      ['bootstrap', 14, 14, 0, 0, 0],
      ['registration', 11, 11, 0, 0, 0],
      ['management', 39, 34, 2, 0, 3],
      ['reporting', 13, 13, 0, 0, 0],
      ['security', 6, 6, 0, 0, 0],
      ['core-objects', 54, 27, 4, 2, 21],
      ['additional-objects', 18, 13, 0, 0, 5],
    ]);
  });

  it('labels each case with the release that brought it', () => {
    const labels = etsCases().map((row) => row.label.replace(/int-\d+$/, ''));
    const of = (release: string): number => labels.filter((label) => label === release).length;
    expect([of('1.1-'), of('1.2-'), of('1.0-'), of('CONMGMT-1.1-')]).toEqual([143, 9, 1, 2]);
    for (const row of etsCases()) expect(row.label.endsWith(row.id)).toBe(true);
  });

  it('gives procedures criteria with letters in order, and others none', () => {
    for (const row of etsCases()) {
      const letters = row.criteria.map((criterion) => criterion.letter).join('');
      expect('ABCDEFGHIJKLMNOPQRSTUVWXYZ'.startsWith(letters), row.id).toBe(true);
      expect(row.criteria.length > 0, row.id).toBe(row.kind === 'procedure');
      expect(row.since !== undefined, row.id).toBe(row.kind === 'procedure');
      for (const { by } of row.criteria) expect(row.judged, row.id).toContain(by);
    }
  });

  it('delegates to procedures only', () => {
    for (const row of etsCases()) {
      expect(row.delegatesTo !== undefined, row.id).toBe(row.kind === 'delegated');
      if (row.delegatesTo) expect(etsCase(row.delegatesTo)?.kind, row.id).toBe('procedure');
    }
  });

  it('judges the server and the bootstrap-server in the cases that name them', () => {
    const by = (party: string): string =>
      etsCases()
        .filter((row) => row.criteria.some((criterion) => criterion.by === party))
        .map((row) => row.id.slice(4))
        .join(' ');
    expect(by('server')).toBe(
      '1 2 3 5 7 10 12 101 102 103 104 105 106 107 108 109 110 111 226 227 230 233 234 237 241 301 302 303 305 306 307 311 401 402 404 405 406 950 1250 1350',
    );
    expect(by('bootstrap-server')).toBe('0 1 2 4 5 7 8 9 10 11 12 19 404 406');
  });

  it('knows one case in detail', () => {
    expect(etsCase('int-103')).toEqual({
      id: 'int-103',
      label: '1.1-int-103',
      group: 'registration',
      title: 'De-registration on Disable',
      kind: 'procedure',
      since: '1.0',
      judged: ['client', 'server'],
      configuration: 'C.3',
      criteria: [
        { letter: 'A', by: 'client', says: 'answers Disable with 2.04' },
        { letter: 'B', by: 'client', says: 'de-registers' },
        { letter: 'C', by: 'server', says: 'answers the De-register with 2.02' },
        { letter: 'D', by: 'server', says: 'no longer holds the registration' },
      ],
    });
    expect(etsCase('int-999')).toBeUndefined();
  });
});
