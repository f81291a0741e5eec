import { discovered, having, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Queries with one fault, after an attribute that is in order. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  word: ['pmax=600', 'pmin=abc'],
  'negative-period': ['pmax=600', 'pmin=-1'],
  'thresholds-equal': ['pmax=600', 'gt=5', 'lt=5'],
  'thresholds-crossed': ['pmax=600', 'gt=5', 'lt=6'],
  'step-too-wide': ['pmax=600', 'lt=1', 'gt=4', 'st=2'],
  'negative-step': ['pmax=600', 'st=-1'],
};

export default testCase(
  {
    id: 'management.attributes-refused',
    title: 'Attributes are written all together or not at all',
    since: '1.0',
    configuration: 'C.4',
    our: 'server',
    requires:
      'op.write-attributes & op.discover & role.numeric & attribute.pmin & attribute.pmax & attribute.lt & attribute.gt & attribute.st',
    variants: ['thresholds-equal', 'word', 'negative-period', 'thresholds-crossed', 'step-too-wide', 'negative-step'],
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'E-33',
        says: 'answers 4.00 to a value that is none, or that contradicts another',
      },
      x2: { by: 'client', level: 'must', req: 'M-27', says: 'has the former attributes afterwards, and no other' },
      x3: { by: 'client', level: 'must', req: 'M-27', says: 'answers well-formed attributes with 2.04' },
    },
  },
  async ({ server, bind, variant, check }) => {
    const registration = await server.registered();
    const path = bind('numeric');
    check('x3', (await server.writeAttributes(path, { pmin: 20 })).response.code, '2.04');
    const { response } = await server.request({ method: 'PUT', path, query: QUERIES[variant] ?? [] });
    check('x1', response.code, graded.E33);
    const shown = discovered(await server.discover(path), registration);
    check('x2', shown.links, having({ [path]: { pmin: 20 } }));
  },
);
