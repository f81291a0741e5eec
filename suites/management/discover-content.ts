import {
  absent,
  contains,
  ContentFormat,
  discovered,
  each,
  matches,
  oneOf,
  testCase,
} from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.discover-content',
    title: 'A Discover shows what a Read finds, and the number of instances of what is multiple',
    since: '1.0',
    configuration: 'C.4',
    requires: 'op.discover & op.read & role.sources',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-12', says: 'answers 2.05 with links' },
      x2: { by: 'client', level: 'must', req: 'M-13', says: 'shows every instance that it announced' },
      x3: { by: 'client', level: 'must', req: 'M-13', says: 'shows every resource that it lets read' },
      x4: { by: 'client', level: 'must', req: 'M-12', says: 'shows nothing of other objects' },
      x5: { by: 'client', level: 'must', req: 'M-12', says: 'shows how many instances a multiple resource has' },
      x6: { by: 'client', level: 'must', req: 'M-13', says: 'shows the executables of an instance too' },
    },
  },
  async ({ server, bind, check }) => {
    const registration = await server.registered();
    const sources = bind('sources');
    for (const object of ['/1', '/3']) {
      const discover = await server.discover(object);
      const { paths, links, problem } = discovered(discover, registration);
      check('x1', [discover.response.code, discover.response.contentFormat], ['2.05', ContentFormat.link]);
      check('x1', problem, absent);
      for (const instance of registration.objects.filter((path) => path.startsWith(`${object}/`)))
        check('x2', paths, contains(instance));
      const read = await server.read(object);
      check('x3', [read.response.code, read.response.content.problem], ['2.05', absent]);
      const resources = Object.keys(read.response.content.values).map(resourceOf);
      check('x3', resources, each(oneOf(...paths)));
      check('x4', paths, each(matches(new RegExp(`^${object}(/|$)`))));
      const instances = resources.filter((path) => path === sources).length;
      const dim = links[sources]?.['dim'];
      check('x5', dim === undefined && instances > 0 ? 'absent' : 'present', graded.X45);
      check('x5', dim, oneOf(undefined, instances));
    }
    const { paths } = discovered(await server.discover('/3/0'), registration);
    check('x6', paths, contains(bind('reboot')));
  },
);

const resourceOf = (path: string): string => path.split('/').slice(0, 4).join('/');
