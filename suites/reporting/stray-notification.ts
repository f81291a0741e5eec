import { octets, oneOf, testCase } from '../../harness/case/index.js';
import { notify } from './_notifying.js';

export default testCase(
  {
    id: 'reporting.stray-notification',
    title: 'A notification of what nobody observes is reset, and others go on',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-13', says: 'resets a confirmable one with an unknown token' },
      x2: { by: 'server', level: 'must', req: 'P-13', says: 'resets or ignores a non-confirmable one' },
      x3: { by: 'server', level: 'must', req: 'I-5', says: 'acknowledges the next one of the observation' },
      x4: { by: 'server', level: 'must', req: 'I-2', says: 'shows the value of it' },
    },
  },
  async ({ server, client, bind, check }) => {
    await server.registered();
    const path = bind('readonly');
    const observation = await server.observe(path, { format: 0 });
    const token = octets('5A A5 5A A5 5A');
    const stray = { number: 100, text: 'stray' };
    check('x1', (await notify(client, observation, { ...stray, differs: { token } })).code, 'RST');
    const non = await notify(client, observation, { ...stray, differs: { token, type: 'NON' } });
    check('x2', non.code, oneOf('none', 'RST'));
    check('x3', (await notify(client, observation, { number: 200, text: 'expected' })).code, 'ACK');
    check('x4', await server.shown(path), 'expected');
  },
);
