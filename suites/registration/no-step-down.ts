import { testCase } from '../../harness/case/index.js';
import { provokeRegister } from './_again.js';

export default testCase(
  {
    id: 'registration.no-step-down',
    title: 'A client keeps its version when a Register is refused for another reason than the version',
    since: '1.1',
    configuration: 'C.1',
    requires: 'op.execute',
    our: 'server',
    checks: {
      x2: {
        by: 'client',
        level: 'must',
        req: 'R-29',
        says: 'takes the refusal for the end: no Update of the old registration follows',
      },
      x1: { by: 'client', level: 'may', req: 'V-4', says: 'keeps its version after 4.00 Bad Request' },
    },
  },
  async ({ server, enabler, check }) => {
    const registration = await server.registered();
    const update = await provokeRegister(server, registration, '4.00');
    const refused = await server.next('register', { within: 30, after: update });
    await server.silence({ for: 20, after: refused, kind: 'update', owed: 'x2' });
    // The retry timer has 60 s by default; a client may also give up after an error.
    const again = await server.maybe('register', { within: 75, after: refused });
    check('x1', again?.request.query.get('lwm2m') ?? enabler, enabler);
  },
);
