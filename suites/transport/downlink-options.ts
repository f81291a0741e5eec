import { not, testCase, utf8 } from '../../harness/case/index.js';
import { inFormat, isReadOf } from './_answering.js';

/** An option that no server knows, in the answer to a Read. */
const OPTIONS: Readonly<Record<string, number>> = { critical: 65_001, elective: 65_000 };

export default testCase(
  {
    id: 'transport.downlink-options',
    title: 'An unknown critical option spoils an answer, an elective one does not',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(OPTIONS),
    checks: {
      x1: {
        by: 'server',
        level: 'must',
        req: 'P-18',
        says: 'takes an answer exactly if it knows all that is critical',
      },
      x2: { by: 'server', level: 'must', req: 'P-4', says: 'sends the next request, and takes its answer' },
    },
  },
  async ({ server, client, bind, variant, check, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    const number = OPTIONS[variant] ?? 0;
    client.answer(isReadOf(path), () => ({
      code: '2.05',
      options: [...inFormat(0), { number, value: utf8('x') }],
      payload: utf8('with-option'),
    }));
    await server.order({ do: 'read', path, format: 0 });
    await server.sent('read', { within: 10, path });
    await sleep(1);
    check('x1', await server.shown(path), variant === 'critical' ? not('with-option') : 'with-option');
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x2', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
  },
);
