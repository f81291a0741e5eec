import {
  ContentFormat,
  each,
  getBlock,
  having,
  oneOf,
  OptionNumber,
  testCase,
  type CoapMessage,
} from '../../harness/case/index.js';
import { withBlock2 } from './_blocks.js';

/** More than any list of a client takes: a client that never ends is stopped here. */
const MOST = 256;

const blockOf = (message: CoapMessage | undefined): unknown => ({
  ...(message && getBlock(message, OptionNumber.block2)),
  length: message?.payload.length,
});
const isLast = (message: CoapMessage | undefined): boolean =>
  !message || getBlock(message, OptionNumber.block2)?.more !== true;

export default testCase(
  {
    id: 'transport.block-wise-read',
    title: 'An answer is given in the blocks that are asked for',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.discover & block-wise',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-27', says: 'gives block after block of the size that is asked for' },
      x2: { by: 'client', level: 'must', req: 'P-28', says: 'fills every block but the last' },
      x3: { by: 'client', level: 'must', req: 'P-27', says: 'gives in blocks what it gives as a whole' },
      x4: { by: 'client', level: 'must', req: 'rfc7959#2.4', says: 'names no two ETags for the same' },
      x5: { by: 'client', level: 'should', req: 'P-27', says: 'gives a block again, also after the last' },
      x6: { by: 'client', level: 'should', req: 'rfc7959#2.4', says: 'refuses a block after the end' },
    },
  },
  async ({ server, check }) => {
    await server.registered();
    const discover = { method: 'GET', path: '/3/0', accept: ContentFormat.link } as const;
    const whole = await server.discover('/3/0');
    const blocks: (CoapMessage | undefined)[] = [];
    do {
      const { answer } = await server.send(withBlock2(server.message(discover), blocks.length));
      blocks.push(answer);
    } while (!isLast(blocks.at(-1)) && blocks.length < MOST);

    check(
      'x1',
      blocks.map(blockOf),
      blocks.map((_, num) => having({ num, szx: 0 })),
    );
    check('x2', blocks.slice(0, -1).map(blockOf), each(having({ length: 16 })));
    const joined = blocks.flatMap((block) => [...(block?.payload ?? [])]);
    check('x3', Uint8Array.from(joined), whole.response.payload);
    const tags = blocks.flatMap((block) => block?.options.filter(({ number }) => number === OptionNumber.etag) ?? []);
    check('x4', tags, each(oneOf(tags[0]), 0));
    const again = await server.send(withBlock2(server.message(discover), 1));
    check('x5', again.answer?.payload, blocks[1]?.payload);
    const beyond = await server.send(withBlock2(server.message(discover), 0xf_ffff, 6));
    check('x6', beyond.code, oneOf('4.00', '4.02'));
  },
);
