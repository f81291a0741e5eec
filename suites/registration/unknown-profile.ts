import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

export default testCase(
  {
    id: 'registration.unknown-profile',
    title: 'A profile that a server does not know is refused, and the list taken instead',
    since: '1.2',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-6', says: 'does not take the profile alone' },
      x2: { by: 'server', level: 'must', req: 'R-7', says: 'takes the Register with the whole list' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration again' },
    },
  },
  async ({ server, client, check }) => {
    const { exchange, endpoint } = await server.registered();
    const device = await client.elsewhere();
    const query = all(ofDevice(`${endpoint}-profiled`), withParameter('pid=6:27354b9a'));
    const alone = { query, contentFormat: null, payload: new Uint8Array(0) };
    const refused = await device.request(registerLike(exchange, alone));
    check('x1', refused.response.code, graded.X62Unknown);
    const whole = await device.request(registerLike(exchange, { query: ofDevice(`${endpoint}-profiled`) }));
    check('x2', whole.response.code, '2.01');
    check('x3', await answerToUpdate(device, placeIn(whole)), '2.04');
  },
);
