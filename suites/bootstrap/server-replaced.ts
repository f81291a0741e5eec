import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, REGISTERS_WITHIN, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.server-replaced',
    title: 'A client whose server was replaced by another registers there, and no more at the first',
    since: '1.0',
    configuration: 'C.102',
    bootstrap: 'bootstrapped',
    our: 'bootstrap-server',
    servers: 2,
    requires: 'stimulus.bootstrap',
    times: { watch: { nominal: 30, quick: 10 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-37', says: 'registers with the server that it was given' },
      x2: { by: 'client', level: 'must', req: 'B-33', says: 'registers no more with the one that was deleted' },
    },
  },
  async ({ client, server, server2, bootstrapServer, times }) => {
    await bootstrapServer.provision({ steps: [] });
    await client.start();
    await server.registered();
    await client.bootstrap();
    await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    await bootstrapServer.remove('/0');
    await bootstrapServer.remove('/1');
    await writeAccount(bootstrapServer, { security: 9, server: 9, of: 'server2' });
    const finish = await bootstrapServer.finish();
    await server2.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x1' });
    await server.silence({ for: times.watch, after: finish, kind: 'register', owed: 'x2' });
  },
);
