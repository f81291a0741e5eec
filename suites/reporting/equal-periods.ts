import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'reporting.equal-periods',
    title: 'A maximum period that is not above the minimum period is ignored',
    since: '1.1',
    until: '1.1',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmin & attribute.pmax & role.readable.a',
    times: { period: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'should', req: 'X-28', says: 'ignores the maximum period that equals the minimum' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'keeps a maximum period that is above it' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    const path = bind('readable.a');
    await server.writeAttributes(path, { pmin: times.period, pmax: times.period });
    const equal = await server.observe(path);
    await sleep(3 * times.period, equal);
    check('x1', equal.notifications.length === 0 ? 'ignored' : 'used', graded.X28);
    await server.cancel(equal);

    await server.writeAttributes(path, { pmin: 0, pmax: times.period });
    const above = await server.observe(path);
    await server.notifications(above, 1, { within: times.period, owed: 'x2' });
  },
);
