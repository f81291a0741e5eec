import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { postTlv } from './_requests.js';

/** A lifetime in order and a boolean that is neither, one after the other. */
const PAYLOADS: Readonly<Record<string, string>> = {
  update: 'C1 01 3D C1 06 02',
  'value-before': 'C1 06 02 C1 01 3D',
};

export default testCase(
  {
    id: 'management.instance-write-with-wrong-type',
    title: 'An instance is written as a whole or not at all',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.write-update & format.11542',
    variants: ['update', 'value-before'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-23', says: 'answers 4.00 when one of the values is none of its type' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has not written the other either' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const before = await server.read(serverObject);
    const write = await server.request(postTlv(serverObject, PAYLOADS[variant] ?? ''));
    check('x1', write.response.code, graded.E29);
    const after = await server.read(serverObject);
    check('x2', after.response.content.values, before.response.content.values);
  },
);
