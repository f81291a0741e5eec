/** Levels, several resources, several servers, changes of attributes, clients that are away. */
import { at, integer, string, timeline } from '../../lib/values.mjs';
import { battery, changes, LEVEL, OBSERVE, scene, SPEC } from './write.mjs';

/** @typedef {import('./write.mjs').Group} Group */

const power = (/** @type {number} */ index, /** @type {number} */ value) => integer(`/3/0/7/${index}`, value);
const memory = (/** @type {number} */ value) => integer('/3/0/10', value);

/** @param {Group} group */
function levels(group) {
  group(
    'levels',
    'Attributes of the levels above',
    { context: OBSERVE, flags: ['Inherited'], spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.1 MUST'] },
    (v) => {
      const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
        scene(v, OBSERVE, name, comment, {
          initial: [battery(50)],
          end: 60,
          events: changes(battery, [[3, 49]]),
          ...more,
        });
      run('object-to-resource', 'of the object', { attributes: [{ path: '/3', query: 'pmin=10' }] });
      run('instance-to-resource', 'of the instance', { attributes: [{ path: '/3/0', query: 'pmin=10' }] });
      run('instance-beats-object', 'the instance beats the object', {
        attributes: [
          { path: '/3', query: 'pmin=30' },
          { path: '/3/0', query: 'pmin=10' },
        ],
      });
      run('resource-beats-instance', 'the resource beats the instance', {
        attributes: [
          { path: '/3/0', query: 'pmin=30' },
          { path: LEVEL, query: 'pmin=0' },
        ],
      });
      run('each-by-itself', 'each attribute comes from its nearest level', {
        attributes: [
          { path: '/3', query: 'pmin=10&pmax=20' },
          { path: LEVEL, query: 'pmax=40' },
        ],
      });
      run('attributes-beat-defaults', 'an attribute of the object beats the default', {
        attributes: [{ path: '/3', query: 'pmin=5' }],
        defaults: { pmin: '20' },
      });
      run('default-fills', 'a default fills what no level has', {
        attributes: [{ path: '/3', query: 'pmax=40' }],
        defaults: { pmin: '10' },
      });
      run('unset-falls-back', 'without its own the resource has that of the instance', {
        attributes: [
          { path: '/3/0', query: 'pmin=10' },
          { path: LEVEL, query: 'pmin=30' },
          { path: LEVEL, query: 'pmin' },
        ],
      });
      run('other-resource', 'those of another resource do not count', {
        attributes: [{ path: '/3/0/10', query: 'pmin=30' }],
      });
      run('other-object', 'those of another object do not count', { attributes: [{ path: '/1', query: 'pmin=30' }] });
      const single = { ...OBSERVE, path: '/3/0/7/1', enabler: ['1.1', '1.2'] };
      scene(v, single, 'resource-to-resource-instance', 'of the resource, for one of its instances', {
        context: { path: '/3/0/7/1', enabler: ['1.1', '1.2'] },
        attributes: [{ path: '/3/0/7', query: 'st=100' }],
        initial: [power(0, 3800), power(1, 5000)],
        events: [
          { at: '10', set: [power(1, 5050)] },
          { at: '20', set: [power(1, 5100)] },
        ],
        end: 40,
      });
      scene(v, single, 'resource-instance-beats', 'the resource instance beats the resource', {
        context: { path: '/3/0/7/1', enabler: ['1.1', '1.2'] },
        attributes: [
          { path: '/3/0/7', query: 'st=100' },
          { path: '/3/0/7/1', query: 'st=10' },
        ],
        initial: [power(0, 3800), power(1, 5000)],
        events: [{ at: '10', set: [power(1, 5050)] }],
        end: 40,
      });
      scene(v, single, 'other-instance', 'a change of another instance', {
        context: { path: '/3/0/7/1', enabler: ['1.1', '1.2'] },
        attributes: [],
        initial: [power(0, 3800), power(1, 5000)],
        events: [{ at: '10', set: [power(0, 3700)] }],
        end: 40,
      });
    },
  );
}

/** @param {Group} group */
function containers(group) {
  const device = { ...OBSERVE, path: '/3/0' };
  const initial = [string('/3/0/0', 'Example Corp'), battery(50), memory(100)];
  group('instance', 'An instance or an object', { context: device, flags: ['Container'], spec: SPEC }, (v) => {
    const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
      scene(v, device, name, comment, { initial, end: 60, ...more });
    run('instance-any-change', 'a change of any resource reports them all', {
      events: [
        { at: '10', set: [battery(49)] },
        { at: '20', set: [memory(99)] },
      ],
    });
    run('instance-two-at-once', 'two changes at once are one report', {
      events: [{ at: '10', set: [battery(49), memory(99)] }],
    });
    run('instance-pmin', 'changes of two resources inside pmin are one report', {
      query: 'pmin=20',
      events: [
        { at: '5', set: [battery(49)] },
        { at: '10', set: [memory(99)] },
      ],
    });
    run('instance-pmax', 'pmax of an instance', { query: 'pmax=25', events: [] });
    run('instance-below-ignored', 'attributes below what is observed do not count', {
      attributes: [{ path: LEVEL, query: 'pmin=30&gt=90' }],
      events: [{ at: '10', set: [battery(49)] }],
      flags: ['Container', 'Inherited'],
      spec: ['core-1.2.2 6.4.2 MUST'],
    });
    const object = { context: { model: 'server', path: '/1' } };
    const lifetimes = (/** @type {number} */ instance, /** @type {number} */ value) =>
      integer(`/1/${instance}/1`, value);
    scene(v, { ...device, path: '/1' }, 'object-any-instance', 'an object: a change in any instance', {
      ...object,
      attributes: [],
      initial: [lifetimes(0, 60), lifetimes(1, 90)],
      events: [{ at: '10', set: [lifetimes(1, 120)] }],
      end: 40,
    });
    scene(v, { ...device, path: '/1' }, 'object-instance-made', 'an object: a new instance', {
      ...object,
      attributes: [],
      initial: [lifetimes(0, 60)],
      events: [{ at: '10', set: [lifetimes(1, 90)] }],
      end: 40,
    });
    scene(v, { ...device, path: '/1' }, 'object-instance-deleted', 'an object: an instance goes', {
      ...object,
      attributes: [],
      initial: [lifetimes(0, 60), lifetimes(1, 90)],
      events: [{ at: '10', remove: ['/1/1'] }],
      end: 40,
    });
  });
  const multiple = { ...OBSERVE, path: '/3/0/7' };
  group('multiple', 'A resource with instances', { context: multiple, flags: ['Multiple'], spec: SPEC }, (v) => {
    const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
      scene(v, multiple, name, comment, { initial: [power(0, 3800), power(1, 5000)], end: 60, ...more });
    run('multiple-one-changes', 'one instance changes, all are told', {
      events: [{ at: '10', set: [power(1, 4900)] }],
    });
    run('multiple-threshold', 'each instance is judged by itself', {
      query: 'gt=5500',
      events: [
        { at: '10', set: [power(0, 5400)] },
        { at: '20', set: [power(1, 5600)] },
      ],
    });
    run('multiple-step', 'a step of one instance', {
      query: 'st=500',
      events: [
        { at: '10', set: [power(0, 3900), power(1, 5100)] },
        { at: '20', set: [power(0, 4300)] },
      ],
    });
    run('multiple-added', 'a new instance', { events: [{ at: '10', set: [power(2, 1200)] }] });
    run('multiple-removed', 'an instance goes', { events: [{ at: '10', remove: ['/3/0/7/1'] }] });
    run('multiple-added-with-threshold', 'a new instance under a threshold', {
      query: 'gt=5500',
      events: [{ at: '10', set: [power(2, 1200)] }],
      flags: ['Multiple', 'Ambiguous'],
      outcomes: [
        {
          decoded: timeline({
            earliest: '10',
            latest: '11',
            nodes: [power(0, 3800), power(1, 5000), power(2, 1200)],
            cause: 'change',
          }),
          why: 'no threshold can judge what was not there',
        },
        { decoded: timeline(), why: 'it crosses nothing' },
      ],
    });
  });
}

/** @param {Group} group */
function servers(group) {
  group(
    'servers',
    'Two servers',
    { context: OBSERVE, flags: ['Servers'], spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1 MUST'] },
    (v) => {
      const observe = [
        { paths: [LEVEL], server: 1 },
        { paths: [LEVEL], server: 2 },
      ];
      const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
        scene(v, OBSERVE, name, comment, {
          observe,
          initial: [battery(50)],
          events: changes(battery, [[3, 49]]),
          end: 60,
          ...more,
        });
      run('servers-own-pmin', 'each has its own pmin', {
        attributes: [
          { path: LEVEL, query: 'pmin=10', server: 1 },
          { path: LEVEL, query: 'pmin=20', server: 2 },
        ],
      });
      run('servers-one-has-none', 'one has none', { attributes: [{ path: LEVEL, query: 'pmin=10', server: 1 }] });
      run('servers-own-threshold', 'each has its own threshold', {
        attributes: [
          { path: LEVEL, query: 'gt=60', server: 1 },
          { path: LEVEL, query: 'gt=80', server: 2 },
        ],
        events: changes(battery, [
          [10, 70],
          [20, 90],
        ]),
      });
      run('servers-own-pmax', 'each has its own pmax', {
        attributes: [
          { path: LEVEL, query: 'pmax=20', server: 1 },
          { path: LEVEL, query: 'pmax=30', server: 2 },
        ],
        events: [],
      });
      run('servers-cancel-one', 'one cancels, the other goes on', {
        attributes: [],
        events: [
          { at: '10', happens: 'cancel', server: 1 },
          { at: '20', set: [battery(40)] },
        ],
      });
      run('servers-later', 'one observes later: its periods count from then', {
        attributes: [
          { path: LEVEL, query: 'pmax=20', server: 1 },
          { path: LEVEL, query: 'pmax=20', server: 2 },
        ],
        observe: [
          { paths: [LEVEL], server: 1 },
          { paths: [LEVEL], server: 2, at: '5' },
        ],
        events: [],
      });
    },
  );
  group(
    'composite',
    'Observe-Composite',
    {
      context: { ...OBSERVE, model: 'core', path: '/', operation: 'observe-composite', enabler: ['1.1', '1.2'] },
      flags: ['Composite'],
      spec: ['core-1.2.2 6.4.4 MUST', 'core-1.1.1 6.4.4 MUST'],
    },
    (v) => {
      const composite = { ...OBSERVE, path: '/' };
      const lifetime = (/** @type {number} */ value) => integer('/1/0/1', value);
      const observe = [{ paths: [LEVEL, '/1/0/1'] }];
      const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
        scene(v, composite, name, comment, {
          observe,
          attributes: [],
          initial: [battery(50), lifetime(60)],
          end: 60,
          ...more,
        });
      run('composite-one-changes', 'one path changes, all are told', {
        events: [
          { at: '10', set: [battery(49)] },
          { at: '20', set: [lifetime(90)] },
        ],
      });
      run('composite-both-at-once', 'two paths change at once', {
        events: [{ at: '10', set: [battery(49), lifetime(90)] }],
      });
      run('composite-other', 'another path changes', {
        initial: [battery(50), lifetime(60), memory(5)],
        events: [{ at: '10', set: [memory(4)] }],
      });
      run('composite-thresholds', 'each path by its own threshold', {
        attributes: [
          { path: LEVEL, query: 'lt=20' },
          { path: '/1/0/1', query: 'gt=100' },
        ],
        events: [
          { at: '10', set: [battery(30), lifetime(90)] },
          { at: '20', set: [battery(10)] },
          { at: '30', set: [lifetime(120)] },
        ],
      });
      run('composite-same-periods', 'one pmin for both', {
        attributes: [
          { path: LEVEL, query: 'pmin=20' },
          { path: '/1/0/1', query: 'pmin=20' },
        ],
        events: [
          { at: '5', set: [battery(49)] },
          { at: '10', set: [lifetime(90)] },
        ],
      });
      run('composite-own-periods', 'two minimum periods', {
        attributes: [
          { path: LEVEL, query: 'pmin=10' },
          { path: '/1/0/1', query: 'pmin=30' },
        ],
        events: [{ at: '5', set: [battery(49)] }],
        readings: [
          [{}, 'common periods: every minimum is kept'],
          [{ ownTimers: true }, 'each path by its own periods'],
        ],
        flags: ['Composite', 'Ambiguous'],
      });
      run('composite-own-maxima', 'two maximum periods: the shorter one counts', {
        attributes: [
          { path: LEVEL, query: 'pmax=20' },
          { path: '/1/0/1', query: 'pmax=50' },
        ],
        events: [],
      });
      run('composite-query', 'periods of the query (1.2)', {
        context: { enabler: ['1.2'] },
        observe: [{ paths: [LEVEL, '/1/0/1'], query: 'pmin=10&pmax=40' }],
        events: [{ at: '5', set: [battery(49)] }],
        spec: ['core-1.2.2 6.4.1 MUST'],
      });
    },
  );
}

/** @param {Group} group */
function during(group) {
  group(
    'during',
    'Attributes that change during an observation',
    { context: OBSERVE, flags: ['During'], spec: ['core-1.2.2 6.3.4 inferred', 'core-1.1.1 6.3.4 inferred'] },
    (v) => {
      const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
        scene(v, OBSERVE, name, comment, { initial: [battery(50)], end: 80, ...more });
      const HOW = (/** @type {boolean} */ late = true) =>
        /** @type {[import('./write.mjs').Policy, string][]} */ ([
          [{}, 'at once, periods count from the last report'],
          [{ restart: true }, 'at once, periods start anew'],
          ...(late ? [[{ late: true }, 'with the next observation']] : []),
        ]);
      run('during-pmin', 'pmin is written', {
        attributes: [{ path: LEVEL, query: 'pmin=30', at: '10' }],
        events: changes(battery, [[20, 49]]),
        readings: HOW(),
      });
      run('during-pmax', 'pmax is written', {
        attributes: [{ path: LEVEL, query: 'pmax=40', at: '10' }],
        events: [],
        readings: HOW(),
      });
      run('during-threshold', 'a threshold is written', {
        attributes: [{ path: LEVEL, query: 'gt=60', at: '10' }],
        events: changes(battery, [
          [20, 55],
          [30, 70],
        ]),
        readings: [
          [{}, 'at once'],
          [{ late: true }, 'with the next observation'],
        ],
      });
      run('during-pmin-removed', 'pmin is taken away while a report is held', {
        attributes: [
          { path: LEVEL, query: 'pmin=60' },
          { path: LEVEL, query: 'pmin', at: '20' },
        ],
        events: changes(battery, [[10, 49]]),
        readings: [
          [{}, 'the report goes out'],
          [{ late: true }, 'with the next observation'],
        ],
      });
      run('during-pmin-shortened', 'pmin is shortened while a report is held', {
        attributes: [
          { path: LEVEL, query: 'pmin=60' },
          { path: LEVEL, query: 'pmin=30', at: '20' },
        ],
        events: changes(battery, [[10, 49]]),
        readings: HOW(),
      });
      run('during-pmax-removed', 'pmax is taken away', {
        attributes: [
          { path: LEVEL, query: 'pmax=30' },
          { path: LEVEL, query: 'pmax', at: '40' },
        ],
        events: [],
        readings: [
          [{}, 'at once'],
          [{ late: true }, 'with the next observation'],
        ],
      });
      run('query-of-observe', 'attributes of the Observe replace attached ones (1.2)', {
        context: { enabler: ['1.2'] },
        attributes: [{ path: LEVEL, query: 'pmin=60&gt=90' }],
        observe: [{ paths: [LEVEL], query: 'pmin=10' }],
        events: changes(battery, [[3, 49]]),
        flags: ['ObserveQuery'],
        spec: ['core-1.2.2 6.4.1 MUST'],
      });
      run('query-of-observe-pmax', 'a maximum period of the Observe (1.2)', {
        context: { enabler: ['1.2'] },
        attributes: [],
        observe: [{ paths: [LEVEL], query: 'pmax=25' }],
        events: [],
        flags: ['ObserveQuery'],
        spec: ['core-1.2.2 6.4.1 MUST'],
      });
      run('query-of-observe-threshold', 'a threshold of the Observe (1.2)', {
        context: { enabler: ['1.2'] },
        attributes: [],
        observe: [{ paths: [LEVEL], query: 'gt=60&st=20' }],
        events: changes(battery, [
          [10, 55],
          [20, 75],
        ]),
        flags: ['ObserveQuery'],
        spec: ['core-1.2.2 6.4.1 MUST'],
      });
    },
  );
  group(
    'end',
    'The end of an observation',
    {
      context: OBSERVE,
      flags: ['Cancel'],
      spec: ['core-1.2.2 6.4.3 MUST', 'core-1.1.1 6.4.3 MUST', 'rfc7641 3.6 MUST'],
    },
    (v) => {
      const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
        scene(v, OBSERVE, name, comment, { initial: [battery(50)], end: 60, ...more });
      run('cancel', 'nothing after a cancellation', {
        events: [
          { at: '10', set: [battery(49)] },
          { at: '20', happens: 'cancel' },
          { at: '30', set: [battery(40)] },
        ],
      });
      run('cancel-held', 'a report that is held is not sent after a cancellation', {
        query: 'pmin=30',
        events: [
          { at: '10', set: [battery(49)] },
          { at: '20', happens: 'cancel' },
        ],
      });
      run('cancel-pmax', 'no report at pmax after a cancellation', {
        query: 'pmax=20',
        events: [{ at: '30', happens: 'cancel' }],
      });
      run('observe-later', 'changes before the observation are none', {
        observe: [{ paths: [LEVEL], at: '15' }],
        events: changes(battery, [
          [5, 49],
          [10, 48],
          [20, 47],
        ]),
        flags: ['Basic'],
      });
      run('observe-again', 'cancelled and observed anew', {
        observe: [{ paths: [LEVEL] }, { paths: [LEVEL], at: '30' }],
        events: [
          { at: '10', set: [battery(49)] },
          { at: '20', happens: 'cancel' },
          { at: '25', set: [battery(40)] },
          { at: '40', set: [battery(30)] },
        ],
      });
      run('written-by-observer', 'a change that the observing server wrote itself reports too', {
        context: { model: 'device', path: '/3/0/14' },
        initial: [string('/3/0/14', '+01:00')],
        events: [{ at: '10', set: [string('/3/0/14', '+02:00')], server: 1 }],
        flags: ['Basic'],
        attributes: [],
      });
    },
  );
  group(
    'confirmable',
    'con',
    { context: { ...OBSERVE, enabler: ['1.2'] }, flags: ['Confirmable'], spec: ['core-1.2.2 7.3.2 MUST'] },
    (v) => {
      const run = (/** @type {string} */ name, /** @type {string} */ comment, /** @type {any} */ more) =>
        scene(v, OBSERVE, name, comment, {
          initial: [battery(50)],
          end: 40,
          events: changes(battery, [[10, 49]]),
          ...more,
        });
      run('con-1', 'con=1: confirmable', { query: 'con=1' });
      run('con-0', 'con=0: the client chooses', { query: 'con=0' });
      run('con-inherited', 'con=1 of the object', { attributes: [{ path: '/3', query: 'con=1' }] });
      run('con-overridden', 'con=0 of the resource beats con=1 of the object', {
        attributes: [
          { path: '/3', query: 'con=1' },
          { path: LEVEL, query: 'con=0' },
        ],
      });
      run('con-with-pmax', 'con=1 and pmax', { query: 'con=1&pmax=15', events: [] });
      scene(v, { ...OBSERVE, path: '/3/0' }, 'con-below', 'con=1 on a resource of the observed instance', {
        context: { path: '/3/0' },
        attributes: [{ path: LEVEL, query: 'con=1' }],
        initial: [battery(50), memory(5)],
        events: [{ at: '10', set: [memory(4)] }],
        end: 40,
      });
    },
  );
}

/** @param {Group} group */
function evaluation(group) {
  const seen = (/** @type {string} */ earliest, /** @type {string} */ latest, /** @type {number} */ value) => ({
    earliest,
    latest,
    nodes: [battery(value)],
    cause: 'change',
  });
  group(
    'evaluation',
    'epmin and epmax',
    {
      context: { ...OBSERVE, enabler: ['1.1', '1.2'] },
      flags: ['Evaluation'],
      spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST'],
    },
    (v) => {
      const run = (
        /** @type {string} */ name,
        /** @type {string} */ comment,
        /** @type {string} */ query,
        /** @type {[number, number][]} */ list,
        /** @type {any} */ what,
      ) =>
        v.evaluate(name, comment, {
          script: {
            attributes: [{ path: LEVEL, query }],
            initial: [battery(50)],
            events: changes(battery, list),
            end: '60',
          },
          ...what,
        });
      run('epmax-bound', 'a change is seen within epmax', 'epmax=10', [[13, 49]], {
        decoded: timeline(seen('13', '24', 49)),
      });
      run('epmin-may-wait', 'a change may go unseen for epmin', 'epmin=10', [[3, 49]], {
        decoded: timeline(seen('3', '14', 49)),
      });
      run('epmin-and-epmax', 'not before epmin, not after epmax', 'epmin=5&epmax=20', [[12, 49]], {
        decoded: timeline(seen('12', '33', 49)),
      });
      run(
        'epmin-pulse',
        'a pulse shorter than epmin',
        'epmin=20',
        [
          [3, 49],
          [8, 50],
        ],
        {
          outcomes: [
            { decoded: timeline(), why: 'nobody looked' },
            { decoded: timeline(seen('3', '4', 49), seen('8', '9', 50)), why: 'evaluated all the same' },
            { decoded: timeline(seen('20', '21', 50)), why: 'a change was noted, and the value has returned' },
          ],
        },
      );
      run(
        'epmin-last-value',
        'two changes inside epmin',
        'epmin=20',
        [
          [3, 49],
          [8, 48],
        ],
        {
          outcomes: [
            { decoded: timeline(seen('20', '21', 48)), why: 'seen together' },
            { decoded: timeline(seen('3', '4', 49), seen('8', '9', 48)), why: 'evaluated all the same' },
          ],
        },
      );
    },
  );
  group(
    'away',
    'A client that cannot reach its server',
    { context: OBSERVE, flags: ['Offline'], spec: ['core-1.2.2 6.4.2 MUST', 'core-1.1.1 6.4.2 MUST'] },
    (v) => {
      const away = [
        { at: '10', happens: 'offline' },
        ...changes(battery, [
          [20, 49],
          [30, 48],
        ]),
        { at: '40', happens: 'online' },
      ];
      const run = (
        /** @type {string} */ name,
        /** @type {string} */ comment,
        /** @type {any} */ script,
        /** @type {any} */ what,
      ) =>
        v.evaluate(name, comment, {
          script: { attributes: [], initial: [battery(50)], events: away, end: '60', ...script },
          ...what,
        });
      const stamp = (/** @type {number} */ value, /** @type {string} */ time) => at(battery(value), time);
      const stored = [
        {
          decoded: timeline({ earliest: '40', latest: '42', nodes: [stamp(49, '20'), stamp(48, '30')] }),
          why: 'one report with the times of both',
        },
        {
          decoded: timeline(
            { earliest: '40', latest: '42', nodes: [battery(49)] },
            { earliest: '40', latest: '42', nodes: [battery(48)] },
          ),
          why: 'both reports, oldest first',
        },
      ];
      run(
        'storing',
        'reports are kept and sent later, oldest first',
        { defaults: { storing: true } },
        {
          outcomes: [
            ...stored,
            {
              decoded: timeline({ earliest: '40', latest: '42', nodes: [battery(48)] }),
              why: 'how many are kept is left to the client',
            },
          ],
        },
      );
      run(
        'storing-default',
        'storing is the default',
        {},
        {
          outcomes: [
            ...stored,
            {
              decoded: timeline({ earliest: '40', latest: '42', nodes: [battery(48)] }),
              why: 'how many are kept is left to the client',
            },
          ],
        },
      );
      run(
        'not-storing',
        'nothing is kept',
        { defaults: { storing: false } },
        {
          outcomes: [
            { decoded: timeline(), why: 'what arose meanwhile is dropped' },
            {
              decoded: timeline({ earliest: '40', latest: '42', nodes: [battery(48)] }),
              why: 'the value of the present is news',
            },
          ],
        },
      );
      const historical = (
        /** @type {string} */ name,
        /** @type {string} */ comment,
        /** @type {string} */ query,
        /** @type {[number, string][]} */ kept,
      ) =>
        run(
          name,
          comment,
          { attributes: [{ path: LEVEL, query }], defaults: { storing: true } },
          {
            context: { enabler: ['1.2'] },
            flags: ['Historical'],
            spec: ['core-1.2.2 7.3.2 MUST'],
            outcomes: [
              {
                decoded: timeline({
                  earliest: '40',
                  latest: '42',
                  nodes: kept.map(([value, time]) => stamp(value, time)),
                }),
                why: 'one report with times',
              },
              {
                decoded: timeline(
                  ...kept.map(([value]) => ({ earliest: '40', latest: '42', nodes: [battery(value)] })),
                ),
                why: 'a report for each, oldest first',
              },
            ],
          },
        );
      historical('hqmax-2', 'hqmax=2 keeps both', 'hqmax=2', [
        [49, '20'],
        [48, '30'],
      ]);
      historical('hqmax-1', 'hqmax=1 drops the older one', 'hqmax=1', [[48, '30']]);
      run(
        'queue-mode',
        'a client in queue mode may wait until it wakes',
        {},
        {
          outcomes: [
            ...stored,
            {
              decoded: timeline(
                { earliest: '20', latest: '21', nodes: [battery(49)] },
                { earliest: '30', latest: '31', nodes: [battery(48)] },
              ),
              why: 'it wakes up for each',
            },
          ],
          flags: ['Offline', 'Ambiguous'],
          spec: ['transport-1.2.2 6.5 inferred', 'core-1.1.1 6.4.2 inferred'],
        },
      );
    },
  );
}

/** @param {Group} group */
export function several(group) {
  levels(group);
  containers(group);
  servers(group);
  during(group);
  evaluation(group);
}
