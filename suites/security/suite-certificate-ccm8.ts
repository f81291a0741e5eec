import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.suite-certificate-ccm8',
    title: 'A server speaks ECDHE_ECDSA_AES_128_CCM_8 with who offers nothing else',
    since: '1.0',
    configuration: 'C.17',
    channel: 'x509',
    start: true,
    our: 'client',
    ours: { client: { channel: { suites: ['ECDHE_ECDSA_AES_128_CCM_8'] } } },
    checks: { x1: { by: 'server', level: 'must', req: 'S-7', says: 'opens a session with ECDHE_ECDSA_AES_128_CCM_8' } },
  },
  async ({ channel, check }) => {
    await channel.clientHello({ within: 60 });
    const session = await channel.connected({ within: 60, owed: 'x1' });
    check('x1', session.suite, 'ECDHE_ECDSA_AES_128_CCM_8');
  },
);
