import { testCase, type Matcher } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

const QUERIES: Readonly<Record<string, readonly [role: string, query: string, answer: Matcher]>> = {
  'unknown-name': ['numeric', 'nonsense=1', graded.E33Unknown],
  'threshold-of-text': ['readonly', 'gt=5', graded.E33Misfit],
};

export default testCase(
  {
    id: 'management.attributes-unknown',
    title: 'An attribute that no version knows, or that does not suit the resource, is refused',
    since: '1.0',
    configuration: 'C.4',
    our: 'server',
    requires: 'op.write-attributes & role.numeric',
    variants: ['unknown-name', 'threshold-of-text'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-27', says: 'answers 4.00, or leaves the attribute aside' },
      x2: { by: 'client', level: 'must', req: 'M-27', says: 'still takes other attributes' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const [role, query, answer] = QUERIES[variant] ?? ['numeric', '', graded.E33Unknown];
    const path = bind(role);
    check('x1', (await server.request({ method: 'PUT', path, query: [query] })).response.code, answer);
    check('x2', (await server.writeAttributes(path, { pmin: 10 })).response.code, '2.04');
  },
);
