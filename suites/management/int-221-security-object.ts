import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.security-object',
    ets: { '1.0': 'int-221', '1.1': 'int-221' },
    title: 'The Security object is closed to servers',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read & op.write & op.write-attributes',
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'E-19',
        says: 'answers read, write and write-attributes with 4.01 and changes nothing',
      },
      x1: { by: 'client', level: 'must', req: 'M-25', says: 'is still registered and answers' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    check('A', (await server.read('/0')).response.code, graded.E19);
    check('A', (await server.write('/0/0/0', 'coap://192.0.2.1')).response.code, graded.E19);
    check('A', (await server.writeAttributes('/0', { pmin: 30, pmax: 45 })).response.code, graded.E19);
    check('x1', (await server.read(`${serverObject}/0`)).response.code, '2.05');
  },
);
