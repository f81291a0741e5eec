import { testCase } from '../../harness/case/index.js';
import { heldRead } from './_answering.js';

export default testCase(
  {
    id: 'transport.downlink-reset',
    title: 'A request that the client resets ends there, and nothing else does',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-12', says: 'repeats the request no more' },
      x2: { by: 'server', level: 'must', req: 'P-6', says: 'sends the next request, and takes its answer' },
      x3: { by: 'server', level: 'must', req: 'R-15', says: 'still holds the registration' },
    },
  },
  async ({ server, client, bind, check, sleep }) => {
    const { endpoint } = await server.registered();
    const path = bind('readonly');
    const read = await heldRead(server, client, path, 0);
    await client.send({ type: 'RST', code: '0.00', id: read.request.message.id }, { within: 0 });
    await sleep(5);
    check('x1', read.retransmissions, 0);
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x2', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
    const shown = await server.registrations();
    check('x3', shown.filter((one) => one.endpoint === endpoint).length, 1);
  },
);
