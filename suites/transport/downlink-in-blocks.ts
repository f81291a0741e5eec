import { testCase, utf8 } from '../../harness/case/index.js';
import { answerInBlocks } from './_answering.js';

/** Bytes of the body and size exponent of the blocks. */
const BODIES: Readonly<Record<string, readonly [length: number, szx: number]>> = {
  'several-blocks': [100, 0],
  'whole-blocks': [96, 0],
  'one-whole-block': [64, 2],
  'two-blocks': [65, 2],
  'larger-blocks': [1500, 5],
};

export default testCase(
  {
    id: 'transport.downlink-in-blocks',
    title: 'A server fetches an answer that takes several blocks, whatever their size',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(BODIES),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-27', says: 'shows the whole value' },
      x2: { by: 'server', level: 'must', req: 'P-6', says: 'sends the next request, and takes its answer' },
    },
  },
  async ({ server, client, bind, variant, check }) => {
    await server.registered();
    const path = bind('readonly');
    const [length, szx] = BODIES[variant] ?? [100, 0];
    const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(60).slice(0, length);
    answerInBlocks(client, path, utf8(text), szx);
    await server.read(path, { format: 0 });
    check('x1', await server.shown(path), text);
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x2', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
  },
);
