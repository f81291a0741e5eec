import { each, oneOf, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'robustness.path-leading-zeros',
    title: 'An identifier has no leading zeros',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'should', req: 'M-3', says: 'does not find what such a path leads to without them' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const [, object = '', instance = '', resource = ''] = bind('readonly').split('/');
    const codes: string[] = [];
    for (const zeros of ['0', '0'.repeat(200)]) {
      const path = `/${object}/${zeros}${instance}/${resource}`;
      codes.push((await server.request({ method: 'GET', path })).response.code);
    }
    check('x1', codes, each(oneOf('4.04', '4.00')));
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
