import { having, lacks, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.deregistration-on-disable',
    ets: { '1.0': 'int-103', '1.1': 'int-103' },
    title: 'A client that is disabled de-registers',
    since: '1.0',
    configuration: 'C.3',
    requires: 'op.execute & resource./1/4',
    // The configuration has a timeout of a day: the client is to come back before.
    times: { timeout: { nominal: 60, quick: 20 } },
    checks: {
      A: { by: 'client', level: 'must', req: 'R-27', says: 'answers Disable with 2.04 Changed' },
      B: { by: 'client', level: 'must', req: 'R-27', says: 'de-registers' },
      C: { by: 'server', level: 'must', req: 'R-1', says: 'answers the De-register with 2.02 Deleted' },
      D: { by: 'server', level: 'must', req: 'R-1', says: 'no longer holds the registration' },
    },
  },
  async ({ server, times, check }) => {
    const registration = await server.registered();
    await server.write(`${registration.serverObject}/5`, times.timeout);

    const disable = await server.execute(`${registration.serverObject}/4`);
    check('A', disable.response.code, '2.04');
    const deregister = await server.next('deregister', { within: 10, after: disable, owed: 'B' });
    check('B', deregister.request.path, registration.location);
    check('C', deregister.response.code, '2.02');
    check('D', await server.registrations(), lacks(having({ endpoint: registration.endpoint })));
  },
);
