import { each, seconds, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { gaps, TEXTS } from './_observation.js';

export default testCase(
  {
    id: 'reporting.default-periods',
    title: 'The periods of the Server object hold where no attribute is attached',
    since: '1.0',
    configuration: 'C.3',
    requires:
      'op.observe & op.write & op.write-attributes & resource./1/2 & resource./1/3 & role.readable.a & role.readable.b & role.writable',
    times: { minimum: { nominal: 4, quick: 2 }, maximum: { nominal: 10, quick: 6 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-12', says: 'notifies at the default maximum period' },
      x2: { by: 'client', level: 'must', req: 'I-12', says: 'lets an attached period take the place of the default' },
      x3: { by: 'client', level: 'must', req: 'I-12', says: 'keeps the default minimum period' },
    },
  },
  async ({ server, times, bind, check }) => {
    const registration = await server.registered();
    await server.write(`${registration.serverObject}/2`, times.minimum);
    await server.write(`${registration.serverObject}/3`, times.maximum);
    await server.writeAttributes(bind('readable.b'), { pmax: 2 * times.maximum });
    const unattached = await server.observe(bind('readable.a'));
    const attached = await server.observe(bind('readable.b'));
    await server.notifications(unattached, 2, { within: 2 * times.maximum + 2, owed: 'x1' });
    check('x1', gaps(unattached), each(seconds(times.maximum, times.maximum), 2));
    await server.notifications(attached, 1, { within: 2 * times.maximum, owed: 'x2' });
    check('x2', gaps(attached), each(seconds(2 * times.maximum, 2 * times.maximum)));

    const changing = await server.observe(bind('writable'));
    await server.write(bind('writable'), TEXTS[3] ?? '');
    await server.notifications(changing, 1, { within: times.minimum, owed: 'x3', silent: graded.X78 });
    check('x3', gaps(changing).slice(0, 1), each(seconds(times.minimum, times.minimum), 0));
  },
);
