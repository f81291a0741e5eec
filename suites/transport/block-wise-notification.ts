import { absent, between, testCase } from '../../harness/case/index.js';

/** Neither the value of the configuration nor one that a client begins with. */
const CHANGED = 43;

export default testCase(
  {
    id: 'transport.block-wise-notification',
    title: 'A notification larger than a block begins with its first block',
    since: '1.0',
    configuration: 'C.4',
    our: 'server',
    ours: { server: { blockSize: 16 } },
    requires: 'op.observe & stimulus.set & role.numeric & block-wise',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-27', says: 'notifies with its first block and an Observe number' },
      x2: { by: 'client', level: 'must', req: 'P-27', says: 'gives the other blocks when they are asked for' },
      x3: { by: 'client', level: 'must', req: 'P-27', says: 'gives the new values in them' },
    },
  },
  async ({ server, client, bind, check, sleep }) => {
    await server.registered();
    const instance = bind('numeric').split('/').slice(0, 3).join('/');
    const observation = await server.observe(instance);
    await client.set(bind('numeric'), CHANGED);
    await server.notifications(observation, 1, { within: 15, owed: 'x2' });
    // Another value of the instance may have changed first: a clock does each second.
    await sleep(3);
    const notification = observation.notifications.findLast(({ whole }) => whole);
    check('x1', notification?.observe, between(0, 0xff_ffff));
    check('x2', notification?.content.problem, absent);
    check('x3', notification?.content.value(bind('numeric')), CHANGED);
  },
);
