import { contains, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'security.suite-offered',
    title: 'A client offers the suite that every server has',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    checks: {
      x1: { by: 'client', level: 'must', req: 'S-7', says: 'offers the suite with AES-128-CCM-8 of its credentials' },
    },
  },
  async ({ channel, check }) => {
    const hello = await channel.clientHello({ within: 60 });
    const { identity } = await channel.connected({ within: 60, after: hello });
    const mandatory = identity === 'psk' ? /^PSK_AES_128_CCM_8$/ : /^ECDHE_ECDSA_AES_128_CCM_8$/;
    check('x1', hello.suites, contains(matches(mandatory)));
  },
);
