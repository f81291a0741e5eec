import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NotificationAttributes } from './attributes.js';
import {
  isDue,
  nextDue,
  observed,
  onChange,
  reported,
  termsOf,
  withTerms,
  type ObservationState,
  type Terms,
} from './evaluate.js';
import { isCandidate } from './evaluate-conditions.js';
import { pathOf } from './path.js';
import { boolean, float, integer, objlnk, opaque, text, time, unsigned, type Entry, type Value } from './value.js';

const LEVEL = '/3303/0/5700';

const single = (attributes: NotificationAttributes, path = LEVEL): Terms =>
  termsOf([{ path: pathOf(path), attributes }], '1.1');

const content = (values: Record<string, Value>): Entry[] =>
  Object.entries(values).map(([path, value]) => ({ path: pathOf(path), value }));

/** What happens at a time: new values, or other terms. */
interface Event {
  readonly at: number;
  readonly set?: Record<string, Value>;
  readonly terms?: Terms;
}

/** Drives an observation as a client does, jumping from one event or due time to the next; `time values` of each notification. */
function notifications(
  terms: Terms,
  initial: Record<string, Value>,
  events: readonly Event[],
  until: number,
): [number, Entry[]][] {
  let values = initial;
  let state = observed(terms, content(values), 0);
  const sent: [number, Entry[]][] = [];
  const queue = [...events];
  for (let now = 0; ;) {
    const due = nextDue(state, now) ?? Infinity;
    const event = queue[0] && queue[0].at <= due ? queue.shift() : undefined;
    now = event?.at ?? due;
    if (now > until) return sent;
    if (event?.set) values = event.set;
    if (event?.terms) state = withTerms(state, event.terms);
    state = onChange(state, content(values), now);
    if (!isDue(state, now)) continue;
    sent.push([now, content(values)]);
    state = reported(state, content(values), now);
  }
}

/** The same for one number: `[time, value]` of each notification. */
function run(
  attributes: NotificationAttributes,
  start: number,
  changes: readonly [at: number, value: number][],
  until = 1000,
): [number, number][] {
  const events = changes.map(([at, value]) => ({ at, set: { [LEVEL]: float(value) } }));
  return notifications(single(attributes), { [LEVEL]: float(start) }, events, until).map(([at, entries]) => [
    at,
    entries[0]?.value?.type === 'float' ? entries[0].value.value : Number.NaN,
  ]);
}

describe('the worked sequences of the specification', () => {
  it.each([
    [{ gt: 45, st: 10 }, 20, 35, true],
    [{ gt: 45, st: 10 }, 35, 40, false],
    [{ gt: 45, st: 10 }, 45, 50, true],
    [{ gt: 45, st: 10 }, 50, 40, true],
    [{ gt: 45, st: 10 }, 35, 20, true],
    [{ lt: 20, gt: 85, st: 10 }, 24, 27, false],
    [{ lt: 20, gt: 85, st: 10 }, 17, 24, true],
    [{ lt: 20, gt: 85, st: 10 }, 75, 90, true],
    [{ lt: 20, gt: 85, st: 10 }, 50, 10, true],
    [{ lt: 20, gt: 85, st: 10 }, 87, 99, true],
  ] as const)('with %j, %d to %d notifies: %s', (attributes, before, after, notifies) => {
    expect(run(attributes, before, [[1, after]])).toEqual(notifies ? [[1, after]] : []);
    for (const make of [integer, unsigned, time, float])
      expect(isCandidate(attributes, make(before), make(before), make(after))).toBe(notifies);
  });

  it('puts a change at 3 s off to a minimum period of 10 s', () => {
    expect(run({ pmin: 10, pmax: 60 }, 20, [[3, 21]], 59)).toEqual([[10, 21]]);
  });

  it('notifies at a maximum period of 60 s without a change', () => {
    expect(run({ pmin: 10, pmax: 60 }, 20, [], 125)).toEqual([
      [60, 20],
      [120, 20],
    ]);
  });

  it('notifies at the maximum period when no threshold fires', () => {
    expect(
      run(
        { pmin: 0, pmax: 10, gt: 100 },
        1,
        [
          [2, 10],
          [4, 30],
          [6, 50],
        ],
        15,
      ),
    ).toEqual([[10, 50]]);
  });

  it('follows gt=45 and st=10 through one sequence', () => {
    const changes: [number, number][] = [20, 35, 40, 45, 50, 40, 35, 20].slice(1).map((value, i) => [i + 1, value]);
    expect(run({ gt: 45, st: 10 }, 20, changes)).toEqual([
      [1, 35],
      [3, 45],
      [4, 50],
      [5, 40],
      [7, 20],
    ]);
  });
});

