import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'reporting.removed-attribute',
    title: 'An attribute that is written without a value is gone',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmax & role.writable',
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-19', says: 'notifies at the maximum period while it is attached' },
      x2: { by: 'client', level: 'must', req: 'M-27', says: 'takes the attribute without a value' },
      x3: { by: 'client', level: 'must', req: 'I-15', says: 'notifies at that period no more' },
      x4: { by: 'client', level: 'must', req: 'I-19', says: 'notifies again once the attribute is attached again' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    const path = bind('writable');
    await server.writeAttributes(path, { pmin: 0, pmax: times.maximum });
    const first = await server.observe(path);
    await server.notifications(first, 1, { within: times.maximum, owed: 'x1' });
    await server.cancel(first);

    const removal = await server.writeAttributes(path, { pmax: null });
    check('x2', removal.response.code, '2.04');
    const second = await server.observe(path);
    await sleep(3 * times.maximum, second);
    // A default of the Server object may hold now: another period than the one that was removed.
    const { t } = second.response;
    check(
      'x3',
      second.notifications.filter((notification) => notification.t < t + 1.5 * times.maximum),
      [],
    );
    await server.cancel(second);

    await server.writeAttributes(path, { pmax: times.maximum });
    const third = await server.observe(path);
    await server.notifications(third, 1, { within: times.maximum, owed: 'x4' });
  },
);
