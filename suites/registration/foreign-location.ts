import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from './_device.js';

export default testCase(
  {
    id: 'registration.foreign-location',
    title: 'What another device does to a registration is what the server says that it did',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      // Without security nothing tells another device from one that has moved.
      x1: { by: 'server', level: 'may', req: 'X-73', says: 'answers an Update from another device as it likes' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'still finds the registration after it' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'holds it exactly if it has refused a De-register' },
      x4: { by: 'server', level: 'must', req: 'R-1', says: 'holds the other device in any case' },
    },
  },
  async ({ server, client, check }) => {
    const registration = await server.registered();
    const { exchange, endpoint } = registration;
    const [mine, foreign] = [await client.elsewhere(), await client.elsewhere()];
    const register = (name: string) => registerLike(exchange, { query: ofDevice(`${endpoint}-${name}`) });
    const location = placeIn(await mine.request(register('mine')));
    const other = placeIn(await foreign.request(register('foreign')));
    check('x1', await answerToUpdate(foreign, location), graded.X73);
    check('x2', await answerToUpdate(mine, location), '2.04');
    const deregister = await foreign.request({ method: 'DELETE', path: location });
    const hasLeft = deregister.response.code === '2.02';
    check('x3', await answerToUpdate(mine, location), hasLeft ? graded.E8 : '2.04');
    check('x4', await answerToUpdate(foreign, other), '2.04');
  },
);
