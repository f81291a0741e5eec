import { testCase, type Exchange } from '../../harness/case/index.js';
import { notify } from '../reporting/_notifying.js';

export default testCase(
  {
    id: 'management.queue-after-notification',
    title: 'A client that notifies is awake',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'queue',
    start: true,
    ours: { client: { queueMode: true, keepAlive: false } },
    times: { asleep: { nominal: 100, quick: 100 }, while: { nominal: 10, quick: 5 } },
    checks: {
      x1: { by: 'server', level: 'must', req: 'Q-9', says: 'sends nothing while the client sleeps' },
      x2: { by: 'server', level: 'should', req: 'Q-2', says: 'sends what waited when the client has notified' },
    },
  },
  async ({ server, client, bind, times, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    await sleep(times.asleep, observation);
    await server.order({ do: 'read', path: bind('readable.a'), format: 0 });
    const where = ({ request }: Exchange): boolean => request.path === bind('readable.a');
    const whole = times.asleep + times.while;
    await server.silence({ of: 'server', after: observation, where, for: whole, owed: 'x1' });
    const sent = await notify(client, observation, { number: 100, text: 'awake' });
    await server.sent('read', { within: 10, after: sent, path: bind('readable.a'), owed: 'x2' });
  },
);
