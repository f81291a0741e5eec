import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

export default testCase(
  {
    id: 'registration.binding-of-other-version',
    title: 'Queue mode in the form of 1.0 is malformed later',
    since: '1.1',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'X-9', says: 'refuses it, or takes it for queue mode' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration exactly if it has taken it' },
    },
  },
  async ({ server, client, check }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const query = all(ofDevice(`${registration.endpoint}-old`), withParameter('b=UQ'));
    const register = await device.request(registerLike(registration.exchange, { query }));
    const { code } = register.response;
    check('x1', code, graded.X9);
    check('x2', await answerToUpdate(device, placeIn(register)), code === '2.01' ? '2.04' : graded.E8);
  },
);
