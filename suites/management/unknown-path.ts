import { ContentFormat, testCase, type AnyRequest, type Matcher } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { putText } from './_requests.js';

/** What is asked of a path, and how it is refused. */
const OPERATIONS: Readonly<Record<string, readonly [Matcher, (path: string) => AnyRequest]>> = {
  read: [graded.E20, (path) => ({ method: 'GET', path })],
  discover: [graded.E25, (path) => ({ method: 'GET', path, accept: ContentFormat.link })],
  observe: [graded.E48Absent, (path) => ({ method: 'GET', path, observe: 0 })],
  write: [graded.E31, (path) => putText(path, 'text')],
  'write-attributes': [graded.E34, (path) => ({ method: 'PUT', path, query: ['pmin=10'] })],
  execute: [graded.E37, (path) => ({ method: 'POST', path })],
  delete: [graded.E44, (path) => ({ method: 'DELETE', path })],
};

/** Delete is about instances alone, and those of the Device object stay in any case. */
const withoutResource = (path: string): string => path.split('/').slice(0, 3).join('/');

export default testCase(
  {
    id: 'management.unknown-path',
    title: 'What is not there is not found',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    variants: ['write', 'read', 'discover', 'observe', 'write-attributes', 'execute', 'delete'],
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'E-20',
        says: 'answers 4.04 where it has no such object, instance or resource',
      },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has nothing there afterwards' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const [answer, request] = OPERATIONS[variant] ?? [graded.E20, () => ({ method: 'GET', path: '/' })];
    const resource = bind(variant === 'write' ? 'writable' : variant === 'execute' ? 'reboot' : 'readonly');
    const inAbsentInstance = bind('absent.instance') + resource.slice(resource.lastIndexOf('/'));
    const paths =
      variant === 'delete'
        ? [withoutResource(bind('absent.object'))]
        : [bind('absent.object'), inAbsentInstance, bind('absent.resource')];
    for (const path of paths) {
      const { response } = await server.request(request(path));
      check('x1', [path, response.code], [path, answer]);
    }
    for (const path of [bind('absent.object'), bind('absent.instance'), bind('absent.resource')])
      check('x2', (await server.read(path)).response.code, graded.E20);
  },
);
