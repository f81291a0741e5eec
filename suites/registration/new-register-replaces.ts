import { matches, not, testCase } from '../../harness/case/index.js';
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
      x1: { by: 'server', level: 'must', req: 'R-20', says: 'accepts the new registration' },
      x2: { by: 'server', level: 'must', req: 'R-20', says: 'holds the client once', continues: true },
      x3: { by: 'server', level: 'must', req: 'E-8', says: 'knows no location but that of the new one' },
      // The location is the choice of the server: no text forbids the same once more.
      x4: { by: 'server', level: 'should', req: 'R-20', says: 'gives the new registration another location' },
    },
  },
  async ({ server, client, check }) => {
    const old = await server.registered();
    await client.restart();
    const register = await server.next('register', { within: 60, after: old.exchange });
    const { location } = register.response;
    check('x1', [register.response.code, location], ['2.01', matches(/^\/rd\/.+/)]);
    check('x4', location, not(old.location));
    const shown = await server.registrations();
    check('x2', shown.filter(({ endpoint }) => endpoint === old.endpoint).length, 1);
    client.raw(postDatagram(old.location));
    const update = await server.next('update', { within: 5, after: register });
    check('x3', update.response.code, location === old.location ? '2.04' : graded.E8);
  },
);
