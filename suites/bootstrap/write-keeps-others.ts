import { bootstrapDiscovered, contains, testCase } from '../../harness/case/index.js';
import { asObject, opened, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.write-keeps-others',
    title: 'A Write of an Object leaves alone the instances that it does not name',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'should', req: 'B-29', says: 'has the instance of the first Write still' },
      x2: { by: 'client', level: 'must', req: 'B-24', says: 'has that of the second one' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const { server } = bootstrapServer.account(roomIn(bind));
    await bootstrapServer.write('/1', asObject(3, { ...server, '0': 101 }));
    await bootstrapServer.write('/1', asObject(7, { ...server, '0': 102 }));
    const { paths } = bootstrapDiscovered(await bootstrapServer.discover('/1'));
    check('x2', paths, contains('/1/7'));
    check('x1', paths, contains('/1/3'));
  },
);
