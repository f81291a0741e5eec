import { testCase } from '../../harness/case/index.js';
import { PSK_SETUPS, PSK_VARIANTS } from './_psk.js';

export default testCase(
  {
    id: 'security.psk-lengths-of-server',
    title: 'A server takes identities and keys of any length and text',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    start: true,
    our: 'client',
    variants: PSK_VARIANTS,
    variantOurs: PSK_SETUPS,
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-6', says: 'opens a session with the identity and the key' },
      x2: { by: 'server', level: 'must', req: 'R-2', says: 'accepts a registration in it' },
    },
  },
  async ({ channel, server, check }) => {
    await channel.clientHello({ within: 60 });
    await channel.connected({ within: 60, owed: 'x1' });
    const register = await server.next('register', { within: 60, owed: 'x2' });
    check('x2', register.response.code, '2.01');
  },
);
