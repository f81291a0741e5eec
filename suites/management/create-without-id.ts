import {
  announcedPaths,
  contains,
  ContentFormat,
  matches,
  not,
  oneOf,
  testCase,
  type Exchange,
} from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** An Update may also come just to renew. */
const hasList = ({ request }: Exchange): boolean => request.payload.length > 0;

export default testCase(
  {
    id: 'management.create-without-id',
    title: 'A client that is given no id chooses a free one and tells it',
    since: '1.0',
    configuration: 'C.101',
    requires: 'op.write & op.create & object.16 & format.11542',
    // Updates may take half a lifetime.
    times: { lifetime: { nominal: 60, quick: 40 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-35', says: 'answers the Create with 2.01' },
      x2: { by: 'client', level: 'must', req: 'M-35', says: 'tells in the location which id it chose' },
      x3: { by: 'client', level: 'must', req: 'M-35', says: 'chooses an id that was free' },
      x4: { by: 'client', level: 'must', req: 'M-39', says: 'announces the instance in an Update, beside the others' },
      x5: { by: 'client', level: 'must', req: 'M-37', says: 'has the value that it was given' },
    },
  },
  async ({ server, times, bind, check }) => {
    const { objects, serverObject } = await server.registered();
    const write = await server.write(`${serverObject}/1`, times.lifetime);
    await server.next('update', { within: 5, after: write });
    const object = bind('collection');
    const create = await server.create(object, { '0/0': 'new' }, { format: ContentFormat.tlv });
    check('x1', create.response.code, '2.01');
    const { location = '' } = create.response;
    check('x2', location === '' ? 'missing' : 'present', graded.X34);
    check('x2', location, matches(new RegExp(`^(/.+)?${object}/\\d+$`)));
    const instance = location.slice(location.lastIndexOf(`${object}/`));
    check('x3', instance, not(oneOf(...objects)));

    const update = await server.next('update', {
      within: times.lifetime / 2,
      after: create,
      where: hasList,
      owed: 'x4',
    });
    check('x4', announcedPaths(update.request.payload), contains(instance));
    const announced = announcedPaths(update.request.payload);
    check(
      'x4',
      objects.filter((path) => path.startsWith(`${object}/`) && !announced.includes(path)),
      [],
    );
    const read = await server.read(`${instance}/0`);
    check('x5', [read.response.code, read.response.content.values], ['2.05', { [`${instance}/0/0`]: 'new' }]);
  },
);
