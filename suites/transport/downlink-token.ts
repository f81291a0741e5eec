import { not, octets, testCase, utf8 } from '../../harness/case/index.js';
import { heldRead, inFormat } from './_answering.js';

export default testCase(
  {
    id: 'transport.downlink-token',
    title: 'A server takes no answer with another token',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-13', says: 'shows no value of an answer to something else' },
      x2: { by: 'server', level: 'must', req: 'P-13', says: 'resets a confirmable answer to what it did not ask' },
      x3: { by: 'server', level: 'must', req: 'P-6', says: 'sends the next request, and takes its answer' },
    },
  },
  async ({ server, client, bind, check, sleep }) => {
    await server.registered();
    const path = bind('readonly');
    const read = await heldRead(server, client, path, 0);
    const token = octets('5A A5 5A A5 5A');
    const foreign = { code: '2.05', token, options: inFormat(0), payload: utf8('foreign') } as const;
    await client.send({ ...foreign, type: 'ACK', id: read.request.message.id }, { within: 0 });
    await sleep(1);
    check('x1', await server.shown(path), not('foreign'));
    check('x2', (await client.send(foreign, { within: 5 })).code, 'RST');
    check('x1', await server.shown(path), not('foreign'));
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x3', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
  },
);
