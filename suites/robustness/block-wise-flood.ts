import {
  ContentFormat,
  each,
  matches,
  OptionNumber,
  testCase,
  uintOption,
  blockOption,
} from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

/** Blocks of 1024 bytes for a value of a few: more than a client keeps, or says that it keeps. */
const BLOCKS = 96;
/** A body of 4 GiB less one byte. */
const HUGE = 0xffff_ffff;

export default testCase(
  {
    id: 'robustness.block-wise-flood',
    title: 'A client is not filled up by a transfer that does not end',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & block-wise',
    variants: ['many-blocks', 'announced-size'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-4', says: 'takes each block or refuses it' },
      x4: { by: 'client', level: 'should', req: 'E-32', says: 'refuses it 4.13' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
      x3: { by: 'client', level: 'must', req: 'P-26', says: 'has the old value' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const before = await server.read(path);
    const payload = new Uint8Array(1024).fill(0x41);
    const size = variant === 'announced-size' ? [uintOption(OptionNumber.size1, HUGE)] : [];
    const codes: string[] = [];
    const send = async (num: number): Promise<string> => {
      const write = server.message({ method: 'PUT', path, contentFormat: ContentFormat.text, payload });
      const block = blockOption(OptionNumber.block1, { num, more: true, szx: 6 });
      return (await server.send({ ...write, options: [...write.options, block, ...size] })).code;
    };
    do codes.push(await send(codes.length));
    while (codes.length < BLOCKS && codes.at(-1) === '2.31');
    // A block out of the row ends the transfer: a client may serve nothing else as long as one is open.
    if (codes.at(-1) === '2.31') await send(10 * BLOCKS);
    const refusals = codes.filter((code) => code !== '2.31');
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
    check('x1', refusals, each(matches(/^([45]\.\d\d|RST)$/), 0));
    check('x4', refusals, each(graded.E32Large, 0));
    check('x3', (await server.read(path)).response.content.value(path), before.response.content.value(path));
  },
);
