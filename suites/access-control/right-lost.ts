import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { rulerOf } from './_rights.js';

export default testCase(
  {
    id: 'access-control.right-lost',
    title: 'A server that may not read any more is not notified any more',
    since: '1.0',
    configuration: 'C.108',
    requires: 'servers.2 & object.2 & op.observe & op.write-attributes & attribute.pmin & role.writable',
    servers: 2,
    times: { watch: { nominal: 10, quick: 5 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'A-6', says: 'notifies a server that may read' },
      x2: { by: 'client', level: 'must', req: 'I-8', says: 'tells it no value once it may not' },
      x3: { by: 'client', level: 'must', req: 'A-7', says: 'refuses it a Read then' },
    },
  },
  async ({ server, server2, times, bind, check, sleep }) => {
    await server.registered();
    await server2.registered();
    const path = bind('writable');
    const ruler = await rulerOf(server, path);
    await server2.writeAttributes(path, { pmin: 0 });
    const observation = await server2.observe(path);
    await server.write(path, '+05:30');
    await server2.notifications(observation, 1, { within: 10, owed: 'x1' });

    await server.write(`${ruler}/2`, { '1': 15, '2': 2 });
    const before = observation.notifications.length;
    const change = await server.write(path, '+06:30');
    await sleep(times.watch, change);
    const told = observation.notifications.slice(before).filter(({ code }) => code.startsWith('2.'));
    check('x2', told.length, 0);
    check('x3', (await server2.read(path)).response.code, graded.E23);
  },
);
