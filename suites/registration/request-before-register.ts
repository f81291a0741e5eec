import { matches, testCase } from '../../harness/case/index.js';
import { provokeRegister } from './_again.js';

export default testCase(
  {
    id: 'registration.request-before-register',
    title: 'A client ignores requests of a server that has not accepted its registration yet',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.execute & role.readable.a',
    our: 'server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-22', says: 'carries no request out before it is registered' },
      x2: { by: 'client', level: 'must', req: 'R-22', says: 'answers the same request when it is registered' },
    },
  },
  async ({ server, bind, check, sleep }) => {
    const registration = await server.registered();
    // Two transmissions of the Register go without an answer: the request comes between them.
    const update = await provokeRegister(server, registration, undefined, undefined);
    await sleep(1);
    const request = server.message({ method: 'GET', path: bind('readable.a') });
    const early = await server.send(request, { within: 4 });
    await server.next('register', { within: 30, after: update });
    // Reset and error codes are tolerated as well as silence.
    check('x1', early.code, matches(/^(none|ACK|RST|[45]\.\d\d)$/));
    const read = await server.read(bind('readable.a'));
    check('x2', read.response.code, '2.05');
  },
);
