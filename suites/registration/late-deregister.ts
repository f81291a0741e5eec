import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

export default testCase(
  {
    id: 'registration.late-deregister',
    title: 'A De-register after the lifetime finds nothing, and the client can come back',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    times: { lifetime: { nominal: 20, quick: 5 } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-8', says: 'answers the De-register with 4.04 Not Found' },
      x2: { by: 'server', level: 'must', req: 'R-20', says: 'takes a Register of the same name afterwards' },
    },
  },
  async ({ server, client, times, check, sleep }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const name = `${registration.endpoint}-expired`;
    const query = all(ofDevice(name), withParameter(`lt=${times.lifetime}`));
    const register = await device.request(registerLike(registration.exchange, { query }));
    // Some servers look for expired registrations now and then.
    await sleep(2 * times.lifetime + 60, register);
    const late = await device.request({ method: 'DELETE', path: placeIn(register) });
    check('x1', late.response.code, graded.E8);
    const again = await device.request(registerLike(registration.exchange, { query: ofDevice(name) }));
    check('x2', again.response.code, '2.01');
  },
);
