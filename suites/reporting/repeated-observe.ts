import { each, encodeMessage, inSequence, present, seconds, testCase } from '../../harness/case/index.js';
import { gaps, numbers } from './_observation.js';

export default testCase(
  {
    id: 'reporting.repeated-observe',
    title: 'An Observe with the token of an observation refreshes it',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmax & role.readable.a',
    our: 'server',
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-1', says: 'observes again' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'goes on to notify' },
      x3: { by: 'client', level: 'should', req: 'I-4', says: 'keeps one observation, not two' },
      x4: { by: 'client', level: 'must', req: 'P-31', says: 'goes on with the numbers of the token' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    const path = bind('readable.a');
    await server.writeAttributes(path, { pmin: 0, pmax: times.maximum });
    const observation = await server.observe(path);
    await server.notifications(observation, 1, { within: times.maximum });
    await sleep(times.maximum / 2);
    const { message } = observation.request;
    server.raw(encodeMessage({ ...message, id: (message.id + 0x4000) % 0x10000 }));
    const again = await server.sent('observe', { within: 3 * times.maximum + 5, after: observation });
    await sleep(5);
    check('x1', [again.response.code, again.response.observe], ['2.05', present]);
    await server.notifications(again, 3, { within: 3 * times.maximum + 2, owed: 'x2' });
    check('x4', numbers(observation, again), inSequence);
    check('x3', gaps(again), each(seconds(times.maximum, times.maximum), 3));
  },
);
