import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

export default testCase(
  {
    id: 'registration.lifetime-zero',
    title: 'A lifetime of 0 harms no server',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    times: { while: { nominal: 10, quick: 3 } },
    checks: {
      // 0 is not defined before 1.2; what it means there is judged by registration.lifetime-without-end.
      x1: { by: 'server', level: 'may', req: 'X-11', says: 'takes it, or not' },
      x2: { by: 'server', level: 'must', req: 'P-4', says: 'still serves who was registered before' },
    },
  },
  async ({ server, client, times, check, sleep }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const name = `${registration.endpoint}-zero`;
    const query = all(ofDevice(name), withParameter('lt=0'));
    const register = await device.request(registerLike(registration.exchange, { query }));
    check('x1', register.response.code, graded.X11);
    await sleep(times.while);
    check('x2', await answerToUpdate(client, registration.location), '2.04');
    await device.request({ method: 'DELETE', path: placeIn(register) });
  },
);
