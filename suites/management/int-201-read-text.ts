import { absent, ContentFormat, having, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.read-text',
    ets: { '1.0': 'int-201', '1.1': 'int-201' },
    title: 'Strings are read as plain text',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read & format.0 & role.readable.a & role.readable.b & role.readable.c',
    checks: {
      A: { by: 'client', level: 'must', req: 'M-10', says: 'answers the three reads with 2.05 and the values as text' },
      x1: { by: 'client', level: 'must', req: 'F-5', says: 'answers each with the value that its instance has' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const instance = bind('readable.a').split('/').slice(0, 3).join('/');
    const whole = (await server.read(instance)).response.content;
    const paths = [bind('readable.a'), bind('readable.b'), bind('readable.c')];
    for (const path of paths) {
      const { response } = await server.read(path, { format: ContentFormat.text });
      check('A', [response.code, response.contentFormat], ['2.05', ContentFormat.text]);
      check('A', response.content.problem, absent);
      check('A', response.content.values, having({ [path]: matches(/^/) }));
      check('x1', response.content.value(path), whole.value(path));
    }
  },
);
