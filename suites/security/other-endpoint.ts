import { testCase } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'security.other-endpoint',
    title: 'Nobody registers under a name that the session does not prove',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    our: 'client',
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-4', says: 'refuses the name of another endpoint' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'still finds the registration of the proven name' },
    },
  },
  async ({ server, client, check }) => {
    const { exchange, endpoint, location } = await server.registered();
    const { response } = await client.request(registerLike(exchange, { query: ofDevice(`${endpoint}-other`) }));
    check('x1', response.code, graded.E4);
    check('x2', await answerToUpdate(client, location), '2.04');
  },
);
