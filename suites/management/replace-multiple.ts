import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

export default testCase(
  {
    id: 'management.replace-multiple',
    title: 'A multiple resource is replaced as a whole, and joined by a Partial Update',
    since: '1.0',
    configuration: 'C.101',
    requires: 'op.write & op.write-update & object.16',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-18', says: 'answers the writes with 2.04' },
      x2: { by: 'client', level: 'must', req: 'M-20', says: 'has what the Replace named, and nothing else' },
      x3: { by: 'client', level: 'must', req: 'M-20', says: 'has what the Partial Update named' },
      x4: { by: 'client', level: 'must', req: 'M-20', says: 'keeps what the Partial Update did not name' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('collection.multi');
    const instance = path.split('/').slice(0, 3).join('/');
    const resource = path.split('/')[3] ?? '0';
    check('x1', (await server.write(path, { '0': 'red', '1': 'green' })).response.code, '2.04');
    const replaced = await server.read(path);
    check('x2', replaced.response.content.values, { [`${path}/0`]: 'red', [`${path}/1`]: 'green' });

    const update = { [`${resource}/1`]: 'yellow', [`${resource}/3`]: 'blue' };
    check('x1', (await server.write(instance, update, { mode: 'update' })).response.code, '2.04');
    const { content } = (await server.read(path)).response;
    check('x3', [content.value(`${path}/1`), content.value(`${path}/3`)], ['yellow', 'blue']);
    check('x4', fate(content.value(`${path}/0`)), graded.X17);
  },
);

const fate = (value: unknown): string => (value === 'red' ? 'kept' : value === undefined ? 'deleted' : 'changed');
