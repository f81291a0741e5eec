import { seconds, testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.hold-off',
    title: 'A client that a server sends to its Bootstrap-Server waits the hold-off time before it asks',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'op.execute & op.bootstrap-server-initiated & resource./0/11',
    times: { holdOff: { nominal: 20, quick: 6 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-5', says: 'asks, when it was told to' },
      x2: { by: 'client', level: 'must', req: 'B-5', says: 'asks not before the hold-off time' },
    },
  },
  async ({ client, server, bootstrapServer, bind, times, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    await bootstrapServer.write(`${bind('account.bootstrap')}/11`, times.holdOff);
    const finish = await bootstrapServer.finish();
    await server.next('register', { within: REGISTERS_WITHIN, after: finish });
    const { serverObject } = await server.registered();
    const execute = await server.execute(`${serverObject}/9`);
    const wait = { within: times.holdOff + 30, after: execute };
    const request = await bootstrapServer.next('bootstrap-request', { ...wait, owed: 'x1' });
    check('x2', request.request.t - execute.response.t, seconds(times.holdOff, times.holdOff + 30));
  },
);
