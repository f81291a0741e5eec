import { each, seconds, testCase } from '../../harness/case/index.js';
import { gaps, instanceOf, objectOf } from './_observation.js';

export default testCase(
  {
    id: 'reporting.attribute-precedence',
    title: 'The nearest attribute counts, each for itself',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmax & role.writable & role.writable.b',
    times: { unit: { nominal: 3, quick: 2 } },
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'I-12',
        says: 'takes the period of the resource before that of its instance',
      },
      x2: {
        by: 'client',
        level: 'must',
        req: 'I-12',
        says: 'takes the period of the instance before that of the object',
      },
      x3: {
        by: 'client',
        level: 'must',
        req: 'I-12',
        says: 'takes the period of the object when the instance has none',
      },
    },
  },
  async ({ server, times, bind, check }) => {
    await server.registered();
    const path = bind('writable');
    await server.writeAttributes(objectOf(path), { pmin: 0, pmax: 3 * times.unit });
    const ofObject = await server.observe(bind('writable.b'));
    await server.notifications(ofObject, 1, { within: 3 * times.unit, owed: 'x3' });
    check('x3', gaps(ofObject), each(seconds(3 * times.unit, 3 * times.unit)));
    await server.cancel(ofObject);

    await server.writeAttributes(instanceOf(path), { pmin: 0, pmax: times.unit });
    await server.writeAttributes(path, { pmin: 0, pmax: 2 * times.unit });
    const ofInstance = await server.observe(bind('writable.b'));
    await server.notifications(ofInstance, 2, { within: 2 * times.unit + 2, owed: 'x2' });
    check('x2', gaps(ofInstance), each(seconds(times.unit, times.unit), 2));
    await server.cancel(ofInstance);

    const ofResource = await server.observe(path);
    await server.notifications(ofResource, 2, { within: 4 * times.unit + 2, owed: 'x1' });
    check('x1', gaps(ofResource), each(seconds(2 * times.unit, 2 * times.unit), 2));
  },
);
