import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, placeIn, registerLike } from './_device.js';

export default testCase(
  {
    id: 'registration.same-name-elsewhere',
    title: 'A client that registers from another address is there and nowhere else',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    start: true,
    ours: { client: { keepAlive: false } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-20', says: 'accepts the Register from the new address' },
      x2: { by: 'server', level: 'must', req: 'R-20', says: 'holds the client once' },
      x3: { by: 'server', level: 'must', req: 'R-3', says: 'sends its requests to the new address' },
      x4: { by: 'server', level: 'must', req: 'E-8', says: 'knows the old location no more' },
      x5: { by: 'server', level: 'must', req: 'R-1', says: 'finds the new one' },
    },
  },
  async ({ server, client, bind, check }) => {
    const old = await server.registered();
    const moved = await client.elsewhere();
    const register = await moved.request(registerLike(old.exchange));
    check('x1', register.response.code, '2.01');
    const shown = await server.registrations();
    check('x2', shown.filter(({ endpoint }) => endpoint === old.endpoint).length, 1);

    // A Read with nothing readable to it is answered like any other.
    moved.answer(
      ({ code }) => code === '0.01',
      () => ({ code: '4.04' }),
    );
    const read = await server.read(bind('readonly'));
    check('x3', read.to, 'client2');
    const location = placeIn(register);
    check('x4', await answerToUpdate(client, old.location), old.location === location ? '2.04' : graded.E8);
    check('x5', await answerToUpdate(moved, location), '2.04');
  },
);