describe('periods', () => {
  it('let every change through at once without attributes', () => {
    expect(
      run({}, 0, [
        [1, 1],
        [1.5, 2],
        [9, 2],
        [10, 3],
      ]),
    ).toEqual([
      [1, 1],
      [1.5, 2],
      [10, 3],
    ]);
  });

  it('report the latest value when the minimum has passed, and count from the report', () => {
    expect(
      run({ pmin: 3 }, 0, [
        [1, 1],
        [2, 2],
        [4, 4],
        [7, 7],
      ]),
    ).toEqual([
      [3, 2],
      [6, 4],
      [9, 7],
    ]);
  });

  it('report a value that returned, since a notification is owed', () => {
    expect(
      run({ pmin: 10 }, 5, [
        [2, 6],
        [4, 5],
      ]),
    ).toEqual([[10, 5]]);
  });

  it('start both anew with every notification', () => {
    expect(run({ pmin: 5, pmax: 20 }, 0, [[12, 1]], 50)).toEqual([
      [12, 1],
      [32, 1],
    ]);
  });

  it('go on steadily where minimum and maximum are equal and the enabler allows it', () => {
    const paths = [{ path: pathOf(LEVEL), attributes: { pmin: 5, pmax: 5 } }];
    const times = (terms: Terms): number[] => notifications(terms, { [LEVEL]: float(1) }, [], 12).map(([at]) => at);
    expect(times(termsOf(paths, '1.2'))).toEqual([5, 10]);
    expect(times(termsOf(paths, '1.1'))).toEqual([]);
  });

  it('forget a maximum below the minimum', () => {
    expect(run({ pmin: 10, pmax: 4 }, 0, [[1, 1]], 100)).toEqual([[10, 1]]);
  });

  it('never end early by the rounding of seconds', () => {
    let state = observed(single({ pmin: 0.1 }), content({ [LEVEL]: float(1) }), 0.2);
    state = onChange(state, content({ [LEVEL]: float(2) }), 0.25);
    expect(isDue(state, 0.2 + 0.1)).toBe(true);
    expect(isDue(state, 0.299)).toBe(false);
  });
});

