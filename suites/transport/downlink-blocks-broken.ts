import { blockOption, not, OptionNumber, testCase, utf8 } from '../../harness/case/index.js';
import { answerInBlocks, inFormat, type BlockFault } from './_answering.js';

const TEXT = 'abcdefghijklmnopqrstuvwxyz'.repeat(4).slice(0, 48);

const secondBlock = (num: number, more: boolean, szx: number) => [
  ...inFormat(0),
  blockOption(OptionNumber.block2, { num, more, szx }),
];

/** What comes in the place of the second of three blocks. */
const SECOND: Readonly<Record<string, ReturnType<BlockFault>>> = {
  'not-found': { code: '4.04', options: [], payload: new Uint8Array(0) },
  'internal-error': { code: '5.00', options: [], payload: new Uint8Array(0) },
  incomplete: { code: '4.08', options: [], payload: new Uint8Array(0) },
  'other-number': { options: secondBlock(7, true, 0) },
  'larger-size': { options: secondBlock(1, true, 3) },
  'reserved-size': { options: secondBlock(1, true, 7) },
  'short-block': { payload: utf8('abc') },
  'empty-block': { payload: new Uint8Array(0) },
  'without-block-option': { options: inFormat(0) },
};

export default testCase(
  {
    id: 'transport.downlink-blocks-broken',
    title: 'A transfer that breaks off gives no value, and harms no other',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(SECOND),
    checks: {
      x1: { by: 'server', level: 'should', req: 'P-26', says: 'shows no value of some of the blocks' },
      x2: { by: 'server', level: 'must', req: 'P-6', says: 'sends the next request, and takes its answer' },
    },
  },
  async ({ server, client, bind, variant, check, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    const fault = SECOND[variant] ?? {};
    answerInBlocks(client, path, utf8(TEXT), 0, (num, usual) => (num === 1 ? { ...usual, ...fault } : usual));
    await server.order({ do: 'read', path, format: 0 });
    await server.sent('read', { within: 10, path });
    await sleep(5);
    check('x1', await server.shown(path), not(TEXT.slice(0, 16)));
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x2', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
  },
);
