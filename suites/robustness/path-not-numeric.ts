import { each, matches, not, oneOf, testCase } from '../../harness/case/index.js';

import { graded } from '../requirements/matchers.js';

/** Segments that are no identifier, and what becomes of them where they are read carelessly: 0. */
const SEGMENTS: Readonly<Record<string, readonly string[]>> = {
  letters: ['abc', '0x0', 'zero', 'ü'],
  signs: ['-0', '+0', '0.0', '0 ', '0e1'],
  'out-of-range': ['65536', '4294967296', '18446744073709551616'],
  percent: ['%2530', '%2F0'],
};

export default testCase(
  {
    id: 'robustness.path-not-numeric',
    title: 'A segment that is no identifier leads nowhere',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    variants: ['letters', 'signs', 'out-of-range', 'percent'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-3', says: 'does not take it for instance 0' },
      x2: { by: 'client', level: 'should', req: 'M-3', says: 'answers 4.04 Not Found, or 4.00 Bad Request' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const [, object = '', , resource = ''] = bind('readonly').split('/');
    const codes: string[] = [];
    for (const segment of SEGMENTS[variant] ?? []) {
      const request = await server.request({ method: 'GET', path: `/${object}/${segment}/${resource}` });
      codes.push(request.response.code);
    }
    // A sign is overlooked like a leading zero.
    check('x1', codes, each(variant === 'signs' ? graded.X63 : not(matches(/^2/))));
    check('x2', codes, each(oneOf('4.04', '4.00')));
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
