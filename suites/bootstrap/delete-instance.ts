import { bootstrapDiscovered, contains, lacks, testCase } from '../../harness/case/index.js';
import { opened, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.delete-instance',
    title: 'Just the instance goes that a delete names',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-30', says: 'answers 2.02' },
      x2: { by: 'client', level: 'must', req: 'B-30', says: 'has the instance no more' },
      x3: { by: 'client', level: 'must', req: 'B-30', says: 'has the other instance still' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const { server } = bootstrapServer.account(roomIn(bind));
    await bootstrapServer.write('/1/5', server);
    await bootstrapServer.write('/1/9', { ...server, '0': 2 });
    const deleted = await bootstrapServer.remove('/1/5');
    check('x1', deleted.response.code, '2.02');
    const { paths } = bootstrapDiscovered(await bootstrapServer.discover('/1'));
    check('x2', paths, lacks('/1/5'));
    check('x3', paths, contains('/1/9'));
  },
);
