import { having, not, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { postDatagram } from './_datagram.js';

export default testCase(
  {
    id: 'registration.new-register-replaces',
    title: 'A Register of a known client takes the place of its old registration',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-20', says: 'gives the new registration another location' },
      x2: { by: 'server', level: 'must', req: 'R-20', says: 'holds the client once', continues: true },
      x3: { by: 'server', level: 'must', req: 'E-8', says: 'answers an Update at the old location with 4.04' },
    },
  },
  async ({ server, client, check }) => {
    const old = await server.registered();
    await client.restart();
    const register = await server.next('register', { within: 60, after: old.exchange });
    check('x1', register.response, having({ code: '2.01', location: not(old.location) }));
    const shown = await server.registrations();
    check('x2', shown.filter(({ endpoint }) => endpoint === old.endpoint).length, 1);
    client.raw(postDatagram(old.location));
    const update = await server.next('update', { within: 5, after: register });
    check('x3', update.response.code, graded.E8);
  },
);
