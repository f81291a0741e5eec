import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { isHeld } from './_held.js';

export default testCase(
  {
    id: 'registration.update-of-expired-registration',
    ets: { '1.1': 'int-105' },
    title: 'A server refuses the Update of a registration that it has dropped',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    ours: { client: { keepAlive: false } },
    times: { lifetime: { nominal: 20, quick: 6 }, grace: { nominal: 10, quick: 10 } },
    leavesOut: {
      A: 'judged by registration.register-after-refused-update',
      D: 'judged by registration.register-after-refused-update',
    },
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-19', says: 'announces the lifetime' },
      B: { by: 'server', level: 'must', req: 'R-15', says: 'holds the client for de-registered' },
      C: { by: 'server', level: 'must', req: 'E-8', says: 'answers the Update with 4.04 Not Found' },
    },
  },
  async ({ server, client, times, check, sleep }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    const update = await server.next('update', { within: 5, after: write });
    check('x1', update.request.query.get('lt'), String(times.lifetime));

    await sleep(times.lifetime + times.grace + 1, update);
    const inTime = !(await isHeld(server, registration));
    // Some servers look for expired registrations now and then.
    await sleep(inTime ? 0 : times.lifetime + 6 * times.grace, inTime ? undefined : update);
    check('B', inTime ? 'within' : (await isHeld(server, registration)) ? 'never' : 'beyond', graded.X30);
    await client.update();
    const late = await server.next('update', { within: times.lifetime + 6 * times.grace + 10, after: update });
    check('C', late.response.code, graded.E8);
  },
);
