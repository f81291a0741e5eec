import { testCase } from '../../harness/case/index.js';

const LIFETIME = 63;

export default testCase(
  {
    id: 'management.replace-resource',
    ets: { '1.0': 'int-227', '1.1': 'int-227' },
    title: 'A resource is replaced, announced, read back and restored',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write',
    errata: [{ ref: 'int-227', reading: 'the value is restored at the resource, not at the instance' }],
    checks: {
      A: { by: 'client', level: 'must', req: 'M-26', says: 'answers 2.04 and announces the lifetime in an Update' },
      B: { by: 'server', level: 'must', req: 'R-16', says: 'answers the Update with 2.04' },
      C: { by: 'client', level: 'must', req: 'M-18', says: 'reads back the new value' },
      D: { by: 'client', level: 'must', req: 'M-26', says: 'takes back the former value with 2.04 and an Update' },
    },
  },
  async ({ server, check }) => {
    const { serverObject, lifetime } = await server.registered();
    const path = `${serverObject}/1`;
    const write = await server.write(path, LIFETIME);
    check('A', write.response.code, '2.04');
    const update = await server.next('update', { within: 5, after: write, owed: 'A' });
    check('A', update.request.query.get('lt'), String(LIFETIME));
    check('B', update.response.code, '2.04');

    const read = await server.read(path);
    check('C', [read.response.code, read.response.content.value(path)], ['2.05', LIFETIME]);

    const restore = await server.write(path, lifetime);
    check('D', restore.response.code, '2.04');
    const restored = await server.next('update', { within: 5, after: restore, owed: 'D' });
    check('D', restored.request.query.get('lt'), String(lifetime));
  },
);
