import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.register-after-reboot',
    title: 'A client makes itself known after a reboot',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.execute & role.readable.a',
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-24', says: 'registers after the reboot, or updates what it kept' },
      x2: { by: 'client', level: 'must', req: 'R-22', says: 'answers the server after the reboot' },
      x3: { by: 'server', level: 'must', req: 'R-20', says: 'accepts the client that it knows' },
      x4: { by: 'server', level: 'must', req: 'R-20', says: 'holds it once' },
    },
  },
  async ({ server, bind, allowances, check, sleep }) => {
    const registration = await server.registered();
    // A server may have something of its own to ask a new client; what meets the reboot stays unanswered for long.
    await sleep(1);
    const reboot = await server.execute(bind('reboot'));
    // A client that kept its state over the reboot may just update; a De-register before it is its right.
    const within = Math.max(60, allowances.boot);
    const register = await server.maybe('register', { within, after: reboot });
    const update = register ? undefined : await server.maybe('update', { within, after: reboot });
    const back = register ?? update;
    check('x1', back?.kind ?? 'nothing', register ? 'register' : 'update');
    check('x3', back?.response.code, register ? '2.01' : '2.04');
    const shown = await server.registrations();
    check('x4', shown.filter(({ endpoint }) => endpoint === registration.endpoint).length, 1);
    const read = await server.read(bind('readable.a'));
    check('x2', read.response.code, '2.05');
  },
);
