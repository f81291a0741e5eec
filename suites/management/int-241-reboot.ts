import { announcedPaths, between, contains, having, matches, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

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
  async ({ server, bind, times, allowances, enabler, check }) => {
    const before = await server.registered();
    const reboot = await server.execute(bind('reboot'));
    check('A', [reboot.response.code, reboot.response.payload.length], ['2.04', 0]);

    const within = Math.max(times.boot, allowances.boot);
    const register = await server.maybe('register', { within, after: reboot });
    const update = register ? undefined : await server.maybe('update', { within, after: reboot });
    const back = register ?? update;
    check('B', back?.kind ?? 'nothing', graded.X79);
    check('A', reboot.response.position, between(0, back?.request.position ?? 0));
    const { query, payload } = (register ?? before.exchange).request;
    check('B', [query.get('lt'), query.get('lwm2m')], [matches(/^\d+$/), enabler]);
    check('B', announcedPaths(payload), contains(before.serverObject));
    check('B', announcedPaths(payload), contains('/3/0'));
    const { location = before.location } = back?.response ?? {};
    check('C', [back?.response.code, location], [register ? '2.01' : '2.04', matches(/^\/rd\/.+/)]);
    const own = (await server.registrations()).filter(({ endpoint }) => endpoint === before.endpoint);
    check('C', own, [having({ endpoint: before.endpoint })]);
  },
);
