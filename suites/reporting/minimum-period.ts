import { each, oneOf, seconds, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { CHANGED_BY, gaps, lastTold, TEXTS } from './_observation.js';

export default testCase(
  {
    id: 'reporting.minimum-period',
    title: 'A value that keeps changing is notified at the minimum period, ten times',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmin & role.writable',
    variants: Object.keys(CHANGED_BY),
    variantRequires: CHANGED_BY,
    times: { minimum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-18', says: 'notifies of a change when the minimum period has passed' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'keeps the minimum period between any two' },
      x3: { by: 'client', level: 'must', req: 'I-2', says: 'tells the value that was written' },
      x4: { by: 'server', level: 'must', req: 'I-2', says: 'shows the value that was notified' },
    },
  },
  async ({ server, client, times, variant, bind, check }) => {
    await server.registered();
    const path = bind('writable');
    await server.writeAttributes(path, { pmin: times.minimum, pmax: 600 });
    const observation = await server.observe(path);
    // Writing the value that it has is no change.
    const texts = TEXTS.filter((text) => text !== observation.response.content.value(path));
    const byDevice = variant === 'device';
    const change = (text: string) => (byDevice ? client.set(path, text) : server.write(path, text));
    for (const [i, text] of texts.entries()) {
      await change(text);
      const within = (i + 1) * times.minimum;
      await server.notifications(observation, i + 1, { within, owed: 'x1', ...(!byDevice && { silent: graded.X78 }) });
    }
    const least = byDevice ? texts.length : 0;
    check('x2', gaps(observation), each(seconds(times.minimum, byDevice ? times.minimum : Infinity), least));
    const told = observation.notifications.map(({ content }) => content.value(path));
    check('x3', told, byDevice ? texts : each(oneOf(...texts), 0));
    check(
      'x4',
      await server.shown(path),
      byDevice ? lastTold(observation) : oneOf(lastTold(observation), texts.at(-1)),
    );
  },
);
