import { not, testCase } from '../../harness/case/index.js';
import { notify } from './_notifying.js';

export default testCase(
  {
    id: 'reporting.notification-after-cancel',
    title: 'What is notified after the cancel is not wanted any more',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'transport.udp',
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'P-13',
        says: 'resets a confirmable notification of the past observation',
      },
      x2: { by: 'server', level: 'should', req: 'I-5', says: 'shows no value of it' },
      x3: { by: 'server', level: 'must', req: 'I-2', says: 'can observe again, and shows what is notified then' },
    },
  },
  async ({ server, client, bind, check, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    await server.cancel(observation);
    await sleep(1);
    check('x1', (await notify(client, observation, { number: 100, text: 'unwanted' })).code, 'RST');
    check('x2', await server.shown(path), not('unwanted'));
    const again = await server.observe(path, { format: 0 });
    await notify(client, again, { number: 100, text: 'wanted' });
    check('x3', await server.shown(path), 'wanted');
  },
);
