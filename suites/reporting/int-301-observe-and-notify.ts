import { each, seconds, testCase } from '../../harness/case/index.js';
import { gaps, lastTold } from './_observation.js';

export default testCase(
  {
    id: 'reporting.observe-and-notify',
    ets: { '1.0': 'int-301', '1.1': 'int-301' },
    title: 'Two observed resources are notified within their periods',
    since: '1.0',
    configuration: 'C.4',
    requires: 'op.observe & op.write-attributes & role.observed.a & role.observed.b',
    times: {
      minimumA: { nominal: 5, quick: 1 },
      maximumA: { nominal: 15, quick: 3 },
      minimumB: { nominal: 10, quick: 2 },
      maximumB: { nominal: 20, quick: 4 },
    },
    checks: {
      A: { by: 'client', level: 'must', req: 'I-19', says: 'notifies both resources within their periods' },
      B: { by: 'server', level: 'must', req: 'I-2', says: 'shows the notified values' },
    },
  },
  async ({ server, times, bind, check }) => {
    await server.registered();
    await server.read(bind('sources'));
    await server.writeAttributes(bind('observed.a'), { pmin: times.minimumA, pmax: times.maximumA });
    await server.writeAttributes(bind('observed.b'), { pmin: times.minimumB, pmax: times.maximumB });
    const a = await server.observe(bind('observed.a'));
    const b = await server.observe(bind('observed.b'));
    await server.notifications(a, 2, { within: 2 * times.maximumA + 2, owed: 'A' });
    await server.notifications(b, 2, { within: 2 * times.maximumB + 2, owed: 'A' });
    check('A', gaps(a), each(seconds(times.minimumA, times.maximumA), 2));
    check('A', gaps(b), each(seconds(times.minimumB, times.maximumB), 2));
    check('B', await server.shown(bind('observed.a')), lastTold(a));
    check('B', await server.shown(bind('observed.b')), lastTold(b));
  },
);
