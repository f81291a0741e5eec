import { announcedPaths, contains, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.register-after-refused-update',
    ets: { '1.1': 'int-105' },
    title: 'A client whose registration was dropped registers again',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write & resource./1/1 & role.readable.a',
    our: 'server',
    times: { lifetime: { nominal: 60, quick: 6 } },
    leavesOut: {
      B: 'judged by registration.update-of-expired-registration',
      C: 'judged by registration.update-of-expired-registration',
    },
    checks: {
      A: { by: 'client', level: 'must', req: 'R-18', says: 'updates within its lifetime' },
      D: { by: 'client', level: 'must', req: 'R-21', says: 'registers again when the Update is answered 4.04' },
      x1: { by: 'client', level: 'must', req: 'R-7', says: 'sends the whole list and its lifetime once more' },
      x2: { by: 'client', level: 'must', req: 'R-22', says: 'answers the server where it is registered again' },
    },
  },
  async ({ server, times, bind, check }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    const announced = await server.next('update', { within: 5, after: write });

    server.answer(
      (request) => request.code === '0.02',
      () => ({ code: '4.04' }),
    );
    const update = await server.next('update', { within: times.lifetime, after: announced, owed: 'A' });
    check('A', update.request.t < announced.response.t + times.lifetime, true);

    const register = await server.next('register', { within: 30, after: update, owed: 'D' });
    check('D', register.request.query.get('ep') ?? registration.endpoint, registration.endpoint);
    const announcedAgain = announcedPaths(register.request.payload);
    check('x1', register.request.query.get('lt'), String(times.lifetime));
    check('x1', announcedAgain, contains(matches(/^\/1\/\d+$/)));
    check('x1', announcedAgain, contains('/3/0'));
    const read = await server.read(bind('readable.a'));
    check('x2', read.response.code, '2.05');
  },
);
