import { testCase, utf8 } from '../../harness/case/index.js';
import { inFormat } from '../transport/_answering.js';

export default testCase(
  {
    id: 'reporting.not-observed',
    title: 'An answer without an Observe number is a value, and the begin of nothing',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-4', says: 'sends the next request, and takes its answer' },
      x2: { by: 'server', level: 'should', req: 'I-1', says: 'shows the value that came' },
    },
  },
  async ({ server, client, bind, check, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    client.answer(
      ({ code, options }) => code === '0.01' && options.some(({ number }) => number === 6),
      () => ({ code: '2.05', options: inFormat(0), payload: utf8('once') }),
    );
    await server.order({ do: 'observe', path, format: 0 });
    await server.sent('observe', { within: 10, path });
    await sleep(1);
    check('x2', await server.shown(path), 'once');
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x1', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
  },
);
