import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'reporting.cancel-by-reset',
    ets: { '1.0': 'int-302', '1.1': 'int-302' },
    title: 'A Reset to a notification ends its observation',
    since: '1.0',
    configuration: 'C.4',
    requires: 'op.observe & op.write-attributes & role.observed.a & role.observed.b',
    times: { maximumA: { nominal: 15, quick: 3 }, maximumB: { nominal: 20, quick: 4 } },
    checks: {
      A: { by: 'client', level: 'must', req: 'I-19', says: 'notifies both resources' },
      B: { by: 'server', level: 'must', req: 'I-5', says: 'answers a notification of each with Reset' },
      C: { by: 'client', level: 'must', req: 'I-5', says: 'stops each after its Reset, be it confirmable or not' },
      x1: { by: 'client', level: 'must', req: 'I-5', says: 'goes on with the other one' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    await server.writeAttributes(bind('observed.a'), { pmin: 1, pmax: times.maximumA });
    await server.writeAttributes(bind('observed.b'), { pmin: 1, pmax: times.maximumB });
    const a = await server.observe(bind('observed.a'));
    const b = await server.observe(bind('observed.b'));
    await server.notifications(a, 1, { within: times.maximumA, owed: 'A' });
    await server.notifications(b, 1, { within: times.maximumB, owed: 'A' });

    await server.reset(a);
    const lastOfA = a.notifications.length + 1;
    await server.notifications(a, lastOfA, { within: times.maximumB + 2 * times.maximumA, owed: 'A' });
    await sleep(1);
    check('B', a.notifications.at(-1)?.answered, 'reset');
    const before = b.notifications.length;
    await sleep(2 * times.maximumA + 2);
    check('C', a.notifications.length, lastOfA);
    check('x1', b.notifications.length > before, true);

    await server.reset(b);
    const lastOfB = b.notifications.length + 1;
    await server.notifications(b, lastOfB, { within: 4 * (times.maximumA + times.maximumB), owed: 'A' });
    await sleep(1);
    check('B', b.notifications.at(-1)?.answered, 'reset');
    await sleep(2 * times.maximumB + 2);
    check('C', [a.notifications.length, b.notifications.length], [lastOfA, lastOfB]);
  },
);
