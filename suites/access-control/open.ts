import { absent, contains, discovered, lacks, matches, testCase } from '../../harness/case/index.js';
import { instanceOf, objectOf } from './_rights.js';

export default testCase(
  {
    id: 'access-control.open',
    title: 'Discover and attributes of an object take no right; a Read of an object shows what a server may read',
    since: '1.0',
    configuration: 'C.108',
    requires: 'servers.2 & object.2 & op.discover & op.write-attributes & attribute.pmin & role.collection.multi',
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'A-6', says: 'discovers for a server what it may not read' },
      x2: { by: 'client', level: 'must', req: 'A-6', says: 'takes its attributes of the object' },
      x3: {
        by: 'client',
        level: 'must',
        req: 'A-12',
        says: 'reads to a server the instances of an object that it may',
      },
      x4: { by: 'client', level: 'must', req: 'A-12', says: 'leaves the others out' },
    },
  },
  async ({ server, server2, bind, check }) => {
    const own = await server.registered();
    const registration = await server2.registered();
    const hidden = bind('collection.multi');
    const discover = await server2.discover(instanceOf(hidden));
    const { problem, paths } = discovered(discover, registration);
    check('x1', [discover.response.code, problem], ['2.05', absent]);
    check('x1', paths, contains(hidden));
    const attributes = await server2.writeAttributes(objectOf(hidden), { pmin: 1 });
    check('x2', attributes.response.code, '2.04');

    // The second may read both Server instances, the first only its own.
    const all = await server2.read('/1');
    check('x3', all.response.code, '2.05');
    for (const instance of [own.serverObject, registration.serverObject])
      check('x3', Object.keys(all.response.content.values), contains(`${instance}/0`));
    const some = Object.keys((await server.read('/1')).response.content.values);
    check('x3', some, contains(`${own.serverObject}/0`));
    check('x4', some, lacks(matches(new RegExp(`^${registration.serverObject}/`))));
  },
);
