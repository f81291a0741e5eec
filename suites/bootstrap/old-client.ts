import { testCase } from '../../harness/case/index.js';
import { accountSteps, ASKS_WITHIN, COMMANDS_WITHIN, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.old-client',
    title: 'A Bootstrap-Server serves a client that can neither be discovered nor read',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    ours: { client: { register: false } },
    checks: {
      x1: { by: 'bootstrap-server', level: 'should', req: 'B-15', says: 'writes the account all the same' },
      x2: { by: 'bootstrap-server', level: 'must', req: 'B-34', says: 'sends Finish after what it wrote' },
    },
  },
  async ({ client, bootstrapServer, bind }) => {
    await bootstrapServer.provision({
      steps: [
        { do: 'discover', path: '/' },
        { do: 'read', path: '/1' },
        ...accountSteps(bootstrapServer, roomIn(bind)),
        { do: 'finish' },
      ],
    });
    await client.start();
    for (let asked = 0; asked < 2; asked++)
      client.answer(
        (request) => request.code === '0.01',
        () => ({ code: '4.05' }),
      );
    await client.bootstrap();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const wait = { within: 3 * COMMANDS_WITHIN, after: request };
    const write = await bootstrapServer.commanded('bootstrap-write', { ...wait, owed: 'x1' });
    await bootstrapServer.commanded('bootstrap-finish', { ...wait, after: write, owed: 'x2' });
  },
);
