import { each, having, inSequence, seconds, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { gaps, numbers } from './_observation.js';

export default testCase(
  {
    id: 'reporting.maximum-period',
    title: 'A value that never changes is notified at the maximum period, ten times',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmin & attribute.pmax & role.readable.a',
    times: { maximum: { nominal: 10, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'X-66', says: 'notifies without a change' },
      x2: { by: 'client', level: 'must', req: 'I-20', says: 'counts the period anew from each notification' },
      x3: { by: 'client', level: 'must', req: 'P-31', says: 'numbers the notifications in their order' },
      x4: { by: 'client', level: 'must', req: 'I-2', says: 'tells the present value each time' },
      x5: { by: 'server', level: 'must', req: 'rfc7641#4.5', says: 'acknowledges what is confirmable, resets nothing' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    const path = bind('readable.a');
    await server.writeAttributes(path, { pmin: 1, pmax: times.maximum });
    const observation = await server.observe(path);
    const [first] = await server.notifications(observation, 1, { within: times.maximum, owed: 'x1' });
    check('x1', first ? 'sent' : 'suppressed', graded.X66);
    await sleep(0.5);
    check('x5', first?.answered, first?.confirmable ? 'acknowledged' : 'no answer');

    await server.notifications(observation, 10, { within: 10 * times.maximum + 5, owed: 'x1' });
    check('x2', gaps(observation), each(seconds(times.maximum, times.maximum), 10));
    check('x3', numbers(observation), inSequence);
    const value = observation.response.content.value(path);
    check(
      'x4',
      observation.notifications.map(({ code, content }) => ({ code, value: content.value(path) })),
      each(having({ code: '2.05', value })),
    );
  },
);
