import { announcedPaths, contains, not, testCase, type Exchange } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** An id that no client gives by itself. */
const INSTANCE = 4711;

/** An Update may also come just to renew. */
const hasList = ({ request }: Exchange): boolean => request.payload.length > 0;

export default testCase(
  {
    id: 'management.create-instance',
    title: 'An instance is created with the id that the server gives, announced, deleted, and announced again',
    since: '1.0',
    configuration: 'C.101',
    requires: 'op.write & op.create & op.delete & object.16',
    // Updates may take half a lifetime.
    times: { lifetime: { nominal: 60, quick: 40 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-35', says: 'answers the Create with 2.01' },
      x2: { by: 'client', level: 'must', req: 'M-39', says: 'announces the instance in an Update' },
      x3: { by: 'server', level: 'must', req: 'R-16', says: 'answers the Updates with 2.04' },
      x4: { by: 'client', level: 'must', req: 'M-37', says: 'has the values that it was given' },
      x5: { by: 'client', level: 'must', req: 'M-40', says: 'answers the Delete with 2.02' },
      x7: { by: 'client', level: 'must', req: 'E-44', says: 'answers 4.04 to a second Delete' },
      x6: { by: 'client', level: 'must', req: 'M-40', says: 'announces in an Update that the instance is gone' },
    },
  },
  async ({ server, times, bind, check }) => {
    const { serverObject } = await server.registered();
    const write = await server.write(`${serverObject}/1`, times.lifetime);
    await server.next('update', { within: 5, after: write });
    const object = bind('collection');
    const instance = `${object}/${INSTANCE}`;
    const create = await server.create(object, { '0/0': 'first', '0/1': 'second' }, { instance: INSTANCE });
    check('x1', create.response.code, '2.01');
    const created = await server.next('update', {
      within: times.lifetime / 2,
      after: create,
      where: hasList,
      owed: 'x2',
    });
    check('x2', announcedPaths(created.request.payload), contains(instance));
    check('x3', created.response.code, '2.04');

    const read = await server.read(`${instance}/0`);
    const values = { [`${instance}/0/0`]: 'first', [`${instance}/0/1`]: 'second' };
    check('x4', [read.response.code, read.response.content.values], ['2.05', values]);

    const deletion = await server.delete(instance);
    check('x5', deletion.response.code, '2.02');
    const deleted = await server.next('update', {
      within: times.lifetime / 2,
      after: deletion,
      where: hasList,
      owed: 'x6',
    });
    check('x6', announcedPaths(deleted.request.payload), not(contains(instance)));
    check('x6', announcedPaths(deleted.request.payload), contains('/3/0'));
    check('x3', deleted.response.code, '2.04');
    check('x7', (await server.delete(instance)).response.code, graded.E44);
  },
);