describe('thresholds', () => {
  it('count crossings in both directions, a value on the threshold being on the near side', () => {
    const crossings = (attributes: NotificationAttributes, ...pairs: [number, number][]): boolean[] =>
      pairs.map(([a, b]) => isCandidate(attributes, float(a), float(a), float(b)));
    expect(crossings({ gt: 10 }, [9, 11], [11, 9], [10, 11], [11, 10], [9, 10], [11, 12])).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(crossings({ lt: 10 }, [11, 9], [9, 11], [10, 9], [9, 10], [11, 10], [8, 9])).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(crossings({ st: 10 }, [0, 10], [0, -10], [0, 9.99], [5, 5])).toEqual([true, true, false, false]);
  });

  it('compare with what was told, not with what was seen', () => {
    expect(
      run({ st: 10 }, 0, [
        [1, 4],
        [2, 8],
        [3, 12],
        [4, 16],
      ]),
    ).toEqual([[3, 12]]);
    expect(
      run({ pmin: 10, gt: 5 }, 0, [
        [1, 6],
        [11, 7],
        [12, 4],
      ]),
    ).toEqual([
      [10, 6],
      [20, 4],
    ]);
  });

  it('measure steps in decimals', () => {
    expect(isCandidate({ st: 0.1 }, float(0.2), float(0.2), float(0.3))).toBe(true);
    expect(isCandidate({ st: 0.1 }, float(1.1), float(1.1), float(1.2))).toBe(true);
    expect(isCandidate({ st: 0.1 }, float(0.2), float(0.2), float(0.29))).toBe(false);
    expect(isCandidate({ st: 1e-7 }, float(1e-7), float(1e-7), float(2e-7))).toBe(true);
    expect(isCandidate({ st: 1 }, float(1e21), float(1e21), float(1e21))).toBe(false);
  });

  it('compare 64-bit integers exactly', () => {
    const top = 2n ** 63n - 1n;
    expect(isCandidate({ st: 1 }, integer(top - 1n), integer(top - 1n), integer(top))).toBe(true);
    expect(isCandidate({ st: 1.5 }, integer(top - 1n), integer(top - 1n), integer(top))).toBe(false);
    expect(isCandidate({ gt: 2.5 }, unsigned(2), unsigned(2), unsigned(3))).toBe(true);
  });

  it('take values that are no numbers as they come', () => {
    expect(isCandidate({ gt: 5 }, float(Number.NaN), float(Number.NaN), float(6))).toBe(true);
    expect(isCandidate({ lt: 5 }, float(Number.NaN), float(Number.NaN), float(6))).toBe(false);
    expect(isCandidate({ st: 5 }, float(0), float(0), float(Infinity))).toBe(true);
    expect(isCandidate({ st: 5 }, float(Number.NaN), float(Number.NaN), float(1))).toBe(false);
  });

  it('have no say over types they do not fit', () => {
    const any = { gt: 1, lt: 0, st: 1, edge: 1 };
    expect(isCandidate(any, text('a'), text('a'), text('b'))).toBe(true);
    expect(isCandidate(any, text('a'), text('a'), text('a'))).toBe(false);
    expect(isCandidate(any, opaque(Uint8Array.of(1)), opaque(Uint8Array.of(1)), opaque(Uint8Array.of(2)))).toBe(true);
    expect(isCandidate(any, objlnk(3, 0), objlnk(3, 0), objlnk(3, 0))).toBe(false);
    expect(isCandidate({ edge: 1 }, integer(1), integer(1), integer(2))).toBe(true);
    expect(isCandidate({ gt: 1 }, boolean(false), boolean(false), boolean(true))).toBe(true);
  });
});

describe('edge', () => {
  const path = '/3342/0/5500';
  const times = (edge: number, values: boolean[], attributes: NotificationAttributes = {}): number[] =>
    notifications(
      single({ ...attributes, edge }, path),
      { [path]: boolean(false) },
      values.map((value, i) => ({ at: i + 1, set: { [path]: boolean(value) } })),
      100,
    ).map(([at]) => at);

  it('fires on the named transition only', () => {
    expect(times(1, [true, false, true, true])).toEqual([1, 3]);
    expect(times(0, [true, false, true, false])).toEqual([2, 4]);
  });

  it('fires again after a transition that was not told', () => {
    expect(times(1, [true, false, true, false, true])).toEqual([1, 3, 5]);
  });

  it('waits for the minimum period and reports the value of that time', () => {
    const told = notifications(
      single({ edge: 1, pmin: 10 }, path),
      { [path]: boolean(false) },
      [
        { at: 1, set: { [path]: boolean(true) } },
        { at: 2, set: { [path]: boolean(false) } },
      ],
      100,
    );
    expect(told).toEqual([[10, content({ [path]: boolean(false) })]]);
  });
});

