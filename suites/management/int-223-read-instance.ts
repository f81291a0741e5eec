import { absent, contains, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.read-instance',
    ets: { '1.0': 'int-223', '1.1': 'int-223' },
    title: 'An object instance is read with all its resources',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read & resource./3/0 & resource./3/1 & resource./3/2 & resource./3/3',
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'M-8',
        says: 'answers both reads with 2.05 and every readable resource',
      },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const expected = {
      [serverObject]: [/\/0$/, /\/1$/, /\/6$/, /\/7$/],
      '/3/0': [/\/0\/0$/, /\/0\/1$/, /\/0\/2$/, /\/0\/3$/, /\/11\/\d+$/, /\/16$/],
    };
    for (const [instance, resources] of Object.entries(expected)) {
      const { response } = await server.read(instance);
      check('A', [response.code, response.content.problem], ['2.05', absent]);
      const paths = Object.keys(response.content.values);
      for (const resource of resources) check('A', paths, contains(matches(resource)));
    }
  },
);
