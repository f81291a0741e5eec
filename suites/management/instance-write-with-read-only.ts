import { having, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { postTlv } from './_requests.js';

/** Notification storing on, and another Short Server ID. */
const PAYLOAD = 'C1 06 01 C1 00 63';

export default testCase(
  {
    id: 'management.instance-write-with-read-only',
    title: 'An instance is not written with a read-only resource in it',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.write-update & format.11542',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-22', says: 'answers 4.05 to a write with a read-only resource in it' },
      x2: {
        by: 'client',
        level: 'must',
        req: 'M-25',
        says: 'has all written of what it took, or nothing of what it refused',
      },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const before = (await server.read(serverObject)).response.content.values;
    const write = await server.request(postTlv(serverObject, PAYLOAD));
    check('x1', write.response.code, graded.E28);
    const after = (await server.read(serverObject)).response.content.values;
    const taken = write.response.code === '2.04' ? { [`${serverObject}/6`]: true } : {};
    check('x2', after, having({ ...before, ...taken }));
  },
);
