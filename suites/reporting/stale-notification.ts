import { not, testCase } from '../../harness/case/index.js';
import { notify } from './_notifying.js';

export default testCase(
  {
    id: 'reporting.stale-notification',
    title: 'A notification that was overtaken is old, and ends nothing',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    checks: {
      x1: { by: 'server', level: 'must', req: 'I-2', says: 'shows the value of a new notification' },
      x2: { by: 'server', level: 'must', req: 'P-33', says: 'does not reset one that comes late' },
      x3: { by: 'server', level: 'should', req: 'I-9', says: 'shows the newer value still' },
      x4: { by: 'server', level: 'must', req: 'I-2', says: 'takes the next new one' },
    },
  },
  async ({ server, client, bind, check }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    await notify(client, observation, { number: 200, text: 'newer' });
    check('x1', await server.shown(path), 'newer');
    const late = await notify(client, observation, { number: 100, text: 'older' });
    check('x2', late.code, not('RST'));
    check('x3', await server.shown(path), 'newer');
    await notify(client, observation, { number: 300, text: 'newest' });
    check('x4', await server.shown(path), 'newest');
  },
);
