import { testCase, utf8, type AnyRequest } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, bareUpdate, ofDevice, placeIn, registerLike } from './_device.js';

type Faulty = Pick<AnyRequest, 'query' | 'contentFormat' | 'payload'>;

/** One fault each. */
const FAULTS: Readonly<Record<string, Faulty>> = {
  'lifetime-a-word': { query: ['lt=long'] },
  'lifetime-negative': { query: ['lt=-1'] },
  'binding-of-no-letter': { query: ['b=Z'] },
  'unknown-parameter': { query: ['colour=red'] },
  name: { query: ['ep=somebody-else'] },
  version: { query: ['lwm2m=9.9'] },
  'list-malformed': { contentFormat: 40, payload: utf8('</1/0>;title="a,</3/0') },
  'list-of-other-format': { contentFormat: 110, payload: utf8('</1/0>,</3/0>') },
};

export default testCase(
  {
    id: 'registration.update-bad-parameter',
    title: 'A faulty Update is refused, or its fault ignored',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(FAULTS),
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'E-9',
        says: 'refuses the Update as a bad request, or ignores the fault',
      },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration' },
      x3: { by: 'server', level: 'should', req: 'E-9', says: 'knows the device by its name, with its former lifetime' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-careless-${variant}`;
    const device = await client.elsewhere();
    const query = ofDevice(name);
    const location = placeIn(await device.request(registerLike(registration.exchange, { query })));
    const { response } = await device.request({ ...bareUpdate(location), ...FAULTS[variant] });
    check('x1', response.code, graded.E9Any);
    check('x2', await answerToUpdate(device, location), '2.04');
    const shown = (await server.registrations()).find(({ endpoint }) => endpoint === name);
    check('x3', shown?.lifetime ?? 300, 300);
  },
);
