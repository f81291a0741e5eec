import { matches, seconds, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.disable',
    title: 'A disabled client is silent for the timeout, deaf to the server, and then registers',
    since: '1.0',
    configuration: 'C.3',
    requires: 'op.execute & op.write & resource./1/4 & resource./1/5 & role.readable.a',
    our: 'server',
    times: { timeout: { nominal: 20, quick: 8 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-27', says: 'sends nothing while the timeout runs' },
      x2: {
        by: 'client',
        level: 'must',
        req: 'R-22',
        says: 'carries nothing out for a server where it is not registered',
      },
      x3: { by: 'client', level: 'must', req: 'R-27', says: 'registers when the timeout has passed, not before' },
      x4: { by: 'client', level: 'must', req: 'R-22', says: 'answers the server again' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    const registration = await server.registered();
    await server.write(`${registration.serverObject}/5`, times.timeout);
    const disable = await server.execute(`${registration.serverObject}/4`);
    const deregister = await server.next('deregister', { within: 10, after: disable });

    await sleep(times.timeout / 2, disable);
    const request = server.message({ method: 'GET', path: bind('readable.a') });
    const ignored = await server.send(request, { within: times.timeout / 2 - 1 });
    // The timeout may count from the answer to Disable, or from the end of the registration.
    const delay = deregister.response.t - disable.response.t;
    await server.silence({ for: times.timeout - delay - 1, after: deregister, owed: 'x1' });
    // Reset and error codes are tolerated as well as silence.
    check('x2', ignored.code, matches(/^(none|ACK|RST|[45]\.\d\d)$/));

    const register = await server.next('register', { within: times.timeout + delay + 10, after: disable, owed: 'x3' });
    check('x3', register.request.t - disable.response.t, seconds(times.timeout, times.timeout + delay + 5));
    const read = await server.read(bind('readable.a'));
    check('x4', read.response.code, '2.05');
  },
);
