import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'reporting.new-instance-of-object',
    title: 'An observed object is notified with an instance that is made meanwhile',
    since: '1.0',
    configuration: 'C.12',
    requires: 'op.observe & op.create & op.write-attributes & object.16',
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-18', says: 'notifies when the instance was made' },
      x2: { by: 'client', level: 'must', req: 'I-3', says: 'tells the new instance with the others' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    await server.writeAttributes(bind('collection'), { pmin: 0 });
    const observation = await server.observe(bind('collection'));
    const create = await server.create(bind('collection'), { '0/0': 'another' }, { instance: 7 });
    const notifications = await server.notifications(observation, 1, { within: 6, after: create, owed: 'x1' });
    const instances = Object.keys(notifications.at(-1)?.content.values ?? {}).map((path) => path.split('/')[2]);
    const before = Object.keys(observation.response.content.values).map((path) => path.split('/')[2]);
    check('x2', [...new Set(instances)].sort(), [...new Set([...before, '7'])].sort());
  },
);
