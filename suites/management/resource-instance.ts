import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.resource-instance',
    title: 'Instances of a multiple resource are read and written one by one',
    since: '1.1',
    configuration: 'C.101',
    requires: 'op.read & op.write & object.16',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-8', says: 'answers a Read of each with its value alone' },
      x2: { by: 'client', level: 'must', req: 'M-18', says: 'answers a Write of one with 2.04' },
      x3: { by: 'client', level: 'must', req: 'M-20', says: 'has the new value in it, and the others as they were' },
      x4: { by: 'client', level: 'must', req: 'E-20', says: 'answers 4.04 to a Read of one that is not there' },
      x5: { by: 'client', level: 'must', req: 'E-24', says: 'refuses a Read of an instance of a single resource' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('collection.multi');
    const whole = (await server.read(path)).response;
    check('x1', whole.code, '2.05');
    const before = whole.content.values;
    for (const [instance, value] of Object.entries(before)) {
      const { response } = await server.read(instance);
      check('x1', [response.code, response.content.values], ['2.05', { [instance]: value }]);
    }
    const written = Object.keys(before).at(-1) ?? `${path}/1`;
    check('x2', (await server.write(written, 'changed')).response.code, '2.04');
    check('x3', (await server.read(path)).response.content.values, { ...before, [written]: 'changed' });
    check('x4', (await server.read(`${path}/4711`)).response.code, graded.E20);
    check('x5', (await server.read(`${bind('readonly')}/0`)).response.code, graded.E24);
  },
);
