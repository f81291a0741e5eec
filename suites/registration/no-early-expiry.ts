import { each, testCase } from '../../harness/case/index.js';
import { all, bareUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

/** Seconds before the end of the lifetime: more than a server may take to look at the Update. */
const MARGIN = 4;

export default testCase(
  {
    id: 'registration.no-early-expiry',
    title: 'An Update just before the end of the lifetime comes in time',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    times: { lifetime: { nominal: 20, quick: 10 } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-15', says: 'accepts an Update just before the lifetime has passed' },
      x2: { by: 'server', level: 'must', req: 'R-16', says: 'counts the lifetime anew from each Update' },
    },
  },
  async ({ server, client, times, check, sleep }) => {
    const registration = await server.registered();
    const device = await client.elsewhere();
    const query = all(ofDevice(`${registration.endpoint}-late`), withParameter(`lt=${times.lifetime}`));
    const register = await device.request(registerLike(registration.exchange, { query }));
    const location = placeIn(register);
    await sleep(times.lifetime - MARGIN, register);
    const first = await device.request(bareUpdate(location));
    check('x1', first.response.code, '2.04');

    const codes: string[] = [];
    let last = first;
    for (let i = 0; i < 3; i++) {
      await sleep(times.lifetime - MARGIN, last);
      last = await device.request(bareUpdate(location));
      codes.push(last.response.code);
    }
    check('x2', codes, each('2.04', 3));
  },
);
