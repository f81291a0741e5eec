import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'reporting.attributes-below',
    title: 'Attributes below the observed path do not count',
    since: '1.1',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmax',
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'should', req: 'X-25', says: 'ignores the period of an instance of the resource' },
      x2: { by: 'client', level: 'must', req: 'I-12', says: 'keeps the period of the resource' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    await server.writeAttributes(bind('multi'), { pmin: 0, pmax: 5 * times.maximum });
    await server.writeAttributes(bind('multi.instance'), { pmin: 0, pmax: times.maximum });
    const observation = await server.observe(bind('multi'));
    await sleep(3 * times.maximum, observation);
    check('x1', observation.notifications.length === 0 ? 'ignored' : 'considered', graded.X25);
    await server.notifications(observation, 1, { within: 5 * times.maximum, owed: 'x2' });
  },
);
