import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'reporting.new-instance-of-object',
    title: 'An observed object is notified with an instance that is made meanwhile',
    since: '1.0',
    configuration: 'C.12',
    requires: 'op.observe & op.create & op.write-attributes & object.16',
    times: { maximum: { nominal: 20, quick: 12 } },
    checks: {
      x1: { by: 'client', level: 'should', req: 'X-78', says: 'notifies when the instance was made' },
      x2: { by: 'client', level: 'must', req: 'I-3', says: 'tells the new instance with the others' },
    },
  },
  async ({ server, times, bind, check }) => {
    await server.registered();
    await server.writeAttributes(bind('collection'), { pmin: 0, pmax: times.maximum });
    const observation = await server.observe(bind('collection'));
    const create = await server.create(bind('collection'), { '0/0': 'another' }, { instance: 7 });
    await server.notifications(observation, 1, { within: 6, after: create, owed: 'x1', silent: graded.X78 });
    const notifications = await server.notifications(observation, 1, { within: times.maximum, owed: 'x2' });
    const instances = Object.keys(notifications.at(-1)?.content.values ?? {}).map((path) => path.split('/')[2]);
    const before = Object.keys(observation.response.content.values).map((path) => path.split('/')[2]);
    check('x2', [...new Set(instances)].sort(), [...new Set([...before, '7'])].sort());
  },
);
