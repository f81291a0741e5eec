import { having, lacks, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from './_device.js';

export default testCase(
  {
    id: 'registration.deregister-twice',
    title: 'Who has left is gone, and may come back',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-1', says: 'answers the De-register with 2.02 Deleted' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'holds the device no longer' },
      x3: { by: 'server', level: 'must', req: 'E-59', says: 'answers a second De-register with 4.04 Not Found' },
      x4: { by: 'server', level: 'must', req: 'E-8', says: 'answers an Update with 4.04 Not Found' },
      x5: { by: 'server', level: 'must', req: 'R-1', says: 'takes a new Register of the same name' },
    },
  },
  async ({ server, client, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-leaving`;
    const device = await client.elsewhere();
    const come = registerLike(registration.exchange, { query: ofDevice(name) });
    const location = placeIn(await device.request(come));
    const leave = { method: 'DELETE', path: location } as const;
    check('x1', (await device.request(leave)).response.code, '2.02');
    check('x2', await server.registrations(), lacks(having({ endpoint: name })));
    check('x3', (await device.request(leave)).response.code, graded.E59);
    check('x4', await answerToUpdate(device, location), graded.E8);
    check('x5', (await device.request(come)).response.code, '2.01');
  },
);
