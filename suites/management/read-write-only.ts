import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.read-write-only',
    title: 'A write-only resource cannot be read, and is left out of its instance',
    since: '1.0',
    configuration: 'C.8',
    requires: 'op.read & object.5',
    checks: {
      x1: { by: 'client', level: 'must', req: 'E-21', says: 'answers 4.05 to a Read of a write-only resource' },
      x2: { by: 'client', level: 'must', req: 'M-8', says: 'leaves it out when the instance is read' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('writeonly');
    check('x1', (await server.read(path)).response.code, graded.E21);
    const { response } = await server.read(path.split('/').slice(0, 3).join('/'));
    check('x2', [response.code, response.content.value(path)], ['2.05', undefined]);
  },
);
