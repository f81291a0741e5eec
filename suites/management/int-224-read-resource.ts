import { between, matches, oneOf, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.read-resource',
    ets: { '1.0': 'int-224', '1.1': 'int-224' },
    title: 'Single resources are read with their values',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read',
    checks: {
      A: { by: 'client', level: 'must', req: 'M-8', says: 'answers each read with 2.05 and the value' },
    },
  },
  async ({ server, bind, check }) => {
    const { serverObject, lifetime } = await server.registered();
    const expected = {
      [`${serverObject}/0`]: between(1, 65_534),
      [`${serverObject}/1`]: lifetime,
      [`${serverObject}/6`]: oneOf(true, false),
      [`${serverObject}/7`]: matches(/U/),
      [bind('readonly')]: matches(/./),
    };
    for (const [path, value] of Object.entries(expected)) {
      const { response } = await server.read(path);
      check('A', [path, response.code, response.content.value(path)], [path, '2.05', value]);
    }
  },
);
