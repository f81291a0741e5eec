import { describe, expect, it } from 'vitest';
import type { CheckRecord } from '../record/journal.js';
import { AFTER, judge } from './verdict.js';

const check = (
  id: string,
  by: CheckRecord['by'],
  outcome: CheckRecord['outcome'],
  more: Partial<CheckRecord> = {},
): CheckRecord => ({
  id,
  by,
  level: 'must',
  req: 'R-1',
  outcome,
  ...more,
});

describe('judge', () => {
  it('passes a party whose must-checks were all met', () => {
    expect(judge([check('A', 'client', 'met'), check('C', 'server', 'met')], ['client', 'server'])).toEqual({
      verdict: 'pass',
      parties: { client: 'pass', server: 'pass' },
    });
  });

  it('fails the party that missed, and does not run the other any further', () => {
    const checks = [check('A', 'client', 'missed'), check('C', 'server', 'unreached', { why: `${AFTER}A` })];
    expect(judge(checks, ['client', 'server'])).toMatchObject({
      verdict: 'fail',
      parties: { client: 'fail', server: 'not-run' },
    });
  });

  it('calls a miss of our own side our error', () => {
    const checks = [check('A', 'client', 'met'), check('C', 'server', 'missed', { expected: '2.04', actual: '4.00' })];
    expect(judge(checks, ['client'])).toEqual({
      verdict: 'error',
      parties: { client: 'pass' },
      reason: 'our own server: C: expected 2.04, got 4.00',
    });
  });

  it('never lets our error cover the fail of the system under test', () => {
    const checks = [check('A', 'client', 'missed'), check('C', 'server', 'missed')];
    expect(judge(checks, ['client'], { verdict: 'error', reason: 'ours' }).verdict).toBe('fail');
  });

  it('warns of a missed should-check and of a tolerated value', () => {
    expect(
      judge([check('A', 'client', 'met'), check('x1', 'client', 'missed', { level: 'should' })], ['client']).verdict,
    ).toBe('warn');
    expect(judge([check('A', 'client', 'tolerated', { row: 'E-22' })], ['client']).verdict).toBe('warn');
    expect(judge([check('x1', 'client', 'missed', { level: 'should' })], ['client']).verdict).toBe('warn');
  });

  it('is inconclusive when no check of the judged party was met, or one was unobservable', () => {
    expect(judge([check('A', 'client', 'unreached')], ['client']).verdict).toBe('inconclusive');
    expect(judge([check('x1', 'client', 'missed', { level: 'may' })], ['client']).verdict).toBe('inconclusive');
    expect(judge([check('A', 'client', 'met'), check('B', 'client', 'unobservable')], ['client']).verdict).toBe(
      'inconclusive',
    );
  });

  it('is inconclusive when a must-check was not reached', () => {
    expect(
      judge([check('A', 'client', 'met'), check('B', 'client', 'unreached', { why: 'ended' })], ['client']).verdict,
    ).toBe('inconclusive');
  });

  it('takes the verdict of an interruption, but keeps a fail before it', () => {
    const interruption = { verdict: 'not-run', reason: 'no such stimulus' } as const;
    expect(
      judge([check('A', 'client', 'met'), check('B', 'client', 'unreached')], ['client'], interruption),
    ).toMatchObject({
      verdict: 'not-run',
      reason: 'no such stimulus',
    });
    expect(judge([check('A', 'client', 'missed')], ['client'], interruption).verdict).toBe('fail');
  });
});
