import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, bareUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

export default testCase(
  {
    id: 'registration.only-updates-renew',
    title: 'Nothing but an Update lengthens the life of a registration',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    times: { lifetime: { nominal: 20, quick: 5 } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-16', says: 'answers pings and refuses what it does not know' },
      x2: {
        by: 'server',
        level: 'must',
        req: 'R-15',
        says: 'has dropped the registration some time after its lifetime, though it heard from the device',
      },
    },
  },
  async ({ server, client, times, check, sleep }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const query = all(ofDevice(`${registration.endpoint}-pinging`), withParameter(`lt=${times.lifetime}`));
    const register = await device.request(registerLike(registration.exchange, { query }));
    const location = placeIn(register);
    await sleep(times.lifetime - 2, register);
    check('x1', (await device.send({ code: '0.00' }, { within: 5 })).code, 'RST');
    check('x1', (await device.request({ method: 'GET', path: '/nothing' })).response.code, graded.E56Nothing);
    // What a server may be late is not specified; minutes are.
    await sleep(2 * times.lifetime + 60, register);
    const late = await device.request(bareUpdate(location));
    check('x2', late.response.code, graded.E8);
  },
);
