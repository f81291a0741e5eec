import { testCase } from '../../harness/case/index.js';
import { setAndShown } from './_value.js';

/** Attributes, the value told before and the one it changes to (I-21, I-22). */
const ROWS: Readonly<Record<string, readonly [Readonly<Record<string, number>>, number, number]>> = {
  'gt-20-50': [{ gt: 45 }, 20, 50],
  'lt-50-10': [{ lt: 20 }, 50, 10],
  'st-20-30': [{ st: 10 }, 20, 30],
  'st-30-20': [{ st: 10 }, 30, 20],
  'gt-st-20-35': [{ gt: 45, st: 10 }, 20, 35],
  'gt-st-45-50': [{ gt: 45, st: 10 }, 45, 50],
  'gt-st-50-40': [{ gt: 45, st: 10 }, 50, 40],
  'gt-st-35-20': [{ gt: 45, st: 10 }, 35, 20],
  'lt-gt-st-75-90': [{ lt: 20, gt: 85, st: 10 }, 75, 90],
  'lt-gt-st-50-10': [{ lt: 20, gt: 85, st: 10 }, 50, 10],
  'lt-gt-st-87-99': [{ lt: 20, gt: 85, st: 10 }, 87, 99],
};

export default testCase(
  {
    id: 'reporting.threshold-fires',
    title: 'A change that crosses a threshold or makes a step is notified',
    since: '1.0',
    configuration: 'C.4',
    requires:
      'op.read & op.observe & op.write-attributes & attribute.gt & attribute.lt & attribute.st & stimulus.set & role.numeric',
    variants: Object.keys(ROWS),
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-22', says: 'notifies of the change' },
      x2: { by: 'client', level: 'must', req: 'I-2', says: 'tells the new value' },
    },
  },
  async ({ server, client, variant, bind, check, sleep }) => {
    await server.registered();
    const path = bind('numeric');
    const [attributes, before, after] = ROWS[variant] ?? [{}, 0, 0];
    await setAndShown({ client, server, sleep }, path, before);
    // The default periods of the configuration do not matter here.
    await server.writeAttributes(path, { pmin: 0, pmax: 600, ...attributes });
    const observation = await server.observe(path);
    await client.set(path, after);
    const [notification] = await server.notifications(observation, 1, { within: 10, owed: 'x1' });
    check('x2', notification?.content.value(path), after);
  },
);
