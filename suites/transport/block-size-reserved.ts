import { ContentFormat, not, matches, testCase, utf8 } from '../../harness/case/index.js';
import { withBlock1, withBlock2, ZONES } from './_blocks.js';

export default testCase(
  {
    id: 'transport.block-size-reserved',
    title: 'The size exponent 7 has no meaning over UDP',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & transport.udp',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-25', says: 'refuses a block of that size' },
      x2: { by: 'client', level: 'should', req: 'P-25', says: 'answers it 4.00 Bad Request' },
      x3: { by: 'client', level: 'must', req: 'P-25', says: 'refuses to answer in blocks of that size' },
      x4: { by: 'client', level: 'should', req: 'P-25', says: 'answers that 4.00 Bad Request' },
      x5: { by: 'client', level: 'must', req: 'P-26', says: 'has the old value' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const before = await server.read(path);
    const put = { method: 'PUT', path, contentFormat: ContentFormat.text, payload: utf8(ZONES[0]) } as const;
    const write = await server.send(withBlock1(server.message(put), 0, 7));
    check('x1', write.code, not(matches(/^2/)));
    check('x2', write.code, '4.00');
    const read = await server.send(withBlock2(server.message({ method: 'GET', path }), 0, 7));
    check('x3', read.code, not(matches(/^2/)));
    check('x4', read.code, '4.00');
    check('x5', (await server.read(path)).response.content.value(path), before.response.content.value(path));
  },
);
