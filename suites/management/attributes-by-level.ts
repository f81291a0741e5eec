import { discovered, testCase, type Discovered } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.attributes-by-level',
    title: 'Attributes of an object, an instance and a resource are kept apart, and the nearest one counts',
    since: '1.0',
    configuration: 'C.4',
    requires:
      'op.write-attributes & op.discover & role.numeric & attribute.pmin & attribute.pmax & attribute.gt & attribute.st',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-27', says: 'answers attributes at each level with 2.04' },
      x2: { by: 'client', level: 'must', req: 'M-13', says: 'shows at the object the attributes of the object' },
      x3: { by: 'client', level: 'must', req: 'M-13', says: 'shows at the instance those of the instance' },
      x4: {
        by: 'client',
        level: 'must',
        req: 'M-16',
        says: 'shows at the resource its own, and of the others the nearest',
      },
      x5: {
        by: 'client',
        level: 'must',
        req: 'M-27',
        says: 'shows an attribute no more that was written without a value',
      },
      x6: {
        by: 'client',
        level: 'should',
        req: 'M-13',
        says: 'shows below an object no attributes of resources before 1.2',
      },
    },
  },
  async ({ server, bind, check }) => {
    const registration = await server.registered();
    const resource = bind('numeric');
    const instance = resource.split('/').slice(0, 3).join('/');
    const object = resource.split('/').slice(0, 2).join('/');
    const discover = async (path: string): Promise<Discovered['links']> =>
      discovered(await server.discover(path), registration).links;

    check('x1', (await server.writeAttributes(object, { pmin: 10, pmax: 200 })).response.code, '2.04');
    check('x1', (await server.writeAttributes(instance, { pmax: 320 })).response.code, '2.04');
    check('x1', (await server.writeAttributes(resource, { gt: 50, st: 2 })).response.code, '2.04');

    const atObject = await discover(object);
    check('x2', atObject[object], { ...versionOf(atObject[object]), pmin: 10, pmax: 200 });
    check('x6', Object.hasOwn(atObject[resource] ?? {}, 'gt') ? 'shown' : 'absent', graded.X44);
    check('x3', (await discover(instance))[instance]?.['pmax'], 320);
    check('x4', (await discover(resource))[resource], { pmin: 10, pmax: 320, gt: 50, st: 2 });

    await server.writeAttributes(resource, { gt: null });
    await server.writeAttributes(instance, { pmax: null });
    check('x5', (await discover(resource))[resource], { pmin: 10, pmax: 200, st: 2 });
  },
);

const versionOf = (link: Discovered['links'][string] = {}): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(link).filter(([name]) => name === 'ver'));
