import { testCase } from '../../harness/case/index.js';
import { setAndShown } from './_value.js';

/**
 * Attributes, the value told before, one that fires nothing and one that does then (I-21, I-22): forward over a threshold, since
 * a way back over one is for threshold-return.
 */
const ROWS: Readonly<Record<string, readonly [Readonly<Record<string, number>>, number, number, number]>> = {
  'lt-gt-50-60': [{ lt: 10, gt: 45 }, 50, 60, 5],
  'gt-20-40': [{ gt: 45 }, 20, 40, 60],
  'lt-gt-10-15': [{ lt: 20, gt: 45 }, 10, 15, 50],
  'st-20-29': [{ st: 10 }, 20, 29, 31],
  'gt-st-35-40': [{ gt: 45, st: 10 }, 35, 40, 60],
  'lt-gt-st-24-27': [{ lt: 20, gt: 85, st: 10 }, 24, 27, 60],
};

export default testCase(
  {
    id: 'reporting.threshold-holds',
    title: 'A change that crosses no threshold and makes no step is not notified',
    since: '1.0',
    configuration: 'C.4',
    requires:
      'op.read & op.observe & op.write-attributes & attribute.gt & attribute.lt & attribute.st & stimulus.set & role.numeric',
    variants: Object.keys(ROWS),
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-22', says: 'keeps the change to itself' },
      x2: {
        by: 'client',
        level: 'must',
        req: 'I-22',
        says: 'notifies of the next one, which counts from the value told',
      },
    },
  },
  async ({ server, client, variant, bind, check, sleep }) => {
    await server.registered();
    const path = bind('numeric');
    const [attributes, before, quiet, loud] = ROWS[variant] ?? [{}, 0, 0, 0];
    await setAndShown({ client, server, sleep }, path, before);
    // The default periods of the configuration do not matter here.
    await server.writeAttributes(path, { pmin: 0, pmax: 600, ...attributes });
    const observation = await server.observe(path);
    await client.set(path, quiet);
    await sleep(4);
    check('x1', observation.notifications.length, 0);
    await client.set(path, loud);
    const [notification] = await server.notifications(observation, 1, { within: 15, owed: 'x2' });
    check('x2', notification?.content.value(path), loud);
  },
);
