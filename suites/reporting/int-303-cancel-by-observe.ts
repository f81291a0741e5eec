import { absent, testCase, type Exchange } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Options that a cancellation has to repeat: all but Observe itself and ETag (RFC 7641 §3.6). */
const repeated = ({ request }: Exchange) =>
  request.message.options.filter(({ number }) => number !== 6 && number !== 4);

export default testCase(
  {
    id: 'reporting.cancel-by-observe',
    ets: { '1.0': 'int-303', '1.1': 'int-303' },
    title: 'A GET with Observe 1 ends an observation',
    since: '1.0',
    configuration: 'C.4',
    requires: 'op.observe & op.cancel & op.write-attributes & role.observed.a & role.observed.b',
    times: { maximumA: { nominal: 15, quick: 3 }, maximumB: { nominal: 20, quick: 4 } },
    errata: [
      { ref: 'OMA#453', reading: 'each observation is cancelled at its own path, not both at the instance' },
      { ref: 'OMA#236', reading: 'with the token and the options of the observation' },
    ],
    checks: {
      A: {
        by: 'server',
        level: 'must',
        req: 'I-5',
        says: 'cancels with Observe 1 and the token and options of the observation',
      },
      B: { by: 'client', level: 'must', req: 'I-5', says: 'stops both' },
      x1: { by: 'client', level: 'must', req: 'X-57', says: 'answers as to a Read', continues: true },
      x2: { by: 'client', level: 'should', req: 'X-57', says: 'gives the present value' },
      x3: { by: 'client', level: 'must', req: 'X-57', says: 'answers without an Observe option' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    await server.writeAttributes(bind('observed.a'), { pmin: 1, pmax: times.maximumA });
    await server.writeAttributes(bind('observed.b'), { pmin: 1, pmax: times.maximumB });
    const a = await server.observe(bind('observed.a'));
    const b = await server.observe(bind('observed.b'));
    await server.notifications(a, 1, { within: times.maximumA });
    await server.notifications(b, 1, { within: times.maximumB });

    for (const observation of [a, b]) {
      const cancel = await server.cancel(observation);
      const { message, observe } = cancel.request;
      check(
        'A',
        [observe, message.token, repeated(cancel)],
        [1, observation.request.message.token, repeated(observation)],
      );
      check('x1', cancel.response.code, graded.X57);
      check('x2', cancel.response.payload.length > 0 ? 'value' : 'empty', graded.X57Content);
      check('x3', cancel.response.observe, absent);
    }
    const before = [a.notifications.length, b.notifications.length];
    await sleep(2 * Math.max(times.maximumA, times.maximumB) + 2);
    check('B', [a.notifications.length, b.notifications.length], before);
  },
);
