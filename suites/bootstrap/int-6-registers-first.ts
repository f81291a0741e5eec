import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'bootstrap.registers-first',
    ets: { '1.0': 'int-6', '1.1': 'int-6' },
    title: 'A client that has the account of a server registers, and asks for no bootstrap',
    since: '1.0',
    configuration: 'C.102',
    bootstrap: 'bootstrapped',
    times: { watch: { nominal: 60, quick: 10 } },
    leavesOut: {
      A: 'judged by bootstrap.smart-card',
      B: 'what the factory set is the account that C looks at',
      E: 'judged by bootstrap.account-timeout',
    },
    checks: {
      C: { by: 'client', level: 'must', req: 'B-2', says: 'registers with the server that it has an account for' },
      D: { by: 'client', level: 'must', req: 'B-2', says: 'sends no Bootstrap-Request while it is registered' },
    },
  },
  async ({ client, server, bootstrapServer, times }) => {
    await client.start();
    const register = await server.next('register', { within: 45, owed: 'C' });
    await bootstrapServer.silence({ for: times.watch, after: register, kind: 'bootstrap-request', owed: 'D' });
  },
);