describe('targets', () => {
  const device = { '/3/0/9': integer(50), '/3/0/7/0': integer(3800), '/3/0/7/1': integer(5000) };

  it('notify of any change in an instance or an object', () => {
    const changed = { ...device, '/3/0/9': integer(51) };
    for (const path of ['/3/0', '/3'])
      expect(notifications(single({}, path), device, [{ at: 1, set: changed }], 9)).toEqual([[1, content(changed)]]);
    expect(notifications(single({}, '/3/0/7'), device, [{ at: 1, set: changed }], 9)).toEqual([]);
  });

  it('judge a multiple resource instance by instance', () => {
    const terms = single({ st: 100 }, '/3/0/7');
    const step = (first: number, second: number): number =>
      notifications(
        terms,
        device,
        [{ at: 1, set: { ...device, '/3/0/7/0': integer(first), '/3/0/7/1': integer(second) } }],
        9,
      ).length;
    expect(step(3850, 5050)).toBe(0);
    expect(step(3900, 5000)).toBe(1);
    expect(step(3800, 4900)).toBe(1);
  });

  it('judge one instance of a multiple resource by itself', () => {
    const terms = single({ st: 100 }, '/3/0/7/1');
    const changed = { ...device, '/3/0/7/0': integer(0) };
    expect(notifications(terms, device, [{ at: 1, set: changed }], 9)).toEqual([]);
  });

  it('take instances that come and go as a change that no threshold can judge', () => {
    const more = { ...device, '/3/0/7/2': integer(1) };
    const other = { '/3/0/9': integer(50), '/3/0/7/0': integer(3800), '/3/0/7/5': integer(5000) };
    for (const attributes of [{}, { st: 100 }])
      for (const set of [more, other, {}])
        expect(notifications(single(attributes, '/3/0/7'), device, [{ at: 1, set }], 9)).toHaveLength(1);
  });

  it('pass over entries without a value', () => {
    const state = observed(single({}, '/3/0/9'), [{ path: pathOf('/3/0/9') }], 0);
    expect(onChange(state, [], 1).pending).toBe(false);
  });
});

describe('composite observations', () => {
  const values = { '/1/0/1': integer(60), '/3/0/9': integer(50), '/3/0/16': text('U') };
  const paths = (...attributes: NotificationAttributes[]): Terms =>
    termsOf(
      Object.keys(values).map((path, i) => ({ path: pathOf(path), attributes: attributes[i] ?? {} })),
      '1.1',
    );

  it('share their periods', () => {
    const events = [{ at: 50, set: { ...values, '/3/0/16': text('UT') } }];
    expect(notifications(paths({ pmin: 30, pmax: 45 }), values, events, 130).map(([at]) => at)).toEqual([45, 75, 120]);
  });

  it('keep thresholds to the path they stand on', () => {
    const terms = paths({ st: 100 }, { gt: 60 });
    const after = (changes: Record<string, Value>): number =>
      notifications(terms, values, [{ at: 1, set: { ...values, ...changes } }], 9).length;
    expect(after({ '/1/0/1': integer(90) })).toBe(0);
    expect(after({ '/3/0/9': integer(60) })).toBe(0);
    expect(after({ '/3/0/9': integer(61) })).toBe(1);
    expect(after({ '/3/0/16': text('T') })).toBe(1);
  });

  it('see an instance that is created within the minimum period', () => {
    const terms = termsOf(
      [
        { path: pathOf('/16/0'), attributes: { pmin: 30, pmax: 45 } },
        { path: pathOf('/16/1'), attributes: {} },
      ],
      '1.1',
    );
    const first = { '/16/0/0/0': text('aa') };
    const both = { ...first, '/16/1/0/0': text('11') };
    expect(notifications(terms, first, [{ at: 46, set: both }], 80)).toEqual([
      [45, content(first)],
      [75, content(both)],
    ]);
  });
});

