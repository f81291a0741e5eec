import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, COMMANDS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.refused-write',
    title: 'A Bootstrap-Server whose Write was refused does not end as if all were well',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    ours: { client: { register: false } },
    checks: {
      x1: { by: 'bootstrap-server', level: 'should', req: 'B-34', says: 'sends no Finish' },
    },
  },
  async ({ client, bootstrapServer, bind }) => {
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    await client.start();
    client.answer(
      (request) => request.code === '0.03',
      () => ({ code: '5.00' }),
    );
    await client.bootstrap();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const write = await bootstrapServer.commanded('bootstrap-write', { within: COMMANDS_WITHIN, after: request });
    await bootstrapServer.silence({ of: 'server', for: 10, after: write, kind: 'bootstrap-finish', owed: 'x1' });
  },
);
