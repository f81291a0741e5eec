import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate } from './_device.js';

/** Below the location that was given, beside it, and what is none. */
const PLACES: Readonly<Record<string, (given: string) => string>> = {
  'never-given': () => '/rd/0123456789abcdef',
  below: (given) => `${given}/more`,
  longer: (given) => `${given}0`,
  shorter: (given) => given.slice(0, -1),
  'other-case': (given) => (given.toUpperCase() === given ? `${given}x` : given.toUpperCase()),
  percent: () => '/rd/%2F%00',
  long: () => `/rd/${'x'.repeat(255)}`,
  'of-many-segments': () => `/rd${'/a'.repeat(40)}`,
};

/** Places that a server may know to be none of its own by their form. */
const CANNOT_BE: ReadonlySet<string> = new Set(['below', 'percent', 'long', 'of-many-segments']);

export default testCase(
  {
    id: 'registration.unknown-location',
    title: 'Where nothing is registered nothing can be updated or ended',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(PLACES),
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-8', says: 'answers an Update there with 4.04 Not Found' },
      x2: { by: 'server', level: 'must', req: 'E-8', says: 'answers a De-register there with 4.04 Not Found' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration that is there' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { location } = await server.registered();
    const elsewhere = PLACES[variant]?.(location) ?? '/rd/0';
    const answer = CANNOT_BE.has(variant) ? graded.E8Nowhere : graded.E8;
    check('x1', await answerToUpdate(client, elsewhere), answer);
    const deregister = await client.request({ method: 'DELETE', path: elsewhere });
    check('x2', deregister.response.code, answer);
    check('x3', await answerToUpdate(client, location), '2.04');
  },
);