describe('evaluation periods', () => {
  it('put evaluation off, and miss what is gone by then', () => {
    expect(
      run({ epmin: 5 }, 0, [
        [1, 9],
        [2, 0],
      ]),
    ).toEqual([]);
    expect(run({ epmin: 5 }, 0, [[1, 9]])).toEqual([[5, 9]]);
    expect(run({ epmin: 5 }, 0, [[7, 9]])).toEqual([[7, 9]]);
  });

  it('evaluate within epmax, also without being told of a change', () => {
    const state = observed(single({ epmax: 20 }), content({ [LEVEL]: float(1) }), 100);
    expect(nextDue(state, 100)).toBe(120);
    const later = onChange(state, content({ [LEVEL]: float(2) }), 120);
    expect(isDue(later, 120)).toBe(true);
  });

  it('leave no evaluation owed after a report', () => {
    let state = observed(single({ epmin: 5, pmax: 3 }), content({ [LEVEL]: float(1) }), 0);
    state = onChange(state, content({ [LEVEL]: float(2) }), 1);
    expect([state.changed, nextDue(state, 1)]).toEqual([true, 3]);
    state = reported(state, content({ [LEVEL]: float(2) }), 3);
    expect([state.changed, nextDue(state, 3)]).toEqual([false, 6]);
  });

  it('are as strict in a composite as its strictest path', () => {
    const terms = termsOf(
      [
        { path: [1], attributes: { epmin: 5, epmax: 60 } },
        { path: [3], attributes: { epmax: 20 } },
      ],
      '1.1',
    );
    expect([terms.evaluateAfter, terms.evaluateWithin]).toEqual([0, 20]);
  });
});

describe('nextDue', () => {
  it('is never without a change, a maximum or an evaluation period', () => {
    expect(nextDue(observed(single({ pmin: 10 }), content({ [LEVEL]: float(1) }), 0), 5)).toBeUndefined();
  });

  it('is now when the time has passed', () => {
    expect(nextDue(observed(single({ pmax: 10 }), content({ [LEVEL]: float(1) }), 0), 25)).toBe(25);
  });
});

describe('withTerms', () => {
  it('lets new attributes count from the last notification', () => {
    const events = [{ at: 7, terms: single({ pmax: 10 }) }];
    expect(notifications(single({ pmax: 100 }), { [LEVEL]: float(1) }, events, 25).map(([at]) => at)).toEqual([10, 20]);
  });

  it('keeps what is owed', () => {
    const events = [
      { at: 1, set: { [LEVEL]: float(9) } },
      { at: 2, terms: single({ pmin: 4, gt: 100 }) },
    ];
    expect(notifications(single({ pmin: 60 }), { [LEVEL]: float(1) }, events, 50).map(([at]) => at)).toEqual([4]);
  });
});

describe('whatever changes', () => {
  const attributes = fc.record(
    {
      pmin: fc.integer({ min: 0, max: 20 }),
      pmax: fc.integer({ min: 0, max: 40 }),
      st: fc.integer({ min: 1, max: 9 }),
      gt: fc.integer({ min: 0, max: 30 }),
      epmin: fc.integer({ min: 0, max: 5 }),
    },
    { requiredKeys: [] },
  );
  const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 40 })), {
    maxLength: 30,
  });

  it('keeps the minimum between notifications and never passes the maximum', () => {
    fc.assert(
      fc.property(attributes, changes, (asked, made) => {
        const script = [...made].sort((a, b) => a[0] - b[0]);
        const terms = single(asked);
        const times = [0, ...run(asked, 10, script, 300).map(([at]) => at)];
        for (const [i, at] of times.entries()) {
          const gap = at - (times[i - 1] ?? at);
          if (i > 0) expect(gap).toBeGreaterThanOrEqual(terms.minimum);
          expect(gap).toBeLessThanOrEqual(terms.maximum);
        }
        if (terms.maximum <= 300) expect(300 - (times.at(-1) ?? 0)).toBeLessThan(terms.maximum);
      }),
    );
  });

  it('leaves the earlier states alone', () => {
    fc.assert(
      fc.property(attributes, (asked) => {
        const state: ObservationState = Object.freeze(observed(single(asked), content({ [LEVEL]: float(1) }), 0));
        const next = onChange(state, content({ [LEVEL]: float(30) }), 50);
        expect(next).not.toBe(state);
        expect(state.reported).toEqual(content({ [LEVEL]: float(1) }));
      }),
    );
  });
});
