import { ContentFormat, matches, testCase, utf8, type AnyRequest } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { withBlock1, ZONES } from './_blocks.js';

/** Blocks that come, by number, each with its Content-Format; the last one does not go with what came before. */
const BLOCKS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  'first-missing': [[1, ContentFormat.text]],
  'one-missing': [
    [0, ContentFormat.text],
    [2, ContentFormat.text],
  ],
  'of-another-format': [
    [0, ContentFormat.text],
    [1, ContentFormat.tlv],
  ],
};

export default testCase(
  {
    id: 'transport.block-wise-incomplete',
    title: 'A block that does not go with those before it ends the transfer, and nothing is written',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & block-wise',
    variants: ['first-missing', 'one-missing', 'of-another-format'],
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'E-32',
        says: 'refuses the block that does not fit, 4.08 where one is missing',
      },
      x2: { by: 'client', level: 'must', req: 'P-26', says: 'has the old value' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const before = await server.read(path);
    const put = (contentFormat: number): AnyRequest => ({
      method: 'PUT',
      path,
      contentFormat,
      payload: utf8(`${ZONES[0]}${ZONES[0]}`.slice(0, 40)),
    });
    const codes: string[] = [];
    for (const [num, format] of BLOCKS[variant] ?? [])
      codes.push((await server.send(withBlock1(server.message(put(format)), num))).code);
    // 4.08 may tell of another format; it need not (RFC 7959 §2.9.2).
    check('x1', codes.at(-1), variant === 'of-another-format' ? matches(/^4/) : graded.E32Missing);
    check('x2', (await server.read(path)).response.content.value(path), before.response.content.value(path));
  },
);
