import { ContentFormat, matches, testCase, type AnyRequest } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { postTlv, putText } from './_requests.js';

/** What no server may do with an object that belongs to the bootstrap. */
const REQUESTS: Readonly<Record<string, (object: string) => AnyRequest>> = {
  'read-resource': (object) => ({ method: 'GET', path: `${object}/0/0` }),
  'read-instance': (object) => ({ method: 'GET', path: `${object}/0` }),
  discover: (object) => ({ method: 'GET', path: object, accept: ContentFormat.link }),
  observe: (object) => ({ method: 'GET', path: `${object}/0`, observe: 0 }),
  replace: (object) => putText(`${object}/0/0`, 'coap://192.0.2.1'),
  update: (object) => postTlv(`${object}/0`, 'C1 01 00'),
  'write-attributes': (object) => ({ method: 'PUT', path: `${object}/0`, query: ['pmin=10'] }),
  execute: (object) => ({ method: 'POST', path: `${object}/0/0` }),
  create: (object) => postTlv(object, 'C1 01 00'),
  delete: (object) => ({ method: 'DELETE', path: `${object}/0` }),
};

export default testCase(
  {
    id: 'management.oscore-object',
    title: 'The OSCORE object is closed to every operation',
    since: '1.1',
    configuration: 'C.1',
    our: 'server',
    requires: 'object.21 & format.0 & format.11542',
    variants: [
      'read-resource',
      'read-instance',
      'discover',
      'observe',
      'replace',
      'update',
      'write-attributes',
      'execute',
      'create',
      'delete',
    ],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-4', says: 'refuses the operation' },
      // A client without the object may say that it is not there: whether that precedes is not fixed (M-6).
      x3: { by: 'client', level: 'should', req: 'E-19', says: 'answers 4.01' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'is still registered and answers' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const request = REQUESTS[variant] ?? ((object) => ({ method: 'GET', path: object }));
    const { response } = await server.request(request('/21'));
    check('x1', response.code, matches(/^4/));
    check('x3', response.code, graded.E19);
    const probe = await server.read(`${serverObject}/0`);
    check('x2', probe.response.code, '2.05');
  },
);
