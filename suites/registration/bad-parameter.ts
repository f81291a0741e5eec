import { having, lacks, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, registerLike, withoutParameter, withParameter } from './_device.js';

/** One fault each, in the parameters of a device that the server does not know. */
const FAULTS = {
  'lifetime-with-unit': { query: withParameter('lt=60s'), answer: graded.E1 },
  'lifetime-empty': { query: withParameter('lt='), answer: graded.E1 },
  'lifetime-bare': { query: withParameter('lt'), answer: graded.E1 },
  'lifetime-negative': { query: withParameter('lt=-60'), answer: graded.E1 },
  'lifetime-fraction': { query: withParameter('lt=60.5'), answer: graded.E1 },
  'lifetime-hexadecimal': { query: withParameter('lt=0x3C'), answer: graded.E1 },
  'version-empty': { query: withParameter('lwm2m='), answer: graded.E1Malformed },
  'version-a-word': { query: withParameter('lwm2m=newest'), answer: graded.E1Malformed },
  'binding-of-no-letter': { query: withParameter('b=Z'), answer: graded.E1 },
  'name-missing': { query: withoutParameter('ep'), answer: graded.E2 },
  'name-empty': { query: withParameter('ep='), answer: graded.X2 },
} as const;

export default testCase(
  {
    id: 'registration.bad-parameter',
    title: 'A server refuses a Register with a parameter that is malformed, and makes no registration of it',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(FAULTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-1', says: 'answers with the code of the fault', continues: true },
      x2: { by: 'server', level: 'must', req: 'R-4', says: 'holds no registration of a device that it refused' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, variant, check, sleep }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-faulty-${variant}`;
    const fault = new Map(Object.entries(FAULTS)).get(variant) ?? FAULTS['lifetime-with-unit'];
    const device = await client.elsewhere();
    const query = all(ofDevice(name), fault.query);
    const { response } = await device.request(registerLike(registration.exchange, { query }));
    check('x1', response.code, fault.answer);
    await sleep(1);
    const refused = !response.code.startsWith('2.');
    const unwanted = refused ? name : '';
    check('x2', await server.registrations(), lacks(having({ endpoint: unwanted })));
    check('x3', await answerToUpdate(client, registration.location), '2.04');
  },
);
