import { matches, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { OF_NO_SERVER, requestOfNoServer } from './_closed-object.js';

export default testCase(
  {
    id: 'management.oscore-object',
    title: 'The OSCORE object is closed to every operation',
    since: '1.1',
    configuration: 'C.1',
    our: 'server',
    requires: 'object.21 & format.0 & format.11542',
    variants: OF_NO_SERVER,
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-4', says: 'refuses the operation' },
      // A client without the object may say that it is not there: whether that precedes is not fixed (M-6).
      x3: { by: 'client', level: 'should', req: 'E-19', says: 'answers 4.01' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'is still registered and answers' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const { response } = await server.request(requestOfNoServer(variant, '/21'));
    check('x1', response.code, matches(/^4/));
    check('x3', response.code, graded.E19);
    const probe = await server.read(`${serverObject}/0`);
    check('x2', probe.response.code, '2.05');
  },
);
