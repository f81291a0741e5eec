import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'transport.unknown-method',
    title: 'A method that LwM2M does not use is refused',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'E-56', says: 'refuses PATCH' },
      x2: { by: 'client', level: 'must', req: 'E-56', says: 'refuses method 0.31, which no document defines' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const patch = server.message({ method: 'PATCH', path: bind('readonly') });
    check('x1', (await server.send(patch)).code, graded.E56);
    const undefinedMethod = { ...server.message({ method: 'GET', path: bind('readonly') }), code: '0.31' };
    check('x2', (await server.send(undefinedMethod)).code, graded.E56);
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
