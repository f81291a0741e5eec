import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { isHeld } from './_held.js';

export default testCase(
  {
    id: 'registration.removal-on-expiry',
    ets: { '1.0': 'int-102', '1.1': 'int-102' },
    title: 'A server drops a registration when its lifetime has passed, and not before',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    ours: { client: { keepAlive: false } },
    // How late a server may drop it is not specified; the grace is row expiry of the tolerance table.
    times: { lifetime: { nominal: 20, quick: 6 }, grace: { nominal: 10, quick: 10 } },
    leavesOut: {
      A: 'judged by registration.update-on-lifetime-change',
      B: 'judged by registration.update-on-lifetime-change',
      C: 'judged by registration.update-on-lifetime-change',
      D: 'the other half of the either/or: registration.renewal',
    },
    checks: {
      x2: { by: 'client', level: 'must', req: 'R-19', says: 'announces the lifetime' },
      E: { by: 'server', level: 'must', req: 'R-15', says: 'drops the registration after the lifetime' },
      x1: { by: 'server', level: 'must', req: 'R-15', says: 'keeps the registration as long as the lifetime runs' },
    },
  },
  async ({ server, times, check, sleep }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    const update = await server.next('update', { within: 5, after: write });
    check('x2', update.request.query.get('lt'), String(times.lifetime));

    await sleep(times.lifetime - 1, update);
    check('x1', await isHeld(server, registration), true);
    await sleep(times.lifetime + times.grace + 1, update);
    const inTime = !(await isHeld(server, registration));
    // Some servers look for expired registrations now and then.
    await sleep(inTime ? 0 : times.lifetime + 6 * times.grace, inTime ? undefined : update);
    check('E', inTime ? 'within' : (await isHeld(server, registration)) ? 'never' : 'beyond', graded.X30);
  },
);
