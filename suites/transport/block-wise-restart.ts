import { ContentFormat, testCase, utf8, type AnyRequest } from '../../harness/case/index.js';
import { withBlock1, ZONES } from './_blocks.js';

export default testCase(
  {
    id: 'transport.block-wise-restart',
    title: 'A new first block begins the transfer anew',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & block-wise',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-28', says: 'answers the second first block 2.31 Continue' },
      x2: { by: 'client', level: 'must', req: 'P-28', says: 'answers the last block 2.04 Changed' },
      x3: {
        by: 'client',
        level: 'must',
        req: 'P-28',
        says: 'has the value of the second transfer, and nothing of the first',
      },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const put = (zone: string): AnyRequest => ({
      method: 'PUT',
      path,
      contentFormat: ContentFormat.text,
      payload: utf8(zone),
    });
    await server.send(withBlock1(server.message(put('Asia/Kathmandu, which is never written')), 0));
    check('x1', (await server.send(withBlock1(server.message(put(ZONES[1])), 0))).code, '2.31');
    check('x2', (await server.send(withBlock1(server.message(put(ZONES[1])), 1))).code, '2.04');
    check('x3', (await server.read(path)).response.content.value(path), ZONES[1]);
  },
);
