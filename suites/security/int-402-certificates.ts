import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.certificates',
    ets: { '1.0': 'int-402', '1.1': 'int-402' },
    title: 'Client and server speak under DTLS with certificates',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    requires: 'op.read',
    start: true,
    checks: {
      A: { by: 'client', level: 'must', req: 'M-10', says: 'registers and answers the read under DTLS' },
      B: { by: 'server', level: 'must', req: 'R-2', says: 'accepts and reads under DTLS' },
    },
  },
  async ({ server, channel, check }) => {
    const session = await channel.connected({ within: 60, owed: 'A' });
    check('A', session.identity, 'x509');
    const register = await server.next('register', { within: 60, owed: 'A' });
    check('B', register.response.code, '2.01');
    const { response } = await server.read('/3/0');
    check('A', response.code, '2.05');
  },
);
