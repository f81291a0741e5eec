import { testCase } from '../../harness/case/index.js';
import { begun, codesOf, followed } from './_full.js';
import { REGISTERS_WITHIN, roomIn } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.certificates',
    ets: { '1.0': 'int-2', '1.1': 'int-2' },
    title: 'A client is given certificates, and registers with them',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    errata: [{ ref: 'ETS int-2', reading: 'what is written is 2-SetOfValues: one edition names that of another case' }],
    channel: 'x509',
    requires: 'block-wise & security.x509',
    checks: {
      A: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'bootstraps it as without security' },
      B: { by: 'client', level: 'must', req: 'B-34', says: 'is bootstrapped as without security' },
      C: { by: 'client', level: 'must', req: 'B-37', says: 'registers under DTLS with the certificates it was given' },
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
