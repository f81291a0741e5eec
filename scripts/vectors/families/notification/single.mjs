/** One resource, one server: periods, thresholds, edges. */
import { string } from '../../lib/values.mjs';
import { battery, changes, count, COUNTER, degrees, OBSERVE, on, scene, SPEC, SWITCH, TEMPERATURE } from './write.mjs';

/** @typedef {import('./write.mjs').Group} Group */

const FORGET = /** @type {[import('./write.mjs').Policy, string][]} */ ([
  [{}, 'what is owed stays owed'],
  [{ forget: true }, 'nothing has changed in the end'],
]);

/** @param {Group} group */
function periods(group) {
  group('periods', 'pmin and pmax', { context: OBSERVE, flags: ['Period'], spec: SPEC }, (v) => {
    const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
      scene(v, OBSERVE, name, comment, { initial: [battery(50)], end: 100, events: [], ...more });
    run('no-attributes', 'each change at once', {
      events: changes(battery, [
        [10, 49],
        [20, 48],
        [21, 47],
      ]),
      flags: ['Basic'],
    });
    run('no-change', 'no attribute, no change', { flags: ['Basic'] });
    run('same-value-again', 'a value that is written again is no change', {
      events: changes(battery, [
        [10, 50],
        [20, 50],
        [30, 49],
      ]),
      flags: ['Basic'],
    });
    run('first-answer-is-none', 'the first answer is no notification and starts the periods', {
      query: 'pmin=10',
      events: changes(battery, [[1, 49]]),
      end: 30,
    });
    run('pmin-holds', 'a change inside pmin is held', {
      query: 'pmin=10',
      events: changes(battery, [[3, 49]]),
      end: 30,
    });
    run('pmin-latest-value', 'two changes inside pmin are one report, of the second', {
      query: 'pmin=10',
      events: changes(battery, [
        [3, 49],
        [6, 48],
      ]),
      end: 30,
    });
    run('pmin-many', 'ten changes inside pmin are one report', {
      query: 'pmin=20',
      events: changes(
        battery,
        Array.from({ length: 10 }, (_, i) => [i + 1, 49 - i]),
      ),
      end: 60,
    });
    run('pmin-passed', 'a change after pmin is reported at once', {
      query: 'pmin=10',
      events: changes(battery, [[15, 49]]),
      end: 40,
    });
    run('pmin-exactly', 'a change in the moment pmin ends', {
      query: 'pmin=10',
      events: changes(battery, [[10, 49]]),
      end: 40,
    });
    run('pmin-restarts', 'pmin counts from the last report', {
      query: 'pmin=10',
      events: changes(battery, [
        [15, 49],
        [20, 48],
      ]),
      end: 60,
    });
    run('pmin-0', 'pmin=0 holds nothing', {
      query: 'pmin=0',
      events: changes(battery, [
        [1, 49],
        [2, 48],
      ]),
      end: 10,
    });
    run('pmin-1', 'pmin=1', {
      query: 'pmin=1',
      events: changes(battery, [
        [0.5, 49],
        [3, 48],
        [3.5, 47],
      ]),
      end: 10,
    });
    run('pmin-return', 'a change that returns inside pmin', {
      query: 'pmin=10',
      events: changes(battery, [
        [3, 49],
        [6, 50],
      ]),
      end: 40,
      readings: FORGET,
      flags: ['Return'],
    });
    run('pmax-alone', 'a report at each pmax without a change', { query: 'pmax=30' });
    run('pmax-restarts', 'a change starts pmax anew', { query: 'pmax=30', events: changes(battery, [[20, 49]]) });
    run('pmax-0', 'pmax=0 is none', { query: 'pmax=0', events: changes(battery, [[20, 49]]) });
    run('pmin-and-pmax', 'both, no change', { query: 'pmin=10&pmax=60', end: 130 });
    run('pmin-and-pmax-change', 'both, a change inside pmin', {
      query: 'pmin=10&pmax=60',
      events: changes(battery, [[3, 49]]),
      end: 80,
    });
    run('pmin-and-pmax-busy', 'both, a change each second', {
      query: 'pmin=10&pmax=60',
      events: changes(
        battery,
        Array.from({ length: 25 }, (_, i) => [i + 1, 49 - i]),
      ),
      end: 60,
    });
    run('pmin-equals-pmax', 'pmin=pmax=20: each 20 seconds', {
      query: 'pmin=20&pmax=20',
      events: changes(battery, [[5, 49]]),
      readings: [
        [{}, '1.0 and 1.2: pmax may equal pmin'],
        [{ ignoreEqualPeriods: true }, '1.1: pmax must be greater, else it is ignored'],
      ],
      flags: ['EqualPeriods'],
      end: 70,
    });
    run('pmin-above-pmax', 'pmin=30, pmax=10: pmax is ignored', {
      query: 'pmin=30&pmax=10',
      events: changes(battery, [[5, 49]]),
      flags: ['EqualPeriods'],
    });
    run('defaults', 'the periods of the Server object', {
      defaults: { pmin: '10', pmax: '60' },
      events: changes(battery, [[3, 49]]),
      flags: ['Defaults'],
    });
    run('defaults-pmax', 'the maximum period of the Server object', { defaults: { pmax: '40' }, flags: ['Defaults'] });
    run('defaults-beaten', 'an attribute beats a default', {
      defaults: { pmin: '10', pmax: '60' },
      query: 'pmin=0',
      events: changes(battery, [[3, 49]]),
      flags: ['Defaults'],
    });
    run('defaults-one-each', 'an attribute and the other default', {
      defaults: { pmin: '10', pmax: '60' },
      query: 'pmax=30',
      events: changes(battery, [[3, 49]]),
      flags: ['Defaults'],
    });
    run('defaults-pmax-0', 'pmax=0 takes the default maximum away', {
      defaults: { pmax: '20' },
      query: 'pmax=0',
      flags: ['Defaults'],
    });
    run('half-seconds', 'changes between seconds', {
      query: 'pmin=2',
      events: changes(battery, [
        [0.5, 49],
        [1.5, 48],
        [3.5, 47],
      ]),
      end: 10,
    });
    scene(v, OBSERVE, 'pmax-2p31', 'a maximum of 2^31 seconds', {
      query: 'pmax=2147483648',
      initial: [battery(50)],
      events: changes(battery, [[1048576, 49]]),
      end: 2147483648 + 2 * 1048576,
      flags: ['Limit'],
    });
  });
}

