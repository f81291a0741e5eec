import { contains, having, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.longer-lifetime',
    ets: { '1.1': 'int-107' },
    title: 'A longer lifetime holds from the Update that announces it',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write & resource./1/1',
    start: true,
    ours: { client: { lifetime: 60 } },
    times: { lifetime: { nominal: 120, quick: 12 } },
    checks: {
      A: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Register with 2.01 Created' },
      B: {
        by: 'client',
        level: 'must',
        req: 'R-19',
        says: 'answers the Write with 2.04 Changed and announces the new lifetime at once',
      },
      C: {
        by: 'server',
        level: 'must',
        req: 'R-16',
        says: 'answers the Update with 2.04 Changed and holds the new lifetime',
      },
      D: { by: 'client', level: 'must', req: 'R-18', says: 'updates again before the new lifetime ends' },
    },
  },
  async ({ server, times, check }) => {
    const register = await server.next('register', { within: 60 });
    check('A', register.response.code, '2.01');
    const registration = await server.registered();

    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    check('B', write.response.code, '2.04');
    const update = await server.next('update', { within: 5, after: write, owed: 'B' });
    check('B', update.request.query.get('lt'), String(times.lifetime));
    check('C', update.response.code, '2.04');
    const held = having({ endpoint: registration.endpoint, lifetime: times.lifetime });
    check('C', await server.registrations(), contains(held));

    const next = await server.next('update', { within: times.lifetime, after: update, owed: 'D' });
    check('D', next.request.t < update.response.t + times.lifetime, true);
  },
);
