import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.write-read-only',
    ets: { '1.0': 'int-256', '1.1': 'int-256' },
    title: 'A read-only resource cannot be written',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write',
    checks: {
      A: { by: 'client', level: 'must', req: 'E-27', says: 'answers the write with 4.05' },
      B: { by: 'client', level: 'must', req: 'M-25', says: 'reads back the old value' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const path = `${serverObject}/0`;
    const before = await server.read(path);
    check('A', (await server.write(path, 123)).response.code, graded.E27);
    const after = await server.read(path);
    check(
      'B',
      [after.response.code, after.response.content.value(path)],
      ['2.05', before.response.content.value(path)],
    );
  },
);
