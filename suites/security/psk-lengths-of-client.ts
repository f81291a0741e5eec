import { testCase } from '../../harness/case/index.js';
import { PSK_SETUPS, PSK_VARIANTS } from './_psk.js';

export default testCase(
  {
    id: 'security.psk-lengths-of-client',
    title: 'A client uses identities and keys of any length and text',
    since: '1.0',
    configuration: 'C.1',
    channel: 'psk',
    start: true,
    our: 'server',
    variants: PSK_VARIANTS,
    variantOurs: PSK_SETUPS,
    checks: {
      x1: { by: 'client', level: 'must', req: 'rfc4279#5.3', says: 'opens a session with the identity and the key' },
      x2: { by: 'client', level: 'must', req: 'R-2', says: 'registers in it' },
    },
  },
  async ({ channel, server }) => {
    await channel.connected({ within: 60, owed: 'x1' });
    await server.next('register', { within: 60, owed: 'x2' });
  },
);
