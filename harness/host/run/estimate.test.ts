import { describe, expect, it } from 'vitest';
import { plannedName } from '../../case/plan.js';
import { testCase, type CaseMeta } from '../../case/test-case.js';
import { longestFirst } from './estimate.js';

const planned = (id: string, times: CaseMeta['times'] = {}) => ({
  testCase: testCase(
    {
      ...{ id, title: id, since: '1.0', configuration: 'C.1', times },
      checks: { x1: { by: 'client', level: 'must', req: 'R-1', says: 'is' } },
    },
    () => Promise.resolve(),
  ),
});

const runnable = [
  planned('management.read'),
  planned('reporting.period', { pmax: { nominal: 20, quick: 4 }, pmin: { nominal: 10, quick: 2 } }),
  planned('management.write'),
  planned('bootstrap.refused', { silence: { nominal: 600, quick: 3 } }),
];

describe('the order in which cases of several sessions are begun', () => {
  it('has those first that may last longest, and keeps the place of each in the run', () => {
    const order = longestFirst(runnable, 'nominal').map(([place, one]) => `${place} ${plannedName(one)}`);
    expect(order).toEqual(['3 bootstrap.refused', '1 reporting.period', '0 management.read', '2 management.write']);
  });

  it('is by the times of the run, and that of the catalogue where nothing is waited for', () => {
    expect(longestFirst(runnable, 'quick').map(([place]) => place)).toEqual([1, 3, 0, 2]);
    expect(longestFirst(runnable, 'virtual').map(([place]) => place)).toEqual([0, 1, 2, 3]);
  });
});
