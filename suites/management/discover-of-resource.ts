import { absent, discovered, having, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.discover-of-resource',
    title: 'From 1.1 a Discover of a multiple resource lists its instances',
    since: '1.1',
    configuration: 'C.4',
    requires: 'op.discover & role.sources',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-13', says: 'lists the resource and its instances, and nothing else' },
      x2: { by: 'client', level: 'must', req: 'M-16', says: 'counts the instances in dim' },
      x3: { by: 'client', level: 'must', req: 'M-13', says: 'lists a single resource alone' },
    },
  },
  async ({ server, bind, check }) => {
    const registration = await server.registered();
    const path = bind('sources');
    const read = await server.read(path);
    const instances = Object.keys(read.response.content.values);
    const discover = await server.discover(path);
    const { paths, links, problem } = discovered(discover, registration);
    check('x1', [discover.response.code, problem], ['2.05', absent]);
    check('x1', [...paths].sort(), [path, ...instances].sort());
    check('x2', links, having({ [path]: having({ dim: instances.length }) }));
    const single = await server.discover(bind('readonly'));
    check('x3', discovered(single, registration).paths, [bind('readonly')]);
  },
);
