import { testCase, type AnyRequest } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate } from './_device.js';

/** Methods that do not exist at the place where registrations are made, or at a registration. */
const REQUESTS: Readonly<Record<string, (location: string) => AnyRequest>> = {
  'put-registration': (path) => ({ method: 'PUT', path, query: ['lt=300'] }),
  'get-registration': (path) => ({ method: 'GET', path }),
  'fetch-registration': (path) => ({ method: 'FETCH', path }),
  'patch-registration': (path) => ({ method: 'PATCH', path }),
  'put-directory': () => ({ method: 'PUT', path: '/rd', contentFormat: 40 }),
  'delete-directory': () => ({ method: 'DELETE', path: '/rd' }),
  'ipatch-directory': () => ({ method: 'iPATCH', path: '/rd' }),
};

export default testCase(
  {
    id: 'registration.wrong-method',
    title: 'Registrations are made, changed and ended by POST and DELETE alone',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(REQUESTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-4', says: 'does nothing at the request' },
      x2: { by: 'server', level: 'should', req: 'E-56', says: 'answers that the method is not allowed' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration as before' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { location } = await server.registered();
    const request = REQUESTS[variant]?.(location) ?? { method: 'PUT', path: location };
    const { response } = await client.request(request);
    check('x1', response.code, graded.E56Nothing);
    check('x2', response.code, graded.E56);
    check('x3', await answerToUpdate(client, location), '2.04');
  },
);
