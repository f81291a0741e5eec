import { testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.payload-without-format',
    title: 'A value without a Content-Format is refused',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.write',
    checks: {
      x1: { by: 'client', level: 'must', req: 'E-57', says: 'answers 4.15 to a payload that nothing names' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has the old value afterwards' },
    },
  },
  async ({ server, check }) => {
    const { serverObject, lifetime } = await server.registered();
    const path = `${serverObject}/1`;
    const write = await server.request({ method: 'PUT', path, payload: utf8(String(lifetime + 1)) });
    check('x1', write.response.code, graded.E57);
    check('x2', (await server.read(path)).response.content.value(path), lifetime);
  },
);
