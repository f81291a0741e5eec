import { absent, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.read-resource-instance',
    ets: { '1.1': 'int-225' },
    title: 'A resource instance is read on its own',
    since: '1.1',
    configuration: 'C.1',
    requires: 'op.read',
    checks: {
      A: { by: 'client', level: 'must', req: 'M-8', says: 'answers 2.05 with this instance alone' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    // Which instances there are is the client's to say.
    const whole = (await server.read(bind('multi'))).response.content.values;
    const [path = bind('multi.instance')] = Object.keys(whole);
    const { response } = await server.read(path);
    check('A', [response.code, response.content.problem], ['2.05', absent]);
    check('A', response.content.values, { [path]: whole[path] });
  },
);
