import { announcedPaths, contains, having, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.reboot',
    ets: { '1.0': 'int-241', '1.1': 'int-241' },
    title: 'A device that was told to reboot answers first and registers anew',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.execute & resource./3/4',
    times: { boot: { nominal: 60, quick: 60 } },
    checks: {
      A: { by: 'client', level: 'must', req: 'M-32', says: 'answers 2.04 before it reboots' },
      B: { by: 'client', level: 'must', req: 'O-9', says: 'registers as in int-101' },
      C: { by: 'server', level: 'must', req: 'R-20', says: 'replaces the old registration' },
    },
  },
  async ({ server, bind, times, enabler, check }) => {
    const before = await server.registered();
    const reboot = await server.execute(bind('reboot'));
    check('A', [reboot.response.code, reboot.response.payload.length], ['2.04', 0]);

    const register = await server.next('register', { within: times.boot, after: reboot, owed: 'B' });
    const { query, payload } = register.request;
    check('A', reboot.response.position < register.request.position, true);
    check('B', [query.get('lt'), query.get('lwm2m')], [matches(/^\d+$/), enabler]);
    check('B', announcedPaths(payload), contains(before.serverObject));
    check('B', announcedPaths(payload), contains('/3/0'));
    check('C', [register.response.code, register.response.location], ['2.01', matches(/^\/rd\/.+/)]);
    const own = (await server.registrations()).filter(({ endpoint }) => endpoint === before.endpoint);
    check('C', own, [having({ endpoint: before.endpoint })]);
  },
);
