import {
  absent,
  contains,
  ContentFormat,
  discovered,
  having,
  lacks,
  matches,
  present,
  testCase,
} from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Resources of the configuration; those that it has several values of. */
const SINGLE = ['1', '2', '3', '4', '9', '16'];
const MULTIPLE = ['6', '7', '8'];

export default testCase(
  {
    id: 'management.discover',
    ets: { '1.0': 'int-260', '1.1': 'int-260' },
    title: 'What is there, and the attributes attached to it, is discovered at three levels',
    since: '1.0',
    configuration: 'C.4',
    requires:
      'op.discover & op.write-attributes & attribute.pmin & attribute.pmax & attribute.lt & attribute.gt & attribute.st & resource./3/1 & resource./3/2 & resource./3/3 & resource./3/6 & resource./3/7 & resource./3/8 & resource./3/9',
    errata: [
      { ref: 'int-260', reading: 'the lists are what must be there at least' },
      { ref: 'OMA#477', reading: 'an instance that was discovered may show what it inherits' },
      { ref: 'OMA#234', reading: 'from 1.1 a resource that was discovered lists its instances' },
    ],
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'M-13',
        says: 'discovers the object with 2.05 as links, its instance and resources, dim on the multiple ones',
      },
      B: { by: 'client', level: 'must', req: 'M-27', says: "answers the object's attributes with 2.04" },
      C: { by: 'client', level: 'must', req: 'M-13', says: 'discovers the instance with the same links' },
      D: { by: 'client', level: 'must', req: 'M-27', says: "answers the resource's attributes with 2.04" },
      E: {
        by: 'client',
        level: 'must',
        req: 'M-13',
        says: 'discovers the instance with the attributes of the resource',
      },
      F: {
        by: 'client',
        level: 'must',
        req: 'M-16',
        says: 'discovers the resource with its own and the inherited attributes',
      },
    },
  },
  async ({ server, bind, check }) => {
    const registration = await server.registered();
    const resource = bind('observed.a');
    const instance = resource.replace(/\/\d+$/, '');
    const object = instance.replace(/\/\d+$/, '');
    const whole = await server.discover(object);
    const { links, paths, problem } = discovered(whole, registration);
    check('A', [whole.response.code, whole.response.contentFormat, problem], ['2.05', ContentFormat.link, absent]);
    for (const path of [object, instance]) check('A', paths, contains(path));
    for (const id of [...SINGLE, ...MULTIPLE]) check('A', paths, contains(`${instance}/${id}`));
    for (const id of MULTIPLE) {
      const dim = links[`${instance}/${id}`]?.['dim'];
      check('A', dim === undefined ? 'absent' : 'present', graded.X45);
    }

    check('B', (await server.writeAttributes(object, { pmin: 10, pmax: 200 })).response.code, '2.04');

    const first = await server.discover(instance);
    const within = discovered(first, registration);
    check('C', [first.response.code, within.problem], ['2.05', absent]);
    for (const path of paths.filter((each) => each !== object && each.split('/').length <= 4))
      check('C', within.paths, contains(path));
    check('C', within.paths, lacks(matches(new RegExp(`^(?!${instance}(/|$))`))));

    check('D', (await server.writeAttributes(resource, { lt: 1, gt: 6, st: 1 })).response.code, '2.04');

    const second = await server.discover(instance);
    check('E', second.response.code, '2.05');
    check('E', discovered(second, registration).links, having({ [resource]: having({ lt: 1, gt: 6, st: 1 }) }));

    const target = await server.discover(resource);
    const shown = discovered(target, registration);
    check('F', [target.response.code, shown.links[resource]], ['2.05', present]);
    check('F', shown.links, having({ [resource]: having({ pmin: 10, pmax: 200, lt: 1, gt: 6, st: 1 }) }));
  },
);
