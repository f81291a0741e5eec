import { testCase } from '../../harness/case/index.js';
import { all, bareUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

/** A binding that is not the default of any version. */
const BINDING = { '1.0': 'US', '1.1': 'UT', '1.2': 'UT' } as const;

export default testCase(
  {
    id: 'registration.update-keeps-the-rest',
    title: 'What an Update does not name stays as it was',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-16', says: 'answers an Update of the lifetime with 2.04 Changed' },
      x2: { by: 'server', level: 'must', req: 'R-16', says: 'holds the new lifetime', continues: true },
      x3: { by: 'server', level: 'must', req: 'R-17', says: 'holds binding and objects as they were announced' },
      x4: { by: 'server', level: 'must', req: 'R-16', says: 'keeps all of it at an Update of nothing' },
    },
  },
  async ({ server, client, enabler, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-terse`;
    const device = await client.elsewhere();
    const query = all(ofDevice(name), withParameter(`b=${BINDING[enabler]}`));
    const location = placeIn(await device.request(registerLike(registration.exchange, { query })));
    const held = async () => (await server.registrations()).find(({ endpoint }) => endpoint === name);
    const first = await held();

    const update = await device.request({ ...bareUpdate(location), query: ['lt=400'] });
    check('x1', update.response.code, '2.04');
    const second = await held();
    check('x2', second?.lifetime ?? 400, 400);
    check('x3', [second?.binding, second?.objects], [first?.binding, first?.objects]);
    await device.request(bareUpdate(location));
    const third = await held();
    const kept = [second?.lifetime, second?.binding, second?.objects];
    check('x4', [third?.lifetime, third?.binding, third?.objects], kept);
  },
);
