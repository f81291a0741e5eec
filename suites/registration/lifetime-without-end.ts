import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

export default testCase(
  {
    id: 'registration.lifetime-without-end',
    title: 'A lifetime of 0 has no end',
    since: '1.2',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    times: { while: { nominal: 10, quick: 3 } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'X-11', says: 'takes the Register' },
      x2: { by: 'server', level: 'must', req: 'R-15', says: 'still holds the registration after a while' },
    },
  },
  async ({ server, client, times, check, sleep }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const name = `${registration.endpoint}-endless`;
    const query = all(ofDevice(name), withParameter('lt=0'));
    const register = await device.request(registerLike(registration.exchange, { query }));
    check('x1', register.response.code, graded.X11);
    await sleep(times.while);
    check('x2', await answerToUpdate(device, placeIn(register)), graded.X11Update);
    await device.request({ method: 'DELETE', path: placeIn(register) });
  },
);
