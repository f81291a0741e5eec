import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, bareUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

export default testCase(
  {
    id: 'registration.queue-flag-lasts',
    title: 'An Update without the flag of queue mode says nothing about it',
    since: '1.1',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    requires: 'queue',
    checks: {
      x1: { by: 'server', level: 'must', req: 'Q-1', says: 'holds the device for one in queue mode' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Update with 2.04 Changed' },
      x3: { by: 'server', level: 'should', req: 'X-10', says: 'still holds it for one in queue mode' },
    },
  },
  async ({ server, client, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-queueing`;
    const device = await client.elsewhere();
    const query = all(ofDevice(name), withParameter('Q'));
    const location = placeIn(await device.request(registerLike(registration.exchange, { query })));
    const isQueueing = async (): Promise<boolean> =>
      (await server.registrations()).some(({ endpoint, queueMode }) => endpoint === name && queueMode !== false);
    check('x1', await isQueueing(), true);
    const update = await device.request({ ...bareUpdate(location), query: ['lt=300'] });
    check('x2', update.response.code, '2.04');
    check('x3', (await isQueueing()) ? 'kept' : 'dropped', graded.X10);
  },
);
