import { testCase } from '../../harness/case/index.js';
import { ofDevice, registerLike } from '../registration/_device.js';

export default testCase(
  {
    id: 'security.clear-register',
    title: 'A port for protected channels takes no registration in the clear',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    our: 'client',
    ours: { client: { keepAlive: false } },
    variants: ['of-the-client', 'of-another'],
    checks: {
      x1: { by: 'server', level: 'must', req: 'S-1', says: 'answers no Register that is not protected' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'still finds the registration in its session' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { exchange, endpoint } = await server.registered();
    const stranger = await client.elsewhere('clear');
    const name = variant === 'of-another' ? `${endpoint}-stranger` : endpoint;
    const sent = await stranger.send(stranger.message(registerLike(exchange, { query: ofDevice(name) })), {
      within: 5,
    });
    check('x1', sent.code, 'none');
    await client.update();
    const update = await server.next('update', { within: 60, after: sent, owed: 'x2' });
    check('x2', update.response.code, '2.04');
  },
);
