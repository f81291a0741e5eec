import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, registerLike } from './_device.js';

/** Content-Formats that a list of links does not have. */
const FORMATS: Readonly<Record<string, number | null>> = {
  'senml-json': 110,
  tlv: 11_542,
  opaque: 42,
  unassigned: 64_999,
  none: null,
};

export default testCase(
  {
    id: 'registration.list-format',
    title: 'The object list has the Content-Format of links',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(FORMATS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-58', says: 'refuses a list that says it is something else' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const query = ofDevice(`${registration.endpoint}-format-${variant}`);
    const contentFormat = FORMATS[variant] ?? null;
    const { response } = await device.request(registerLike(registration.exchange, { query, contentFormat }));
    check('x1', response.code, graded.E58);
    check('x2', await answerToUpdate(client, registration.location), '2.04');
  },
);
