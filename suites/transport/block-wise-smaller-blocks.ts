import { ContentFormat, testCase, utf8, type AnyRequest } from '../../harness/case/index.js';
import { withBlock1, ZONES } from './_blocks.js';

const OFFSET = '+02:00';

/** A TLV of a resource with up to 255 bytes of text. */
const tlv = (path: string, text: string): number[] => [
  0xc8,
  Number(path.split('/').at(-1)),
  text.length,
  ...utf8(text),
];

export default testCase(
  {
    id: 'transport.block-wise-smaller-blocks',
    title: 'Blocks may become smaller on the way',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write-update & role.writable & role.writable.b & format.11542 & block-wise',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-28', says: 'takes a smaller block at the place where it belongs' },
      x2: { by: 'client', level: 'must', req: 'P-26', says: 'has all of the values then' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const [a, b] = [bind('writable'), bind('writable.b')];
    const post: AnyRequest = {
      method: 'POST',
      path: a.split('/').slice(0, 3).join('/'),
      contentFormat: ContentFormat.tlv,
      payload: Uint8Array.from([...tlv(a, OFFSET), ...tlv(b, ZONES[0])]),
    };
    // 44 bytes: one block of 32, and the third of 16.
    await server.send(withBlock1(server.message(post), 0, 1));
    check('x1', (await server.send(withBlock1(server.message(post), 2, 0))).code, '2.04');
    const values = [await server.read(a), await server.read(b)].map(({ response, request }) =>
      response.content.value(request.path),
    );
    check('x2', values, [OFFSET, ZONES[0]]);
  },
);
