import { contains, having, oneOf, testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, REGISTERS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.pack',
    ets: { '1.2': 'int-12' },
    title: 'A client asks for everything at once, and registers with what it gets',
    since: '1.2',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    requires: 'op.bootstrap-pack',
    ours: { client: { bootstrapPack: true } },
    times: { lifetime: { nominal: 4321, quick: 4321 } },
    errata: [
      { ref: 'ETS int-12', reading: 'a pack is the answer 2.05 to a GET, and no Finish follows' },
      { ref: 'Transport 1.2 Table 6.4.2-1', reading: 'acc may be there or not: it came with 1.2.1' },
    ],
    checks: {
      A: { by: 'bootstrap-server', level: 'must', req: 'B-43', says: 'answers with 2.05 and the pack' },
      B: {
        by: 'client',
        level: 'must',
        req: 'B-39',
        says: 'has the Server instance of the pack, and its Device instance',
      },
      C: { by: 'client', level: 'must', req: 'B-37', says: 'registers with the account of the pack' },
      D: { by: 'server', level: 'must', req: 'R-2', says: 'accepts that registration' },
    },
  },
  async ({ client, server, bootstrapServer, bind, times, check }) => {
    const account = { ...roomIn(bind), lifetime: times.lifetime };
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, account) });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-pack', { within: ASKS_WITHIN });
    check('A', request.response.code, '2.05');
    check('A', request.response.contentFormat, oneOf(110, 112, 11_544));
    check('A', request.response.content.values, having({ [`/1/${account.server}/1`]: times.lifetime }));
    const register = await server.next('register', { within: REGISTERS_WITHIN, after: request, owed: 'C' });
    check('C', register.request.query.get('lt'), String(times.lifetime));
    check('D', register.response.code, '2.01');
    const { objects } = await server.registered();
    check(
      'B',
      objects.filter((path) => path.startsWith('/1/')),
      [`/1/${account.server}`],
    );
    check('B', objects, contains('/3/0'));
  },
);
