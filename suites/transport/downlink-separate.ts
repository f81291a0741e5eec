import { oneOf, testCase } from '../../harness/case/index.js';
import { heldRead, textFor } from './_answering.js';

/** Seconds until the response, its type, and whether the request is acknowledged first. */
const WAYS: Readonly<
  Record<string, { readonly after: number; readonly type: 'CON' | 'NON'; readonly acknowledges: boolean }>
> = {
  'after-acknowledgement': { after: 6, type: 'CON', acknowledges: true },
  'without-acknowledgement': { after: 1, type: 'CON', acknowledges: false },
  'not-confirmable': { after: 6, type: 'NON', acknowledges: true },
};

export default testCase(
  {
    id: 'transport.downlink-separate',
    title: 'A server takes an answer in a message of its own',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'transport.udp',
    variants: Object.keys(WAYS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-14', says: 'acknowledges a confirmable response' },
      x2: { by: 'server', level: 'must', req: 'P-14', says: 'shows the value that came in it' },
      x3: { by: 'server', level: 'must', req: 'P-14', says: 'repeats no request that was acknowledged or answered' },
      x4: { by: 'server', level: 'must', req: 'P-6', says: 'sends the next request, and takes its answer' },
    },
  },
  async ({ server, client, bind, variant, check, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    const way = WAYS[variant] ?? { after: 6, type: 'CON', acknowledges: true };
    const read = await heldRead(server, client, path, 0);
    const { id } = read.request.message;
    await Promise.all(way.acknowledges ? [client.send({ type: 'ACK', code: '0.00', id }, { within: 0 })] : []);
    await sleep(way.after);
    const sent = await client.send({ ...textFor(read, 'separate'), type: way.type }, { within: 5 });
    check('x1', sent.code, way.type === 'CON' ? 'ACK' : oneOf('none', 'ACK'));
    check('x2', await server.shown(path), 'separate');
    await sleep(5);
    check('x3', read.retransmissions, 0);
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x4', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
  },
);
