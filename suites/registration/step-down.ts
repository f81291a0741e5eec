import { oneOf, testCase } from '../../harness/case/index.js';
import { provokeRegister } from './_again.js';

/** Versions below each. */
const OLDER = { '1.0': [], '1.1': ['1.0'], '1.2': ['1.1', '1.0'] };

export default testCase(
  {
    id: 'registration.step-down',
    title: 'A client whose version is refused with 4.12 tries an older one',
    since: '1.1',
    configuration: 'C.1',
    requires: 'op.execute & enabler.1.0 & role.readable.a',
    our: 'server',
    checks: {
      x1: { by: 'client', level: 'may', req: 'V-4', says: 'registers with an older version' },
      x3: { by: 'server', level: 'must', req: 'V-3', says: 'accepts the older version' },
      x2: { by: 'client', level: 'must', req: 'R-22', says: 'answers the server that accepted the older version' },
    },
  },
  async ({ server, enabler, bind, check }) => {
    const registration = await server.registered();
    const update = await provokeRegister(server, registration, '4.12');
    const refused = await server.next('register', { within: 30, after: update });
    const next = await server.next('register', { within: 90, after: refused });
    check('x1', next.request.query.get('lwm2m'), oneOf(...OLDER[enabler]));
    check('x3', next.response.code, '2.01');
    const read = await server.read(bind('readable.a'));
    check('x2', read.response.code, '2.05');
  },
);
