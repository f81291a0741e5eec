import { oneOf, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from '../registration/_device.js';

export default testCase(
  {
    id: 'transport.duplicate-uplink',
    title: 'An Update and a De-register that arrive twice are answered twice',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    requires: 'transport.udp',
    checks: {
      x1: {
        by: 'server',
        level: 'should',
        req: 'P-11',
        says: 'answers an Update with 2.04 Changed, and its copy with nothing else',
      },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'answers the first De-register with 2.02 Deleted' },
      // Relaxable by RFC 7252 §4.5: a second look finds nothing.
      x3: { by: 'server', level: 'should', req: 'P-11', says: 'answers the copy of a De-register like the first' },
      x4: { by: 'server', level: 'must', req: 'E-8', says: 'holds the registration no more' },
    },
  },
  async ({ server, client, check, sleep }) => {
    const { exchange, endpoint } = await server.registered();
    const device = await client.elsewhere();
    const query = ofDevice(`${endpoint}-repeating`);
    const path = placeIn(await device.request(registerLike(exchange, { query })));
    const twice = async (method: 'POST' | 'DELETE', id: number): Promise<readonly string[]> => {
      const message = { ...device.message({ method, path }), id };
      const first = await device.send(message, { within: 10 });
      await sleep(1);
      return [first.code, (await device.send(message, { within: 10 })).code];
    };
    check('x1', await twice('POST', 0x1d0e), ['2.04', oneOf('2.04', 'ACK', 'none')]);
    const [first, second] = await twice('DELETE', 0x1d0f);
    check('x2', first, '2.02');
    check('x3', second, oneOf(first, 'ACK'));
    check('x4', await answerToUpdate(device, path), graded.E8);
  },
);
