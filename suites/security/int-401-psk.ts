import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.psk',
    ets: { '1.0': 'int-401', '1.1': 'int-401' },
    title: 'Client and server speak under DTLS with a pre-shared key',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    requires: 'op.read',
    start: true,
    checks: {
      A: { by: 'client', level: 'must', req: 'S-1', says: 'registers under DTLS' },
      B: { by: 'server', level: 'must', req: 'R-2', says: 'accepts that registration under DTLS' },
      C: { by: 'client', level: 'must', req: 'M-10', says: 'answers the read under DTLS' },
    },
  },
  async ({ server, channel, check }) => {
    const session = await channel.connected({ within: 60, owed: 'A' });
    check('A', session.identity, 'psk');
    const register = await server.next('register', { within: 60, owed: 'A' });
    check('B', register.response.code, '2.01');
    const { response } = await server.read('/3/0');
    check('C', response.code, '2.05');
  },
);
