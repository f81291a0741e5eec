import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, COMMANDS_WITHIN, roomIn, wholeAccount } from './_session.js';

const PATHS: Readonly<Record<string, string>> = { root: '/', object: '/1', instance: '/1/7' };

export default testCase(
  {
    id: 'bootstrap.delete-scope',
    title: 'A Bootstrap-Server deletes what it was told, and no more',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    variants: ['instance', 'object', 'root'],
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-30', says: 'names just what is to go' },
      x2: {
        by: 'bootstrap-server',
        level: 'must',
        req: 'B-34',
        says: 'ends the bootstrap, whatever the client had of it',
      },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    const path = PATHS[variant] ?? '/';
    await bootstrapServer.provision({
      steps: [{ do: 'delete', path, optional: true }, ...wholeAccount(bootstrapServer, roomIn(bind))],
    });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const wait = { within: 3 * COMMANDS_WITHIN, after: request };
    const deleted = await bootstrapServer.commanded('bootstrap-delete', wait);
    check('x1', deleted.request.path, path);
    await bootstrapServer.commanded('bootstrap-finish', { ...wait, owed: 'x2' });
  },
);
