import { matches, not, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from './_device.js';

/** Parameters of which no text says what they mean. */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  'lifetime-again': ['lt=300'],
  'binding-again': ['b=U', 'b=U'],
  'binding-empty': ['b='],
  hundred: Array.from({ length: 100 }, (_, i) => `p${i}=${i}`),
  long: [`x=${'y'.repeat(250)}`],
  nameless: ['=', '=a', ''],
  'not-utf8-escapes': ['%ff=%00', 'a=%'],
};

export default testCase(
  {
    id: 'registration.odd-parameters',
    title: 'Parameters that nobody expects are refused or passed over',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(ADDED),
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-7', says: 'answers, and not with an internal error' },
      x2: { by: 'server', level: 'should', req: 'E-7', says: 'refuses them as a bad request, or takes the Register' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration exactly if it has taken it' },
      x4: { by: 'server', level: 'must', req: 'P-4', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const name = `${registration.endpoint}-odd-${variant}`;
    const added = ADDED[variant] ?? [];
    const query = (sent: readonly string[]) => [...ofDevice(name)(sent), ...added];
    const register = await device.request(registerLike(registration.exchange, { query }));
    const { code } = register.response;
    check('x1', code, not(matches(/^(5|none)/)));
    check('x2', code, graded.E7);
    const isTaken = code === '2.01';
    check('x3', await answerToUpdate(device, placeIn(register)), isTaken ? '2.04' : graded.E8);
    check('x4', await answerToUpdate(client, registration.location), '2.04');
  },
);
