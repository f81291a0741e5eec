import { seconds, testCase } from '../../harness/case/index.js';
import { gaps, TEXTS } from './_observation.js';

export default testCase(
  {
    id: 'reporting.pending-change',
    title: 'Changes within the minimum period are notified once, when it has passed',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write & op.write-attributes & attribute.pmin & role.writable',
    times: { minimum: { nominal: 10, quick: 4 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-19', says: 'remembers a change until the minimum period has passed' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'notifies then, not before' },
      x3: { by: 'client', level: 'must', req: 'I-2', says: 'tells the value of that moment' },
      x4: { by: 'client', level: 'must', req: 'I-18', says: 'notifies once, as nothing changed since' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    const path = bind('writable');
    await server.writeAttributes(path, { pmin: times.minimum, pmax: 600 });
    const observation = await server.observe(path);
    await server.write(path, TEXTS[0] ?? '');
    await sleep(times.minimum / 2, observation);
    await server.write(path, TEXTS[1] ?? '');

    const [notification] = await server.notifications(observation, 1, { within: times.minimum, owed: 'x1' });
    check('x2', gaps(observation)[0], seconds(times.minimum, times.minimum));
    check('x3', notification?.content.value(path), TEXTS[1]);
    await sleep(1.5 * times.minimum);
    check('x4', observation.notifications.length, 1);
  },
);
