import { absent, contains, having, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.read-object',
    ets: { '1.0': 'int-222', '1.1': 'int-222' },
    title: 'An object is read with all its instances',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read & resource./3/0 & resource./3/1 & resource./3/2 & resource./3/3',
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'M-7',
        says: 'answers 2.05 with every readable resource of its Server instances',
      },
      B: {
        by: 'client',
        level: 'must',
        req: 'M-7',
        says: 'answers 2.05 with every readable resource of the Device instance',
      },
    },
  },
  async ({ server, check }) => {
    const { objects } = await server.registered();
    const one = await server.read('/1');
    check('A', [one.response.code, one.response.content.problem], ['2.05', absent]);
    for (const instance of objects.filter((path) => path.startsWith('/1/')))
      for (const resource of ['0', '1', '6', '7'])
        check('A', Object.keys(one.response.content.values), contains(`${instance}/${resource}`));

    const device = await server.read('/3');
    const { content, code } = device.response;
    check('B', [code, content.problem], ['2.05', absent]);
    const text = matches(/^/); // an empty text is one too
    check('B', content.values, having({ '/3/0/0': text, '/3/0/1': text, '/3/0/2': text, '/3/0/3': text }));
    check('B', Object.keys(content.values), contains('/3/0/16'));
    check('B', Object.keys(content.values), contains(matches(/^\/3\/0\/11\/\d+$/)));
  },
);
