import { oneOf, testCase, utf8 } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { blockOf, sendBlock, sendInBlocks } from './_uploads.js';

const list = (first: number): Uint8Array =>
  utf8(`</1/0>,</3/0>,${Array.from({ length: 12 }, (_, i) => `</3303/${first + i}>`).join(',')}`);

export default testCase(
  {
    id: 'transport.register-blocks-again',
    title: 'A transfer begins anew with its first block, and a block counts once',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-28', says: 'takes a first block in the middle for a new beginning' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration again' },
      x3: { by: 'server', level: 'should', req: 'P-28', says: 'knows the instances of the new transfer alone' },
      x4: { by: 'server', level: 'should', req: 'P-11', says: 'answers a repeated block as before and goes on' },
    },
  },
  async ({ server, client, check }) => {
    const { exchange, endpoint } = await server.registered();
    const name = `${endpoint}-again`;
    const device = await client.elsewhere();
    const register = (first: number) => registerLike(exchange, { query: ofDevice(name), payload: list(first) });
    await sendBlock(device, register(50), 0, 2);
    await sendBlock(device, register(50), 1, 2);
    const sent = await sendInBlocks(device, register(20), 2);
    check('x1', sent.code, '2.01');
    check('x2', await answerToUpdate(device, sent.location), '2.04');
    const shown = (await server.registrations()).find((one) => one.endpoint === name);
    const listed = shown?.objects?.filter((path) => path.startsWith('/3303/')).length ?? 12;
    check('x3', listed, 12);

    const first = { ...blockOf(device, register(20), 0, 2), id: 0x1b0c };
    const codes = [(await device.send(first)).code, (await device.send(first, { within: 10 })).code];
    codes.push((await sendBlock(device, register(20), 1, 2)).code, (await sendBlock(device, register(20), 2, 2)).code);
    check('x4', codes, ['2.31', oneOf('2.31', 'ACK', 'none'), '2.31', '2.01']);
  },
);
