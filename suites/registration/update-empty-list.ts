import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, bareUpdate, ofDevice, placeIn, registerLike } from './_device.js';

export default testCase(
  {
    id: 'registration.update-empty-list',
    title: 'A Content-Format without a list changes nothing',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'X-56', says: 'takes the Update, or refuses it as a bad request' },
      x2: { by: 'server', level: 'must', req: 'R-17', says: 'knows the objects as before', continues: true },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'holds the registration' },
    },
  },
  async ({ server, client, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-empty`;
    const device = await client.elsewhere();
    const query = ofDevice(name);
    const location = placeIn(await device.request(registerLike(registration.exchange, { query })));
    const objects = async () => (await server.registrations()).find(({ endpoint }) => endpoint === name)?.objects;
    const before = await objects();
    const update = await device.request({ ...bareUpdate(location), contentFormat: 40 });
    check('x1', update.response.code, graded.X56);
    check('x2', await objects(), before);
    check('x3', await answerToUpdate(device, location), '2.04');
  },
);
