import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { setAndShown } from './_value.js';

/** Attributes, the value told before, and one on the other side: back over the threshold (I-21, X-24). */
const ROWS: Readonly<Record<string, readonly [Readonly<Record<string, number>>, number, number]>> = {
  'gt-50-40': [{ gt: 45 }, 50, 40],
  'lt-10-30': [{ lt: 20 }, 10, 30],
  'lt-gt-st-17-24': [{ lt: 20, gt: 85, st: 10 }, 17, 24],
};

export default testCase(
  {
    id: 'reporting.threshold-return',
    title: 'A change back over a threshold is notified',
    since: '1.0',
    configuration: 'C.4',
    requires:
      'op.read & op.observe & op.write-attributes & attribute.gt & attribute.lt & attribute.st & stimulus.set & role.numeric',
    variants: Object.keys(ROWS),
    checks: {
      x1: { by: 'client', level: 'must', req: 'X-24', says: 'notifies of the change' },
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
    await sleep(4);
    check('x1', observation.notifications.length > 0 ? 'notified' : 'silent', graded.X24);
  },
);
