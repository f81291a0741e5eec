import { absent, contains, each, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.read-instance',
    ets: { '1.0': 'int-223', '1.1': 'int-223' },
    title: 'An object instance is read with all its resources',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read',
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'M-8',
        says: 'answers both reads with 2.05 and every readable resource',
      },
      x1: { by: 'client', level: 'must', req: 'M-8', says: 'sends values of this instance alone, executables apart' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const expected = {
      [serverObject]: { resources: [/\/0$/, /\/1$/, /\/6$/, /\/7$/], executables: '4|8|9' },
      '/3/0': {
        resources: [/\/0\/0$/, /\/0\/1$/, /\/0\/2$/, /\/0\/3$/, /\/11\/\d+$/, /\/16$/],
        executables: '4|5|12',
      },
    };
    for (const [instance, { resources, executables }] of Object.entries(expected)) {
      const { response } = await server.read(instance);
      check('A', [response.code, response.content.problem], ['2.05', absent]);
      const paths = Object.keys(response.content.values);
      for (const resource of resources) check('A', paths, contains(matches(resource)));
      check('x1', paths, each(matches(new RegExp(`^${instance}/(?!(${executables})$)\\d+(/\\d+)?$`))));
    }
  },
);
