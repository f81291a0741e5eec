import { testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** application/xml: no LwM2M format ever was. */
const XML = 41;

export default testCase(
  {
    id: 'management.content-format-unsupported',
    title: 'A Write in an unknown format is refused',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.write & op.write-update',
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'E-30',
        says: 'answers 4.15 to a payload in a format that it does not have',
      },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has the old values afterwards' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const before = await server.read(serverObject);
    const payload = utf8('61');
    const replace = await server.request({ method: 'PUT', path: `${serverObject}/1`, contentFormat: XML, payload });
    check('x1', replace.response.code, graded.E30);
    const update = await server.request({ method: 'POST', path: serverObject, contentFormat: XML, payload });
    check('x1', update.response.code, graded.E30);
    const after = await server.read(serverObject);
    check('x2', after.response.content.values, before.response.content.values);
  },
);
