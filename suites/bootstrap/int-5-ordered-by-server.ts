import { testCase } from '../../harness/case/index.js';
import { accountSteps, ASKS_WITHIN, COMMANDS_WITHIN, REGISTERS_WITHIN, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.ordered-by-server',
    ets: { '1.1': 'int-5' },
    title: 'A server has its client bootstrapped anew',
    since: '1.1',
    configuration: 'C.102',
    bootstrap: 'bootstrapped',
    requires: 'op.execute & op.bootstrap-server-initiated',
    leavesOut: { A: 'every order is a check of its own: request:1' },
    checks: {
      B: { by: 'client', level: 'must', req: 'B-2', says: 'answers 2.04' },
      C: { by: 'client', level: 'must', req: 'B-2', says: 'sends a Bootstrap-Request' },
      D: { by: 'bootstrap-server', level: 'must', req: 'B-34', says: 'closes the session with Finish' },
      E: { by: 'client', level: 'must', req: 'B-37', says: 'answers Finish with 2.04 and registers again' },
    },
  },
  async ({ client, server, bootstrapServer, bind, check }) => {
    await bootstrapServer.provision({
      steps: [
        { do: 'delete', path: '/0', optional: true },
        { do: 'delete', path: '/1', optional: true },
        ...accountSteps(bootstrapServer, roomIn(bind)),
        { do: 'finish' },
      ],
    });
    await client.start();
    const { serverObject } = await server.registered();
    const execute = await server.execute(`${serverObject}/9`);
    check('B', execute.response.code, '2.04');
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN, after: execute, owed: 'C' });
    const within = 3 * COMMANDS_WITHIN;
    const finish = await bootstrapServer.commanded('bootstrap-finish', { within, after: request, owed: 'D' });
    check('E', finish.response.code, '2.04');
    await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'E' });
  },
);
