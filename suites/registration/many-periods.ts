import { between, contains, each, having, testCase } from '../../harness/case/index.js';

/** Periods of the lifetime for which the client is watched. */
const PERIODS = 5;

export default testCase(
  {
    id: 'registration.many-periods',
    title: 'A registration lives on from Update to Update',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write & resource./1/1',
    times: { lifetime: { nominal: 20, quick: 6 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-18', says: 'lets no lifetime end without an Update' },
      x2: { by: 'client', level: 'should', req: 'R-18', says: 'sends no more than four Updates a lifetime' },
      x3: { by: 'server', level: 'must', req: 'R-16', says: 'accepts every Update' },
      x4: { by: 'server', level: 'must', req: 'R-16', says: 'holds the registration all the time' },
    },
  },
  async ({ server, times, check }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    const first = await server.next('update', { within: 5, after: write });
    const updates = [first];
    const gaps: number[] = [];
    let last = first;
    while (last.request.t - first.request.t < PERIODS * times.lifetime && updates.length < 60) {
      const update = await server.next('update', { within: times.lifetime, after: last, owed: 'x1' });
      gaps.push(update.request.t - last.response.t);
      updates.push(update);
      last = update;
    }
    check('x1', gaps, each(between(0, times.lifetime)));
    check(
      'x3',
      updates.map(({ response }) => response.code),
      each('2.04'),
    );
    check('x4', await server.registrations(), contains(having({ endpoint: registration.endpoint })));
    const updatesPerLifetime = (gaps.length * times.lifetime) / (last.request.t - first.request.t);
    check('x2', updatesPerLifetime, between(0, 4));
  },
);
