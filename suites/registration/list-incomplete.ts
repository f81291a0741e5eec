import { testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from './_device.js';

/** Lists without what every client has. */
const LISTS: Readonly<Record<string, string>> = {
  'no-server': '</3/0>,</5>',
  'no-device': '</1/0>,</5>',
  'root-alone': '</>;rt="oma.lwm2m"',
  'unknown-alone': '</42769/0>',
};

export default testCase(
  {
    id: 'registration.list-incomplete',
    title: 'A list without Server or Device is refused, or taken as it is',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(LISTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'X-4', says: 'refuses the Register, or takes it' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration exactly if it has taken it' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const query = ofDevice(`${registration.endpoint}-incomplete-${variant}`);
    const payload = utf8(LISTS[variant] ?? '');
    const register = await device.request(registerLike(registration.exchange, { query, payload }));
    const { code } = register.response;
    check('x1', code, graded.X4List);
    check('x2', await answerToUpdate(device, placeIn(register)), code === '2.01' ? '2.04' : graded.E8);
  },
);
