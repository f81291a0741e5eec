import { present, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'reporting.observe-resource-instance',
    title: 'One instance of a multiple resource is observed',
    since: '1.1',
    configuration: 'C.4',
    requires: 'op.observe & op.write-attributes & attribute.pmax & role.observed.a',
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-1', says: 'observes the resource instance' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'notifies it at its maximum period' },
      x3: { by: 'client', level: 'must', req: 'I-2', says: 'tells that instance alone' },
    },
  },
  async ({ server, times, bind, check }) => {
    await server.registered();
    const read = await server.read(bind('observed.a'));
    const path = Object.keys(read.response.content.values).at(-1) ?? bind('observed.a.instance');
    const attach = await server.writeAttributes(path, { pmin: 0, pmax: times.maximum });
    const observation = await server.observe(path);
    check(
      'x1',
      [attach.response.code, observation.response.code, observation.response.observe],
      ['2.04', '2.05', present],
    );
    const [notification] = await server.notifications(observation, 1, { within: times.maximum, owed: 'x2' });
    check('x3', Object.keys(notification?.content.values ?? {}), [path]);
  },
);
