import { testCase, utf8, type OwnMessages, type AnyRequest } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { sendBlock, sendInBlocks } from './_uploads.js';

const LIST = utf8(`</1/0>,</3/0>,${Array.from({ length: 12 }, (_, i) => `</3303/${10 + i}>`).join(',')}`);

/** What goes wrong in blocks of 64 bytes, of which there are three: the code of the last answer to it. */
const FAULTS: Readonly<
  Record<
    string,
    { readonly run: (port: OwnMessages, request: AnyRequest) => Promise<string>; readonly answer: unknown }
  >
> = {
  'block-left-out': {
    run: async (port, request) => {
      await sendBlock(port, request, 0, 2);
      return (await sendBlock(port, request, 2, 2)).code;
    },
    answer: graded.E32Missing,
  },
  'first-block-left-out': {
    run: async (port, request) => (await sendBlock(port, request, 1, 2)).code,
    answer: graded.E32Missing,
  },
  'reserved-size': {
    run: async (port, request) => (await sendBlock(port, request, 0, 7)).code,
    answer: graded.E32Reserved,
  },
};

export default testCase(
  {
    id: 'transport.register-blocks-broken',
    title: 'A Register whose blocks do not fit together is refused, and can be sent again',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(FAULTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-26', says: 'refuses the body with the code of the fault' },
      x2: { by: 'server', level: 'must', req: 'P-28', says: 'takes the blocks from the first one on afterwards' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration again' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { exchange, endpoint } = await server.registered();
    const device = await client.elsewhere();
    const query = ofDevice(`${endpoint}-broken-${variant}`);
    const register = registerLike(exchange, { query, payload: LIST });
    const fault = FAULTS[variant] ?? { run: () => Promise.resolve('none'), answer: undefined };
    check('x1', await fault.run(device, register), fault.answer);
    const sent = await sendInBlocks(device, register, 2);
    check('x2', sent.code, '2.01');
    check('x3', await answerToUpdate(device, sent.location), '2.04');
  },
);
