import { ContentFormat, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** application/xml: no LwM2M format ever was. */
const XML = 41;

export default testCase(
  {
    id: 'management.accept-unsupported',
    title: 'A format that cannot be had is not accepted',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read',
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'E-22',
        says: 'answers 4.06 to a Read in a format that it does not have',
      },
      x2: {
        by: 'client',
        level: 'must',
        req: 'M-9',
        says: 'answers 4.06 to a Read of an instance in a format of one value',
      },
      x3: { by: 'client', level: 'must', req: 'M-9', says: 'still answers where the server leaves it the choice' },
    },
  },
  async ({ server, bind, check }) => {
    const { serverObject } = await server.registered();
    const path = bind('readonly');
    for (const target of [path, serverObject, '/3'])
      check('x1', (await server.read(target, { format: XML })).response.code, graded.X32);
    check('x2', (await server.read(serverObject, { format: ContentFormat.text })).response.code, graded.X32);
    check('x3', (await server.read(path)).response.code, '2.05');
  },
);
