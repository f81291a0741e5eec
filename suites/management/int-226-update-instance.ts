import { having, testCase } from '../../harness/case/index.js';
import { at } from './_server-object.js';

const LIFETIME = 61;

export default testCase(
  {
    id: 'management.update-instance',
    ets: { '1.0': 'int-226', '1.1': 'int-226' },
    title: 'Two resources are written at once, and one of them is announced',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.write-update',
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'M-26',
        says: 'answers the one request with 2.04 and announces the lifetime in an Update',
      },
      B: { by: 'server', level: 'must', req: 'R-16', says: 'answers the Update with 2.04' },
      C: { by: 'client', level: 'must', req: 'M-20', says: 'reads back the new values' },
      D: { by: 'client', level: 'must', req: 'M-18', says: 'takes back the former values with 2.04' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const before = (await server.read(serverObject)).response.content;
    const former = {
      '1': before.value(`${serverObject}/1`) ?? 86_400,
      '6': before.value(`${serverObject}/6`) ?? false,
    };
    const written = { '1': LIFETIME, '6': true };

    const write = await server.write(serverObject, written, { mode: 'update' });
    check('A', write.response.code, '2.04');
    const update = await server.next('update', { within: 5, after: write, owed: 'A' });
    check('A', update.request.query.get('lt'), String(LIFETIME));
    check('B', update.response.code, '2.04');

    const read = await server.read(serverObject);
    check('C', read.response.code, '2.05');
    check('C', read.response.content.values, having(at(serverObject, written)));

    const restore = await server.write(serverObject, former, { mode: 'update' });
    check('D', restore.response.code, '2.04');
    check('D', (await server.read(serverObject)).response.content.values, having(at(serverObject, former)));
  },
);
