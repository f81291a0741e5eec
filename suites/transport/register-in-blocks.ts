import { each, testCase, utf8 } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { sendInBlocks } from './_uploads.js';

/** Size exponents: blocks of 16 to 256 bytes. */
const SIZES: Readonly<Record<string, number>> = { smallest: 0, '32-bytes': 1, '64-bytes': 2, '256-bytes': 4 };
/** 320 bytes: whole blocks of most sizes. */
const INSTANCES = Array.from({ length: 27 }, (_, i) => `</3303/${10 + i}>`);
const LIST = utf8(['</1/0>', '</3/0>', ...INSTANCES, '</3304/1>'].join(','));

export default testCase(
  {
    id: 'transport.register-in-blocks',
    title: 'A Register may come in blocks of any size',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(SIZES),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-26', says: 'asks for each further block with 2.31 Continue' },
      x2: { by: 'server', level: 'must', req: 'P-26', says: 'registers the device when the list is whole' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration again' },
      x4: { by: 'server', level: 'should', req: 'R-1', says: 'knows the instances of all blocks' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { exchange, endpoint } = await server.registered();
    const name = `${endpoint}-in-blocks-${variant}`;
    const device = await client.elsewhere();
    const register = registerLike(exchange, { query: ofDevice(name), payload: LIST });
    const sent = await sendInBlocks(device, register, SIZES[variant] ?? 0);
    check('x1', sent.codes.slice(0, -1), each('2.31'));
    check('x2', sent.code, '2.01');
    check('x3', await answerToUpdate(device, sent.location), '2.04');
    const shown = (await server.registrations()).find((one) => one.endpoint === name);
    const listed = ['/1/0', '/3303/10', '/3303/36'].map((path) => shown?.objects?.includes(path) ?? true);
    check('x4', listed, each(true, 3));
  },
);
