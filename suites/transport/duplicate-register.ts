import { oneOf, testCase } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { locationIn } from './_location.js';

export default testCase(
  {
    id: 'transport.duplicate-register',
    title: 'A Register that arrives three times makes one registration',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    requires: 'transport.udp',
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'R-1',
        says: 'answers the Register with 2.01 Created, and its copies with nothing else',
      },
      x2: { by: 'server', level: 'must', req: 'R-20', says: 'holds the device once' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration where it last said that it is' },
      x4: { by: 'server', level: 'should', req: 'P-11', says: 'gives no two locations for it' },
    },
  },
  async ({ server, client, check, sleep }) => {
    const { exchange, endpoint } = await server.registered();
    const name = `${endpoint}-repeating`;
    const device = await client.elsewhere();
    const message = device.message(registerLike(exchange, { query: ofDevice(name) }));
    const copies = [];
    for (let copy = 0; copy < 3; copy++) {
      copies.push(await device.send({ ...message, id: 0x1d0d }, { within: 10 }));
      await sleep(1);
    }
    // The answer in a message of its own comes once; a copy is acknowledged again (RFC 7252 §4.5).
    const again = oneOf('2.01', 'ACK', 'none');
    check(
      'x1',
      copies.map(({ code }) => code),
      ['2.01', again, again],
    );
    const shown = await server.registrations();
    check('x2', shown.filter((one) => one.endpoint === name).length, 1);
    const places = copies.filter(({ code }) => code === '2.01').map(({ answer }) => locationIn(answer));
    check('x3', await answerToUpdate(device, places.at(-1) ?? ''), '2.04');
    check('x4', new Set(places).size, 1);
  },
);
