import { testCase, utf8, type AnyRequest } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate } from '../registration/_device.js';

/** Requests that no LwM2M server serves; some are what scanners and load balancers ask. */
const REQUESTS: Readonly<Record<string, AnyRequest>> = {
  elsewhere: { method: 'POST', path: '/nope', payload: utf8('x'), contentFormat: 0 },
  'below-nothing': { method: 'DELETE', path: '/a/b/c/d/e/f' },
  'long-path': { method: 'POST', path: `/${'x'.repeat(255)}/${'y'.repeat(255)}` },
  'many-segments': { method: 'PUT', path: '/s'.repeat(150) },
  'device-path': { method: 'PUT', path: '/3/0/14', payload: utf8('x'), contentFormat: 0 },
  'dots-in-path': { method: 'POST', path: '/rd/../rd' },
  'like-register': { method: 'POST', path: '/RD', query: ['ep=x', 'lt=60', 'lwm2m=1.1'] },
};

export default testCase(
  {
    id: 'robustness.unknown-places',
    title: 'A server does nothing where it has nothing',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(REQUESTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-4', says: 'answers with an error, and not an internal one' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { location } = await server.registered();
    const request = REQUESTS[variant] ?? { method: 'POST', path: '/nope' };
    check('x1', (await client.request(request)).response.code, graded.E56Nothing);
    check('x2', await answerToUpdate(client, location), '2.04');
  },
);
