import { ContentFormat, octets, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** An Object Instance with nothing in it; its resource 0 is mandatory. */
const EMPTY_INSTANCE = '20 12 67';

export default testCase(
  {
    id: 'management.create-without-mandatory',
    title: 'A Create without a mandatory value is refused, or filled by the client from 1.1 on',
    since: '1.0',
    configuration: 'C.101',
    our: 'server',
    requires: 'op.create & object.16 & format.11542',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-37', says: 'answers 4.00, or 2.01 where it may fill in the value' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has the instance where it said so, and only there' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const object = bind('collection');
    const payload = octets(EMPTY_INSTANCE);
    const create = await server.request({ method: 'POST', path: object, contentFormat: ContentFormat.tlv, payload });
    check('x1', create.response.code, graded.E39);
    const read = await server.read(`${object}/4711`);
    check('x2', read.response.code, create.response.code === '2.01' ? '2.05' : graded.E20);
  },
);
