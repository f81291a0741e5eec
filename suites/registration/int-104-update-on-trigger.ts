import { contains, having, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.update-on-trigger',
    ets: { '1.0': 'int-104', '1.1': 'int-104' },
    title: 'A client updates its registration when the server asks for it',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.execute & op.write',
    ours: { client: { keepAlive: false } },
    times: { lifetime: { nominal: 20, quick: 10 } },
    errata: [
      {
        ref: 'R-17',
        reading:
          'an Update that repeats what did not change is a remark: no text of the enabler forbids it, as the step does',
      },
    ],
    checks: {
      A: { by: 'client', level: 'must', req: 'R-26', says: 'answers the trigger with 2.04 Changed' },
      B: { by: 'client', level: 'must', req: 'R-18', says: 'sends an Update' },
      x1: { by: 'client', level: 'should', req: 'R-17', says: 'sends it without parameters, as nothing changed' },
      C: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Update with 2.04 Changed' },
      D: { by: 'server', level: 'must', req: 'R-16', says: 'holds the registration beyond the first lifetime' },
    },
  },
  async ({ server, times, check, sleep }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    const announced = await server.next('update', { within: 5, after: write });

    await sleep(0.4 * times.lifetime, announced);
    const trigger = await server.execute(`${registration.serverObject}/8`);
    check('A', trigger.response.code, '2.04');
    const update = await server.next('update', { within: 5, after: trigger, owed: 'B' });
    check('x1', [[...update.request.query.keys()], update.request.payload.length], [[], 0]);
    check('C', update.response.code, '2.04');

    await sleep(1.2 * times.lifetime, announced);
    check('D', await server.registrations(), contains(having({ endpoint: registration.endpoint })));
  },
);
