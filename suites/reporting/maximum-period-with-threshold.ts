import { seconds, testCase } from '../../harness/case/index.js';
import { gaps } from './_observation.js';
import { setAndShown } from './_value.js';

export default testCase(
  {
    id: 'reporting.maximum-period-with-threshold',
    title: 'The maximum period holds also where thresholds are set',
    since: '1.0',
    configuration: 'C.4',
    requires:
      'op.read & op.observe & op.write-attributes & attribute.pmax & attribute.gt & stimulus.set & role.numeric',
    times: { maximum: { nominal: 10, quick: 4 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-19', says: 'notifies at the maximum period' },
      x2: { by: 'client', level: 'must', req: 'I-22', says: 'notifies of no change below the threshold before' },
      x3: { by: 'client', level: 'must', req: 'I-2', says: 'tells the value of that moment' },
    },
  },
  async ({ server, client, times, bind, check, sleep }) => {
    await server.registered();
    const path = bind('numeric');
    await setAndShown({ client, server, sleep }, path, 1);
    await server.writeAttributes(path, { pmin: 0, pmax: times.maximum, gt: 99 });
    const observation = await server.observe(path);
    await sleep(times.maximum / 2, observation);
    await client.set(path, 50);
    const [notification] = await server.notifications(observation, 1, { within: times.maximum, owed: 'x1' });
    check('x2', gaps(observation)[0], seconds(times.maximum, times.maximum));
    check('x3', notification?.content.value(path), 50);
  },
);
