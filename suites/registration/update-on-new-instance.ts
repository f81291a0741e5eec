import { announcedPaths, contains, testCase, type Exchange } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** An Update may also come just to renew. */
const hasList = ({ request }: Exchange): boolean => request.payload.length > 0;

export default testCase(
  {
    id: 'registration.update-on-new-instance',
    title: 'A client announces a new object instance, with its whole list',
    since: '1.0',
    configuration: 'C.12',
    requires: 'op.create & op.write & object.16',
    times: { lifetime: { nominal: 60, quick: 40 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'X-54', says: 'sends an Update soon after the instance was made' },
      x2: { by: 'client', level: 'must', req: 'R-17', says: 'lists the new instance' },
      x3: { by: 'client', level: 'must', req: 'R-17', says: 'lists everything else once more' },
      x4: { by: 'client', level: 'must', req: 'R-17', says: 'sends the list as link format' },
      x5: { by: 'server', level: 'must', req: 'R-17', says: 'holds the new list' },
    },
  },
  async ({ server, times, bind, check }) => {
    const registration = await server.registered();
    const write = await server.write(`${registration.serverObject}/1`, times.lifetime);
    await server.next('update', { within: 5, after: write });

    const made = `${bind('collection')}/7`;
    const create = await server.create(bind('collection'), { '0/0': 'another' }, { instance: 7 });
    const update = await server.next('update', {
      within: times.lifetime / 2,
      after: create,
      where: hasList,
      owed: 'x1',
    });
    check('x1', update.request.t - create.response.t <= 10 ? 'soon' : 'late', graded.X54);
    const listed = announcedPaths(update.request.payload);
    check('x2', listed, contains(made));
    check(
      'x3',
      registration.objects.filter((path) => !listed.includes(path)),
      [],
    );
    check('x4', update.request.contentFormat, 40);
    const shown = (await server.registrations()).find(({ endpoint }) => endpoint === registration.endpoint);
    check('x5', shown?.objects, contains(made));
  },
);
