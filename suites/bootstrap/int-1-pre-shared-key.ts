import { testCase } from '../../harness/case/index.js';
import { begun, codesOf, followed } from './_full.js';
import { REGISTERS_WITHIN, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.pre-shared-key',
    ets: { '1.0': 'int-1', '1.1': 'int-1' },
    title: 'A client is given a pre-shared key, and registers with it',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    errata: [{ ref: 'ETS int-1', reading: 'identity and key are opaque, though listed as strings' }],
    channel: 'psk',
    checks: {
      A: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'bootstraps it as without security' },
      B: { by: 'client', level: 'must', req: 'B-34', says: 'is bootstrapped as without security' },
      C: {
        by: 'client',
        level: 'must',
        req: 'B-37',
        says: 'registers under DTLS with the identity and key it was given',
      },
      D: { by: 'server', level: 'must', req: 'R-2', says: 'accepts that registration' },
    },
  },
  async ({ client, server, bootstrapServer, bind, check }) => {
    const request = await begun(client, bootstrapServer, roomIn(bind));
    check('A', request.response.code, '2.04');
    const { writes, discover, finish } = await followed(bootstrapServer, request);
    check('B', codesOf(...writes, discover, finish), ['2.04', '2.04', '2.05', '2.04']);
    const register = await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'C' });
    check('D', register.response.code, '2.01');
  },
);
