import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.trigger-with-transport',
    title: 'The update trigger can name the transport',
    since: '1.1',
    configuration: 'C.1',
    requires: 'op.execute',
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-26', says: 'answers the trigger for UDP with 2.04 Changed' },
      x2: { by: 'client', level: 'must', req: 'R-26', says: 'sends an Update' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Update with 2.04 Changed' },
    },
  },
  async ({ server, check }) => {
    const registration = await server.registered();
    const trigger = await server.execute(`${registration.serverObject}/8`, "0='U'");
    check('x1', trigger.response.code, '2.04');
    const update = await server.next('update', { within: 5, after: trigger, owed: 'x2' });
    check('x2', update.request.path, registration.location);
    check('x3', update.response.code, '2.04');
  },
);
