import { each, testCase } from '../../harness/case/index.js';
import { answerToUpdate } from '../registration/_device.js';

export default testCase(
  {
    id: 'transport.uplink-ping',
    title: 'A server that is pinged answers with a Reset, to whomever',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-9', says: 'resets the pings of a client', continues: true },
      x2: { by: 'server', level: 'must', req: 'P-9', says: 'resets the pings of who has not registered' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'serves the next Update' },
    },
  },
  async ({ server, client, check }) => {
    const { location } = await server.registered();
    const ping = { code: '0.00' };
    const known = [await client.send(ping, { within: 10 }), await client.send(ping, { within: 10 })];
    check(
      'x1',
      known.map(({ code }) => code),
      each('RST', 2),
    );
    const stranger = await client.elsewhere();
    check('x2', (await stranger.send(ping, { within: 10 })).code, 'RST');
    check('x3', await answerToUpdate(client, location), '2.04');
  },
);
