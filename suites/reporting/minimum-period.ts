import { each, seconds, testCase } from '../../harness/case/index.js';
import { gaps, TEXTS } from './_observation.js';

export default testCase(
  {
    id: 'reporting.minimum-period',
    title: 'A value that keeps changing is notified at the minimum period, ten times',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write & op.write-attributes & attribute.pmin & role.writable',
    times: { minimum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-18', says: 'notifies of a change when the minimum period has passed' },
      x2: { by: 'client', level: 'must', req: 'I-19', says: 'keeps the minimum period between any two' },
      x3: { by: 'client', level: 'must', req: 'I-2', says: 'tells the value that was written' },
      x4: { by: 'server', level: 'must', req: 'I-2', says: 'shows the value that was notified' },
    },
  },
  async ({ server, times, bind, check }) => {
    await server.registered();
    const path = bind('writable');
    await server.writeAttributes(path, { pmin: times.minimum });
    const observation = await server.observe(path);
    // Writing the value that it has is no change.
    const texts = TEXTS.filter((text) => text !== observation.response.content.value(path));
    for (const [i, text] of texts.entries()) {
      const write = await server.write(path, text);
      await server.notifications(observation, i + 1, { within: times.minimum, after: write, owed: 'x1' });
    }
    check('x2', gaps(observation), each(seconds(times.minimum, times.minimum), texts.length));
    check(
      'x3',
      observation.notifications.map(({ content }) => content.value(path)),
      texts,
    );
    check('x4', await server.shown(path), texts.at(-1));
  },
);
