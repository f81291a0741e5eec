import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.update-on-lifetime-change',
    ets: { '1.0': 'int-102', '1.1': 'int-102' },
    title: 'A written lifetime is announced in an Update',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write & resource./1/1',
    times: { lifetime: { nominal: 20, quick: 20 } },
    leavesOut: {
      D: 'half of an either/or over two parties: registration.renewal',
      E: 'the other half: registration.removal-on-expiry',
    },
    checks: {
      A: { by: 'client', level: 'must', req: 'M-18', says: 'answers the Write with 2.04 Changed' },
      B: { by: 'client', level: 'must', req: 'R-19', says: 'sends an Update with the new lifetime' },
      C: { by: 'server', level: 'must', req: 'R-16', says: 'answers the Update with 2.04 Changed' },
      x1: { by: 'client', level: 'should', req: 'R-17', says: 'leaves out what did not change' },
    },
  },
  async ({ server, times, check }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    check('A', write.response.code, '2.04');

    const update = await server.next('update', { within: 5, after: write, owed: 'B' });
    check('B', update.request.query.get('lt'), String(times.lifetime));
    check('C', update.response.code, '2.04');
    check('x1', [[...update.request.query.keys()], update.request.payload.length], [['lt'], 0]);
  },
);
