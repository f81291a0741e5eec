import { bootstrapDiscovered, lacks, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

/** What is deleted, and the role of what goes with it. */
const OBJECTS: Readonly<Record<string, readonly [path: string, gone: string]>> = {
  security: ['/0', 'account.security'],
  server: ['/1', 'account.server'],
};

export default testCase(
  {
    id: 'bootstrap.delete-object',
    title: 'All instances of an Object go, but for the account of the Bootstrap-Server',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['security', 'server'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-30', says: 'answers 2.02' },
      x2: { by: 'client', level: 'must', req: 'B-30', says: 'has the account of the Bootstrap-Server still' },
      x3: { by: 'client', level: 'must', req: 'B-30', says: 'has the instance of the server no more' },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    const [path, gone] = OBJECTS[variant] ?? ['/0', 'account.security'];
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const deleted = await bootstrapServer.remove(path);
    check('x1', deleted.response.code, '2.02');
    const { paths } = bootstrapDiscovered(await bootstrapServer.discover('/'));
    check('x2', paths.includes(bind('account.bootstrap')) ? 'kept' : 'removed', graded.X48Wide);
    check('x3', paths, lacks(bind(gone)));
  },
);
