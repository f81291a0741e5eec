import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../base/clock.js';
import { modelOf } from '../model/definition.js';
import { Journal } from '../record/journal.js';
import { WireView } from '../record/wire-view.js';
import { Checks, wasTooSlow } from './checks.js';
import { Ended } from './interrupt.js';
import { seconds } from './matcher.js';

const declared = { x1: { by: 'client', level: 'must', req: 'R-18', says: 'sends an Update' } } as const;

/** Checks on a bench whose loop was so many seconds late, where 0.1 s early and 2 s late are allowed. */
function onBench(lag: number, over?: string): Checks {
  const clock = new VirtualClock();
  const view = new WireView(clock, modelOf([]));
  if (over !== undefined) view.end(over);
  return new Checks(
    {
      ...{ clock, enabler: '1.1', journal: new Journal(), view, lag: () => lag },
      tolerance: () => ({ early: 0.1, late: 2 }),
    },
    declared,
  );
}

const attempt = (judge: () => void): void => expect(judge).toThrow(Ended);

describe('checks on a slow bench', () => {
  it('counts an absence unless the bench was later than a wait allows', () => {
    const little = onBench(0.5);
    attempt(() => little.owed('x1', 'no update within 5 s'));
    expect(little.records).toMatchObject([{ id: 'x1', outcome: 'missed' }]);

    const much = onBench(2.5);
    attempt(() => much.owed('x1', 'no update within 5 s'));
    expect(much.records).toMatchObject([{ id: 'x1', outcome: 'unobservable' }]);
  });

  it('does not count what came where nothing may come, if the bench was a little late', () => {
    const checks = onBench(0.5);
    attempt(() => checks.owed('x1', 'update at 3.95 s', 'no update for 4 s', 'early'));
    expect(checks.records).toMatchObject([{ outcome: 'unobservable' }]);
  });

  it('does not count a duration that it could not measure', () => {
    const late = onBench(0.5);
    late.check('x1', 4.7, seconds(5, 5));
    expect(late.records).toMatchObject([{ outcome: 'unobservable' }]);
    expect(wasTooSlow(late.records)).toBe(true);

    const inTime = onBench(0.05);
    attempt(() => inTime.check('x1', 4.7, seconds(5, 5)));
    expect(inTime.records).toMatchObject([{ outcome: 'missed' }]);
    expect(wasTooSlow(inTime.records)).toBe(false);
  });

  it('counts what has nothing to do with time', () => {
    const checks = onBench(60);
    attempt(() => checks.check('x1', '4.04', '2.04'));
    expect(checks.records).toMatchObject([{ outcome: 'missed' }]);
  });
});

describe('checks of a system that has ended', () => {
  it('say so where it explains what did not come, and once', () => {
    const ended = "the client's process ended by itself (exit code 9)";
    const answer = onBench(0, ended);
    attempt(() => answer.check('x1', 'none', '2.04'));
    expect(answer.records).toMatchObject([{ outcome: 'missed', why: ended }]);

    const absence = onBench(0, ended);
    attempt(() => absence.owed('x1', `no update: ${ended}`));
    expect(absence.records[0]?.why).toBeUndefined();
  });
});
