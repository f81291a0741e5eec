import { ContentFormat, getBlock, having, oneOf, OptionNumber, testCase, utf8 } from '../../harness/case/index.js';
import { withBlock1, ZONES } from './_blocks.js';

export default testCase(
  {
    id: 'transport.block-wise-write',
    title: 'A value that comes in blocks is written when it is whole',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & block-wise',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-26', says: 'answers the first block 2.31 Continue' },
      x2: { by: 'client', level: 'must', req: 'P-26', says: 'names the block in that answer' },
      x3: { by: 'client', level: 'must', req: 'P-26', says: 'keeps the old value while blocks are missing' },
      x4: { by: 'client', level: 'must', req: 'P-26', says: 'answers the last block 2.04 Changed' },
      x5: { by: 'client', level: 'must', req: 'P-26', says: 'has the whole value then' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const before = await server.read(path);
    const put = { method: 'PUT', path, contentFormat: ContentFormat.text, payload: utf8(ZONES[0]) } as const;
    const first = await server.send(withBlock1(server.message(put), 0));
    check('x1', first.code, '2.31');
    check('x2', first.answer && getBlock(first.answer, OptionNumber.block1), having({ num: 0, szx: 0 }));
    const during = (await server.read(path)).response;
    // A client may serve nothing else as long as a transfer is open.
    const old = ['2.05', before.response.content.value(path)];
    check('x3', [during.code, during.content.value(path)], oneOf(old, ['5.03', undefined]));
    check('x4', (await server.send(withBlock1(server.message(put), 1))).code, '2.04');
    check('x5', (await server.read(path)).response.content.value(path), ZONES[0]);
  },
);
