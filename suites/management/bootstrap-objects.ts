import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { OF_NO_SERVER, requestOfNoServer } from './_closed-object.js';

export default testCase(
  {
    id: 'management.bootstrap-objects',
    title: 'The Security object is closed to every operation',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'format.0 & format.11542',
    variants: OF_NO_SERVER,
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-4', says: 'answers 4.01, and tells nothing' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'is still registered and answers' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const { response } = await server.request(requestOfNoServer(variant, '/0'));
    check('x1', response.code, graded.E19);
    const probe = await server.read(`${serverObject}/0`);
    check('x2', probe.response.code, '2.05');
  },
);
