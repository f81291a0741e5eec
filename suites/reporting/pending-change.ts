import { between, each, seconds, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { CHANGED_BY, gaps, TEXTS } from './_observation.js';

export default testCase(
  {
    id: 'reporting.pending-change',
    title: 'Changes within the minimum period are notified once, when it has passed',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmin & role.writable',
    variants: Object.keys(CHANGED_BY),
    variantRequires: CHANGED_BY,
    times: { minimum: { nominal: 10, quick: 4 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-19', says: 'remembers a change until the minimum period has passed' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'notifies then, not before' },
      x3: { by: 'client', level: 'must', req: 'I-2', says: 'tells the value of that moment' },
      x4: { by: 'client', level: 'must', req: 'I-18', says: 'notifies once, as nothing changed since' },
    },
  },
  async ({ server, client, times, variant, bind, check, sleep }) => {
    await server.registered();
    const path = bind('writable');
    await server.writeAttributes(path, { pmin: times.minimum, pmax: 600 });
    const observation = await server.observe(path);
    const byDevice = variant === 'device';
    const change = (text = '') => (byDevice ? client.set(path, text) : server.write(path, text));
    await change(TEXTS[0]);
    await sleep(times.minimum / 2, observation);
    await change(TEXTS[1]);

    const wait = { within: times.minimum, owed: 'x1', ...(!byDevice && { silent: graded.X78 }) } as const;
    const notifications = await server.notifications(observation, 1, wait);
    const least = byDevice ? 1 : 0;
    check('x2', gaps(observation).slice(0, 1), each(seconds(times.minimum, times.minimum), least));
    check(
      'x3',
      notifications.map(({ content }) => content.value(path)),
      each(TEXTS[1], least),
    );
    await sleep(1.5 * times.minimum);
    check('x4', observation.notifications.length, between(least, 1));
  },
);
