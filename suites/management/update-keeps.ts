import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.update-keeps',
    title: 'A Partial Update leaves what it does not name',
    since: '1.0',
    configuration: 'C.3',
    requires: 'op.write-update & resource./1/2',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-20', says: 'answers 2.04' },
      x2: { by: 'client', level: 'must', req: 'M-20', says: 'has the new value, and every other as it was' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const before = (await server.read(serverObject)).response.content;
    const path = `${serverObject}/2`;
    const value = before.value(path) === 7 ? 8 : 7;
    check('x1', (await server.write(serverObject, { '2': value }, { mode: 'update' })).response.code, '2.04');
    const after = (await server.read(serverObject)).response.content;
    check('x2', after.values, { ...before.values, [path]: value });
  },
);