/** @param {Group} group */
function thresholds(group) {
  group('gt', 'gt', { context: OBSERVE, flags: ['Crossing'], spec: SPEC }, (v) => {
    const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
      scene(v, OBSERVE, name, comment, { initial: [battery(40)], end: 100, ...more });
    const BOTH = /** @type {[import('./write.mjs').Policy, string][]} */ ([
      [{}, 'a crossing is one in either direction'],
      [{ oneWay: true }, 'drafts of 1.2 have gt upwards and lt downwards alone'],
    ]);
    run('gt-up', 'upwards', {
      query: 'gt=45',
      events: changes(battery, [
        [10, 44],
        [20, 46],
      ]),
    });
    run('gt-stays-above', 'changes above it', {
      query: 'gt=45',
      events: changes(battery, [
        [10, 50],
        [20, 60],
        [30, 70],
      ]),
    });
    run('gt-stays-below', 'changes below it', {
      query: 'gt=45',
      events: changes(battery, [
        [10, 41],
        [20, 44],
        [30, 1],
      ]),
    });
    run('gt-down', 'downwards', {
      query: 'gt=45',
      initial: [battery(50)],
      events: changes(battery, [
        [10, 48],
        [20, 42],
      ]),
      readings: BOTH,
      flags: ['Crossing', 'OneWay'],
    });
    run('gt-up-and-down', 'upwards, then downwards', {
      query: 'gt=45',
      events: changes(battery, [
        [10, 50],
        [20, 40],
        [30, 50],
      ]),
      readings: BOTH,
      flags: ['Crossing', 'OneWay'],
    });
    run('gt-starts-above', 'above it from the start', {
      query: 'gt=45',
      initial: [battery(90)],
      events: changes(battery, [
        [10, 91],
        [20, 80],
      ]),
    });
    run('gt-no-change-no-report', 'above it without a change', { query: 'gt=45', initial: [battery(90)], events: [] });
    run('gt-reach-and-leave', 'onto the threshold, then beyond', {
      query: 'gt=45',
      events: changes(battery, [
        [10, 45],
        [20, 46],
      ]),
      readings: [
        [{}, 'greater than: leaving it counts'],
        [{ edgeOfThreshold: 'reach' }, 'reaching it counts'],
      ],
      flags: ['Landing'],
    });
    run('gt-from-threshold', 'from the threshold upwards, as the TS has it (45 to 50)', {
      query: 'gt=45',
      initial: [battery(45)],
      events: changes(battery, [[10, 50]]),
      spec: ['transport-1.2.2 6.4.4 MUST', 'core-1.2.2 7.3.2 MUST'],
    });
    run('gt-with-pmin', 'a crossing inside pmin is held', {
      query: 'gt=45&pmin=10',
      events: changes(battery, [[3, 50]]),
    });
    run('gt-with-pmin-return', 'a crossing that returns inside pmin', {
      query: 'gt=45&pmin=10',
      events: changes(battery, [
        [3, 50],
        [6, 40],
      ]),
      readings: FORGET,
      flags: ['Return'],
    });
    run('gt-with-pmax', 'pmax reports without a crossing', {
      query: 'gt=45&pmax=30',
      events: changes(battery, [
        [5, 41],
        [12, 43],
      ]),
    });
    run('gt-100-pmax-10', 'no crossing: pmax alone', {
      query: 'pmin=0&pmax=10&gt=100',
      initial: [battery(1)],
      events: changes(battery, [
        [2, 10],
        [4, 30],
        [6, 50],
      ]),
      end: 25,
    });
    run('gt-0', 'gt=0', { query: 'gt=0', initial: [battery(0)], events: changes(battery, [[10, 1]]) });
  });
  group('lt', 'lt', { context: OBSERVE, flags: ['Crossing'], spec: SPEC }, (v) => {
    const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
      scene(v, OBSERVE, name, comment, { initial: [battery(40)], end: 100, ...more });
    const BOTH = /** @type {[import('./write.mjs').Policy, string][]} */ ([
      [{}, 'a crossing is one in either direction'],
      [{ oneWay: true }, 'drafts of 1.2 have gt upwards and lt downwards alone'],
    ]);
    run('lt-down', 'downwards', {
      query: 'lt=20',
      events: changes(battery, [
        [10, 21],
        [20, 19],
      ]),
    });
    run('lt-up', 'upwards', {
      query: 'lt=20',
      initial: [battery(10)],
      events: changes(battery, [
        [10, 19],
        [20, 25],
      ]),
      readings: BOTH,
      flags: ['Crossing', 'OneWay'],
    });
    run('lt-stays-below', 'changes below it', {
      query: 'lt=20',
      initial: [battery(10)],
      events: changes(battery, [
        [10, 9],
        [20, 15],
      ]),
    });
    run('lt-reach-and-leave', 'onto the threshold, then below', {
      query: 'lt=20',
      events: changes(battery, [
        [10, 20],
        [20, 19],
      ]),
      readings: [
        [{}, 'less than: leaving it counts'],
        [{ edgeOfThreshold: 'reach' }, 'reaching it counts'],
      ],
      flags: ['Landing'],
    });
    run('lt-with-pmin', 'a crossing inside pmin is held', {
      query: 'lt=20&pmin=10',
      events: changes(battery, [[3, 10]]),
    });
    run('band-leave-above', 'a band, left upwards', {
      query: 'lt=20&gt=80',
      events: changes(battery, [
        [10, 60],
        [20, 85],
      ]),
    });
    run('band-leave-below', 'a band, left downwards', {
      query: 'lt=20&gt=80',
      events: changes(battery, [
        [10, 30],
        [20, 15],
      ]),
    });
    run('band-jump', 'from above the band to below it', {
      query: 'lt=20&gt=80',
      initial: [battery(90)],
      events: changes(battery, [[10, 10]]),
    });
    run('band-return', 'back into the band', {
      query: 'lt=20&gt=80',
      initial: [battery(90)],
      events: changes(battery, [[10, 50]]),
      readings: BOTH,
      flags: ['Crossing', 'OneWay'],
    });
    run('band-inside', 'inside the band', {
      query: 'lt=20&gt=80',
      events: changes(battery, [
        [10, 30],
        [20, 70],
        [30, 21],
      ]),
    });
  });
  group('st', 'st', { context: OBSERVE, flags: ['Step'], spec: SPEC }, (v) => {
    const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
      scene(v, OBSERVE, name, comment, { initial: [battery(50)], end: 100, ...more });
    run('st-below', 'less than a step', {
      query: 'st=10',
      events: changes(battery, [
        [10, 55],
        [20, 59],
        [30, 41],
      ]),
    });
    run('st-equal', 'exactly a step', { query: 'st=10', events: changes(battery, [[10, 60]]) });
    run('st-above', 'more than a step', { query: 'st=10', events: changes(battery, [[10, 75]]) });
    run('st-down', 'a step downwards', { query: 'st=10', events: changes(battery, [[10, 40]]) });
    run('st-from-reported', 'steps count from the value that was reported', {
      query: 'st=10',
      events: changes(battery, [
        [10, 55],
        [20, 59],
        [30, 60],
        [40, 65],
        [50, 70],
      ]),
      flags: ['Step', 'Reference'],
    });
    run('st-creep', 'many small changes are a step together', {
      query: 'st=10',
      events: changes(
        battery,
        Array.from({ length: 25 }, (_, i) => [i + 1, 51 + i]),
      ),
      flags: ['Step', 'Reference'],
    });
    run('st-after-pmax', 'a report at pmax is the new reference', {
      query: 'st=10&pmax=20',
      events: changes(battery, [
        [5, 58],
        [25, 62],
        [30, 69],
      ]),
      flags: ['Step', 'Reference'],
    });
    run('st-with-pmin', 'a step inside pmin is held', { query: 'st=10&pmin=10', events: changes(battery, [[3, 70]]) });
    run('st-with-pmin-return', 'a step that returns inside pmin', {
      query: 'st=10&pmin=10',
      events: changes(battery, [
        [3, 70],
        [6, 52],
      ]),
      readings: FORGET,
      flags: ['Return'],
    });
    run('st-1', 'a step of one', {
      query: 'st=1',
      events: changes(battery, [
        [10, 51],
        [20, 52],
      ]),
    });
    const temperature = { model: 'temp', path: TEMPERATURE };
    run('st-decimal', 'a step of half a degree', {
      context: temperature,
      query: 'st=0.5',
      initial: [degrees(20)],
      events: changes(degrees, [
        [10, 20.25],
        [20, 20.5],
        [30, 20.75],
        [40, 21],
      ]),
      flags: ['Numbers'],
    });
    run('st-tenths', 'from 0.2 to 0.3 with a step of 0.1', {
      context: temperature,
      query: 'st=0.1',
      initial: [degrees(0.2)],
      events: changes(degrees, [[10, 0.3]]),
      readings: [
        [{}, 'the decimals make a step'],
        [{ binary: true }, 'the doubles are a little nearer'],
      ],
      flags: ['Numbers'],
    });
    run('st-decimal-on-integer', 'a step of 2.5 on an Integer', {
      query: 'st=2.5',
      events: changes(battery, [
        [10, 52],
        [20, 53],
      ]),
      flags: ['Numbers'],
    });
  });
  group(
    'together',
    'gt, lt and st',
    { context: OBSERVE, flags: ['Crossing', 'Step'], spec: [...SPEC, 'transport-1.2.2 6.4.4 MUST'] },
    (v) => {
      /** The sequences of the TS: before, after. @type {[string, string, number, number][]} */
      const cases = [
        ['gt45-20-35', 'gt=45&st=10', 20, 35],
        ['gt45-35-40', 'gt=45&st=10', 35, 40],
        ['gt45-45-50', 'gt=45&st=10', 45, 50],
        ['gt45-50-40', 'gt=45&st=10', 50, 40],
        ['gt45-35-20', 'gt=45&st=10', 35, 20],
        ['band-24-27', 'lt=20&gt=85&st=10', 24, 27],
        ['band-75-90', 'lt=20&gt=85&st=10', 75, 90],
        ['band-50-10', 'lt=20&gt=85&st=10', 50, 10],
        ['band-87-99', 'lt=20&gt=85&st=10', 87, 99],
      ];
      for (const [name, query, before, after] of cases)
        scene(v, OBSERVE, `worked-${name}`, `${query}: from ${before} to ${after}`, {
          query,
          initial: [battery(before)],
          events: changes(battery, [[10, after]]),
          end: 30,
        });
      scene(v, OBSERVE, 'worked-band-17-24', 'lt=20, gt=85, st=10: from 17 to 24', {
        query: 'lt=20&gt=85&st=10',
        initial: [battery(17)],
        events: changes(battery, [[10, 24]]),
        end: 30,
        readings: [
          [{}, 'a crossing upwards is one'],
          [{ oneWay: true }, 'drafts of 1.2 have lt downwards alone'],
        ],
        flags: ['Crossing', 'OneWay'],
      });
      scene(v, OBSERVE, 'worked-sequence', 'gt=45, st=10, pmin=5: up, no, down, up, no, step, held until pmin', {
        query: 'pmin=5&gt=45&st=10',
        initial: [battery(40)],
        events: changes(battery, [
          [10, 50],
          [20, 55],
          [30, 42],
          [40, 51],
          [50, 58],
          [60, 62],
          [62, 80],
        ]),
        end: 100,
        readings: [
          [{}, 'a crossing is one in either direction'],
          [{ oneWay: true }, 'drafts of 1.2 have gt upwards alone'],
        ],
        flags: ['Crossing', 'Step', 'OneWay'],
      });
      scene(v, OBSERVE, 'all-attributes', 'all of 1.0 at once', {
        query: 'pmin=5&pmax=50&gt=80&lt=20&st=15',
        initial: [battery(50)],
        events: changes(battery, [
          [2, 60],
          [4, 66],
          [30, 70],
          [40, 85],
          [42, 90],
        ]),
        end: 150,
      });
    },
  );
  group('numbers', 'Thresholds and kinds of numbers', { context: OBSERVE, flags: ['Numbers'], spec: SPEC }, (v) => {
    const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
      scene(v, OBSERVE, name, comment, { end: 60, ...more });
    run('gt-decimal-on-integer', 'gt=45.5 on an Integer', {
      query: 'gt=45.5',
      initial: [battery(40)],
      events: changes(battery, [
        [10, 45],
        [20, 46],
      ]),
    });
    const unsigned = { model: 'test', path: COUNTER };
    run('gt-near-2p64', 'a threshold near 2^64', {
      context: unsigned,
      query: 'gt=18446744073709551000',
      initial: [count('18446744073709550000')],
      events: changes(count, [
        [10, '18446744073709550999'],
        [20, '18446744073709551615'],
      ]),
      outcomes: [
        {
          decoded: {
            kind: 'timeline',
            notifications: [{ earliest: '20', latest: '21', nodes: [count('18446744073709551615')], cause: 'gt' }],
          },
          why: 'exact',
        },
        {
          decoded: { kind: 'timeline', notifications: [] },
          why: 'a threshold kept as a double is 2^64, which no unsigned integer passes',
        },
      ],
    });
    run('st-beyond-2p53', 'a step of one beyond 2^53', {
      context: unsigned,
      query: 'st=1',
      initial: [count('9007199254740992')],
      events: changes(count, [[10, '9007199254740993']]),
    });
    const temperature = { model: 'temp', path: TEMPERATURE };
    run('gt-float', 'gt=21.5 on a Float', {
      context: temperature,
      query: 'gt=21.5',
      initial: [degrees(21)],
      events: changes(degrees, [
        [10, 21.25],
        [20, 21.75],
      ]),
    });
    run('lt-negative', 'lt=-5.5', {
      context: temperature,
      query: 'lt=-5.5',
      initial: [degrees(-5)],
      events: changes(degrees, [
        [10, -5.25],
        [20, -6],
      ]),
      flags: ['Numbers', 'Sign'],
    });
    run('gt-infinity', 'infinity is above every threshold', {
      context: temperature,
      query: 'gt=100',
      initial: [degrees(20)],
      events: changes(degrees, [[10, Infinity]]),
    });
    run('gt-nan', 'NaN is on no side of a threshold', {
      context: temperature,
      query: 'gt=100',
      initial: [degrees(20)],
      events: changes(degrees, [
        [10, NaN],
        [20, 101],
      ]),
      outcomes: [
        {
          decoded: {
            kind: 'timeline',
            notifications: [{ earliest: '20', latest: '21', nodes: [degrees(101)], cause: 'gt' }],
          },
          why: 'not greater, so nothing is crossed',
        },
        {
          decoded: {
            kind: 'timeline',
            notifications: [
              { earliest: '10', latest: '11', nodes: [degrees(NaN)], cause: 'change' },
              { earliest: '20', latest: '21', nodes: [degrees(101)], cause: 'change' },
            ],
          },
          why: 'what no threshold judges is a change',
        },
      ],
    });
    run('any-change-float', 'without thresholds any change reports', {
      context: temperature,
      initial: [degrees(20)],
      events: changes(degrees, [[10, 20.0000001]]),
      flags: ['Basic'],
    });
    run('minus-zero', 'from 0 to -0', {
      context: temperature,
      initial: [degrees(0)],
      events: changes(degrees, [[10, -0]]),
      outcomes: [
        { decoded: { kind: 'timeline', notifications: [] }, why: 'the numbers are equal' },
        {
          decoded: {
            kind: 'timeline',
            notifications: [{ earliest: '10', latest: '11', nodes: [degrees(-0)], cause: 'change' }],
          },
          why: 'the bits differ',
        },
      ],
    });
    run('string-change', 'a String has no thresholds: any change reports', {
      context: { model: 'device', path: '/3/0/14' },
      initial: [string('/3/0/14', '+01:00')],
      events: [{ at: '10', set: [string('/3/0/14', '+02:00')] }],
      flags: ['Basic'],
    });
  });
  group(
    'edge',
    'edge',
    {
      context: { ...OBSERVE, model: 'test', path: SWITCH, enabler: ['1.2'] },
      flags: ['Edge'],
      spec: ['core-1.2.2 7.3.2 MUST'],
    },
    (v) => {
      const observed = { ...OBSERVE, path: SWITCH };
      const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
        scene(v, observed, name, comment, { initial: [on(false)], end: 60, ...more });
      run('edge-rising', 'edge=1: from false to true', { query: 'edge=1', events: changes(on, [[10, true]]) });
      run('edge-rising-not-falling', 'edge=1: not from true to false', {
        query: 'edge=1',
        initial: [on(true)],
        events: changes(on, [
          [10, false],
          [20, true],
        ]),
      });
      run('edge-falling', 'edge=0: from true to false', {
        query: 'edge=0',
        initial: [on(true)],
        events: changes(on, [[10, false]]),
      });
      run('edge-falling-not-rising', 'edge=0: not from false to true', {
        query: 'edge=0',
        events: changes(on, [
          [10, true],
          [20, false],
        ]),
      });
      run('edge-repeated', 'edge=1: each time', {
        query: 'edge=1',
        events: changes(on, [
          [10, true],
          [15, false],
          [20, true],
          [25, false],
          [30, true],
        ]),
      });
      run('edge-with-pmin', 'an edge inside pmin is held', {
        query: 'edge=1&pmin=20',
        events: changes(on, [[5, true]]),
      });
      run('edge-with-pmax', 'pmax reports without an edge', { query: 'edge=1&pmax=25' });
      run('edge-none', 'without edge both directions report', {
        events: changes(on, [
          [10, true],
          [20, false],
        ]),
        flags: ['Basic'],
      });
      run('edge-pulse-in-pmin', 'an edge that returns inside pmin', {
        query: 'edge=1&pmin=20',
        events: changes(on, [
          [5, true],
          [8, false],
        ]),
        readings: FORGET_EDGE,
        flags: ['Return'],
      });
    },
  );
}

const FORGET_EDGE = /** @type {[import('./write.mjs').Policy, string][]} */ ([
  [{}, 'an edge has been'],
  [{ forget: true }, 'nothing has changed in the end'],
]);

/** @param {Group} group */
export function single(group) {
  periods(group);
  thresholds(group);
}
