import { having, oneOf, testCase } from '../../harness/case/index.js';
import { answerToUpdate, bareUpdate, ofDevice, placeIn, registerLike } from './_device.js';

/** Another binding than that of the Register, in two orders where a version has one. */
const BINDINGS = { '1.0': ['US', 'US'], '1.1': ['UT', 'TU'], '1.2': ['UT', 'TU'] } as const;

export default testCase(
  {
    id: 'registration.update-binding',
    title: 'A changed binding is taken from an Update',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Update with 2.04 Changed' },
      x2: { by: 'server', level: 'must', req: 'R-17', says: 'holds the new binding' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration again' },
    },
  },
  async ({ server, client, enabler, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-binding`;
    const device = await client.elsewhere();
    const query = ofDevice(name);
    const location = placeIn(await device.request(registerLike(registration.exchange, { query })));
    const [binding, otherwise] = BINDINGS[enabler];
    const update = await device.request({ ...bareUpdate(location), query: [`b=${binding}`] });
    check('x1', update.response.code, '2.04');
    const shown = (await server.registrations()).find(({ endpoint }) => endpoint === name);
    // Letters stand in any order.
    check('x2', { binding: shown?.binding ?? binding }, having({ binding: oneOf(binding, otherwise) }));
    check('x3', await answerToUpdate(device, location), '2.04');
  },
);
