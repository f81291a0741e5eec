import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Segments below a resource that is there, of 0 each: one more than a path has, and many more. */
const DEPTHS = { five: 2, hundred: 97 };

export default testCase(
  {
    id: 'robustness.path-too-deep',
    title: 'A path deeper than a resource instance leads nowhere',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'E-55', says: 'refuses a path of five segments' },
      x2: { by: 'client', level: 'must', req: 'E-55', says: 'refuses a path of a hundred segments' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const below = (segments: number): string => `${bind('multi')}${'/0'.repeat(segments)}`;
    check('x1', (await server.request({ method: 'GET', path: below(DEPTHS.five) })).response.code, graded.E55);
    check('x2', (await server.request({ method: 'GET', path: below(DEPTHS.hundred) })).response.code, graded.E55);
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
