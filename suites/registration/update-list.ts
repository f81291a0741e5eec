import { testCase, utf8 } from '../../harness/case/index.js';
import { bareUpdate, ofDevice, placeIn, registerLike } from './_device.js';

const FORMER = '</1/0>,</3/0>,</5/0>,</3303>;ver=1.1,</3303/0>,</3303/1>';
const LATTER = '</1/0>,</3/0>,</3303>;ver=1.1,</3303/1>,</3303/2>';

export default testCase(
  {
    id: 'registration.update-list',
    title: 'The list of an Update is the whole list',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-17', says: 'answers the Update with 2.04 Changed' },
      x2: { by: 'server', level: 'must', req: 'R-17', says: 'knows instances that came' },
      x3: { by: 'server', level: 'must', req: 'R-17', says: 'knows instances no more that are not in the list' },
    },
  },
  async ({ server, client, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-changing`;
    const device = await client.elsewhere();
    const difference = { query: ofDevice(name), payload: utf8(FORMER) };
    const location = placeIn(await device.request(registerLike(registration.exchange, difference)));
    const update = await device.request({ ...bareUpdate(location), contentFormat: 40, payload: utf8(LATTER) });
    check('x1', update.response.code, '2.04');
    const shown = (await server.registrations()).find(({ endpoint }) => endpoint === name);
    const listed = (path: string): boolean | undefined => shown?.objects?.includes(path);
    check('x2', listed('/3303/2') ?? true, true);
    check('x3', [listed('/5/0') ?? false, listed('/3303/0') ?? false], [false, false]);
  },
);
