import { each, seconds, testCase } from '../../harness/case/index.js';
import { gaps } from './_observation.js';

export default testCase(
  {
    id: 'reporting.survives-update',
    title: 'An Update of the registration leaves observations alone',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.execute & op.write-attributes & attribute.pmax & role.readable.a',
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-7', says: 'goes on to notify after the Update' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'keeps the period over the Update' },
      x4: { by: 'server', level: 'must', req: 'R-16', says: 'answers the Update with 2.04' },
      x3: { by: 'server', level: 'must', req: 'I-5', says: 'takes the notifications after the Update' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    const registration = await server.registered();
    const path = bind('readable.a');
    await server.writeAttributes(path, { pmin: 0, pmax: times.maximum });
    const observation = await server.observe(path);
    await server.notifications(observation, 1, { within: times.maximum });
    await sleep(times.maximum / 2);
    const trigger = await server.execute(`${registration.serverObject}/8`);
    const update = await server.next('update', { within: 10, after: trigger });
    check('x4', update.response.code, '2.04');
    const before = observation.notifications.length;
    const notifications = await server.notifications(observation, before + 1, {
      within: times.maximum,
      after: update,
      owed: 'x1',
    });
    check('x2', gaps(observation), each(seconds(times.maximum, times.maximum), before + 1));
    await sleep(0.5);
    const last = notifications.at(-1);
    check('x3', last?.answered, last?.confirmable ? 'acknowledged' : 'no answer');
  },
);
