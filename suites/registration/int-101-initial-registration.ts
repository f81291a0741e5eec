import { announcedPaths, contains, lacks, matches, testCase } from '../../harness/case/index.js';

/** Objects that a client keeps to itself (Core 1.1 §6.2.1; 21 came with 1.1, 23 with 1.2.1). */
const UNANNOUNCED = { '1.0': /^\/0(\/|$)/, '1.1': /^\/(0|21)(\/|$)/, '1.2': /^\/(0|21|23)(\/|$)/ };

export default testCase(
  {
    id: 'registration.initial',
    ets: { '1.0': 'int-101', '1.1': 'int-101' },
    title: 'A client registers with the objects it has',
    since: '1.0',
    configuration: 'C.1',
    start: true,
    times: { registration: { nominal: 60, quick: 60 } },
    checks: {
      A: { by: 'client', level: 'must', req: 'R-4', says: 'sends the lifetime and the LwM2M version' },
      B: {
        by: 'client',
        level: 'must',
        req: 'R-9',
        says: 'lists its objects and instances, and never the Security object',
      },
      C: { by: 'server', level: 'must', req: 'R-2', says: 'answers 2.01 Created with a location under /rd' },
      x1: {
        by: 'client',
        level: 'must',
        req: 'R-3',
        says: 'sends the Register as a confirmable message',
        continues: true,
      },
      x2: { by: 'client', level: 'must', req: 'R-7', says: 'sends the list as link format', continues: true },
      x3: { by: 'client', level: 'must', req: 'V-1', says: 'names the version that is tested', continues: true },
    },
  },
  async ({ server, times, enabler, check }) => {
    const register = await server.next('register', { within: times.registration, owed: 'A' });
    check('x1', register.request.confirmable, true);
    check('x2', register.request.contentFormat, 40);
    check('x3', register.request.query.get('lwm2m'), enabler);
    check(
      'A',
      [register.request.query.get('lt'), register.request.query.get('lwm2m')],
      [matches(/^\d+$/), matches(/^1\.\d$/)],
    );

    const announced = announcedPaths(register.request.payload);
    check('B', announced, contains(matches(/^\/1\/\d+$/)));
    check('B', announced, contains('/3/0'));
    check('B', announced, lacks(matches(UNANNOUNCED[enabler])));
    check('C', [register.response.code, register.response.location], ['2.01', matches(/^\/rd\/.+/)]);
  },
);
