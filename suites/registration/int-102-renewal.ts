import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.renewal',
    ets: { '1.0': 'int-102', '1.1': 'int-102' },
    title: 'A client renews its registration before the lifetime ends',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write & resource./1/1',
    times: { lifetime: { nominal: 20, quick: 10 } },
    leavesOut: {
      A: 'judged by registration.update-on-lifetime-change',
      B: 'judged by registration.update-on-lifetime-change',
      C: 'judged by registration.update-on-lifetime-change',
      E: 'the other half of the either/or: registration.removal-on-expiry',
    },
    checks: {
      D: { by: 'client', level: 'must', req: 'R-18', says: 'sends an Update before the lifetime ends' },
      x1: { by: 'client', level: 'should', req: 'R-17', says: 'leaves out what did not change' },
      x2: { by: 'server', level: 'must', req: 'R-16', says: 'answers the renewal with 2.04 Changed' },
    },
  },
  async ({ server, times, check }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    const announced = await server.next('update', { within: 5, after: write });

    const renewal = await server.next('update', { within: times.lifetime, after: announced, owed: 'D' });
    check('D', renewal.request.t < announced.response.t + times.lifetime, true);
    check('x2', renewal.response.code, '2.04');
    check('x1', [[...renewal.request.query.keys()], renewal.request.payload.length], [[], 0]);
  },
);
