import { contains, having, testCase, type Exchange } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { alteredDatagram, type Difference } from './_datagram.js';

const without = (name: string) => (sent: readonly string[]) => sent.filter((one) => !one.startsWith(`${name}=`));
const instead = (name: string, value: string) => (sent: readonly string[]) => [
  ...without(name)(sent),
  `${name}=${value}`,
];

/** One fault each: a server need not look in any order (lwm2m-registration.md §3.9). */
const FAULTS: Readonly<Record<string, { readonly difference: Difference; readonly answer: unknown }>> = {
  'no-lifetime': { difference: { query: without('lt') }, answer: graded.E1Lifetime },
  'no-version': { difference: { query: without('lwm2m') }, answer: graded.E1Version },
  'lifetime-not-a-number': { difference: { query: instead('lt', 'long') }, answer: graded.E1 },
  'unknown-version': { difference: { query: instead('lwm2m', '9.9') }, answer: graded.E3 },
  'unknown-parameter': { difference: { query: (sent) => [...sent, 'colour=red'] }, answer: graded.X3 },
  'no-list': { difference: { contentFormat: null, payload: new Uint8Array(0) }, answer: graded.E6 },
  'list-as-text': { difference: { contentFormat: new Uint8Array(0) }, answer: graded.E58 },
};

export default testCase(
  {
    id: 'registration.refused-register',
    title: 'A server refuses a Register with a fault and keeps what it holds',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(FAULTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-4', says: 'answers with the code of the fault' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'holds the client as before' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    client.raw(alteredDatagram(registration.exchange, FAULTS[variant]?.difference ?? {}));
    const register: Exchange = await server.next('register', { within: 30, after: registration.exchange });
    check('x1', register.response.code, FAULTS[variant]?.answer);
    check('x2', await server.registrations(), contains(having({ endpoint: registration.endpoint })));
  },
);
