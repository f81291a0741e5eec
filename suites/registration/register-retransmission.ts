import { retransmittedAfter, testCase } from '../../harness/case/index.js';
import { provokeRegister } from './_again.js';

export default testCase(
  {
    id: 'registration.register-retransmission',
    title: 'A client repeats a Register that nobody answers, with doubled pauses',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.execute & transport.udp & role.readable.a',
    our: 'server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'rfc7252#4.2', says: 'repeats the same Register' },
      // The parameters have defaults, which an application may set otherwise (RFC 7252 §4.8.1).
      x2: { by: 'client', level: 'should', req: 'P-5', says: 'repeats it first after 2 to 3 s' },
      x5: { by: 'client', level: 'should', req: 'P-5', says: 'sends it five times' },
      x3: { by: 'client', level: 'must', req: 'P-5', says: 'waits twice as long each time', continues: true },
      x4: { by: 'client', level: 'must', req: 'R-22', says: 'answers the server once it is registered' },
    },
  },
  async ({ server, bind, check }) => {
    const registration = await server.registered();
    // The fifth is the last one that a client may send.
    const update = await provokeRegister(server, registration, undefined, undefined, undefined, undefined);
    const register = await server.next('register', { within: 30, after: update });
    const { transmissions } = register;
    check('x1', transmissions.length > 1, true);
    check('x5', transmissions.length, 5);
    const [first = 0, ...later] = transmissions.slice(1).map((t, i) => t - (transmissions[i] ?? 0));
    check('x2', first, retransmittedAfter(2, 3));
    check(
      'x3',
      later,
      later.map((_, i) => retransmittedAfter(first * 2 ** (i + 1), first * 2 ** (i + 1))),
    );
    const read = await server.read(bind('readable.a'));
    check('x4', read.response.code, '2.05');
  },
);
