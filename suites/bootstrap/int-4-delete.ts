import { bootstrapDiscovered, contains, lacks, matches, oneOf, testCase } from '../../harness/case/index.js';
import { codesOf } from './_full.js';
import { accountSteps, ASKS_WITHIN, COMMANDS_WITHIN, REGISTERS_WITHIN, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.delete',
    ets: { '1.1': 'int-4' },
    title: 'What a bootstrap wrote can be deleted and written again',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    errata: [
      {
        ref: 'ETS int-4 step 2',
        reading: 'Finish comes in the last step alone: it would end the session before the deletes',
      },
      { ref: 'ETS int-4 step 5', reading: 'a read of an Object without instances is empty, or not found' },
    ],
    checks: {
      A: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'accepts the Bootstrap-Request with 2.04' },
      B: { by: 'client', level: 'must', req: 'B-24', says: 'answers the writes with 2.04' },
      C: { by: 'client', level: 'must', req: 'B-22', says: 'shows the Server instance in Discover and Read' },
      D: { by: 'client', level: 'must', req: 'B-30', says: 'answers both deletes with 2.02, and keeps the account' },
      E: { by: 'client', level: 'must', req: 'B-30', says: 'shows no Server instance any more' },
      F: { by: 'client', level: 'must', req: 'B-37', says: 'takes the account once more, and registers' },
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-30', says: 'deletes just what it was told' },
    },
  },
  async ({ client, server, bootstrapServer, bind, check }) => {
    const account = roomIn(bind);
    const look = [
      { do: 'discover', path: '/' },
      { do: 'read', path: '/1' },
    ] as const;
    const deletes = [
      { do: 'delete', path: '/0', optional: true },
      { do: 'delete', path: '/1', optional: true },
    ] as const;
    const steps = [...accountSteps(bootstrapServer, account), ...look, ...deletes, ...look];
    await bootstrapServer.provision({ steps: [...steps, ...accountSteps(bootstrapServer, account), { do: 'finish' }] });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    check('A', request.response.code, '2.04');

    const within = COMMANDS_WITHIN;
    const first = await bootstrapServer.commanded('bootstrap-write', { within, after: request });
    const second = await bootstrapServer.commanded('bootstrap-write', { within, after: first });
    check('B', codesOf(first, second), ['2.04', '2.04']);
    const before = await bootstrapServer.commanded('bootstrap-discover', { within, after: second });
    const read = await bootstrapServer.commanded('bootstrap-read', { within, after: before });
    check('C', bootstrapDiscovered(before).paths, contains(`/1/${account.server}`));
    check('C', read.response.content.value(`/1/${account.server}/0`), 1);

    const deleted = await bootstrapServer.commanded('bootstrap-delete', { within, after: read });
    const again = await bootstrapServer.commanded('bootstrap-delete', { within, after: deleted });
    check('x1', [deleted.request.path, again.request.path], ['/0', '/1']);
    check('D', codesOf(deleted, again), ['2.02', '2.02']);
    const after = await bootstrapServer.commanded('bootstrap-discover', { within, after: again });
    check('D', bootstrapDiscovered(after).paths, contains(bind('account.bootstrap')));
    const empty = await bootstrapServer.commanded('bootstrap-read', { within, after });
    check('E', bootstrapDiscovered(after).paths, lacks(matches(/^\/1\/\d+$/)));
    check('E', empty.response.code, oneOf('2.05', '4.04'));
    check('E', Object.keys(empty.response.content.values), []);

    const finish = await bootstrapServer.commanded('bootstrap-finish', { within: 3 * within, after: empty });
    check('F', finish.response.code, '2.04');
    await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'F' });
  },
);
