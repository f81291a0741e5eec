import { present, seconds, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'reporting.first-answer',
    title: 'The answer to Observe has the present value, whatever the minimum period',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmin & role.readable.a',
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-1', says: 'answers 2.05 with an Observe option' },
      x2: { by: 'client', level: 'must', req: 'I-1', says: 'gives the present value' },
      x3: { by: 'client', level: 'must', req: 'I-1', says: 'does not hold the answer back for the minimum period' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('readable.a');
    const read = await server.read(path);
    await server.writeAttributes(path, { pmin: 30 });
    const observation = await server.observe(path);
    const { code, observe, content, t } = observation.response;
    check('x1', [code, observe], ['2.05', present]);
    check('x3', t - observation.request.t, seconds(0, 10));
    check('x2', content.value(path), read.response.content.value(path));
  },
);
