import { oneOf, testCase } from '../../harness/case/index.js';
import { answerToUpdate, bareUpdate, ofDevice, placeIn, registerLike } from '../registration/_device.js';

/** As if there were no such registration, or as what is not permitted. */
const REFUSED = oneOf('4.04', '4.03', '4.01', '4.00');

export default testCase(
  {
    id: 'security.other-session',
    title: 'A registration is its own client’s alone, whoever else has a good session',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-9', says: 'refuses the Update of another client' },
      x2: { by: 'server', level: 'must', req: 'S-9', says: 'refuses the De-register of another client' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'still finds the registration' },
      x4: { by: 'server', level: 'must', req: 'R-1', says: 'still finds that of the other client' },
    },
  },
  async ({ server, client, check }) => {
    const { exchange, endpoint, location } = await server.registered();
    const other = await client.elsewhere('another');
    const register = await other.request(registerLike(exchange, { query: ofDevice(`${endpoint}-another`) }));
    const update = await other.request(bareUpdate(location));
    check('x1', update.response.code, REFUSED);
    const deregister = await other.request({ method: 'DELETE', path: location });
    check('x2', deregister.response.code, REFUSED);
    check('x3', await answerToUpdate(client, location), '2.04');
    // A server that was told of no second client may have refused it: then there is nothing to be found.
    if (register.response.code === '2.01') check('x4', await answerToUpdate(other, placeIn(register)), '2.04');
  },
);
