import { octets, oneOf, testCase, utf8 } from '../../harness/case/index.js';

const TOKEN = octets('DE AD BE EF');

export default testCase(
  {
    id: 'transport.unexpected-response',
    title: 'A response that nobody waits for is rejected',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'transport.udp',
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-13', says: 'resets a confirmable one' },
      x2: { by: 'client', level: 'must', req: 'P-13', says: 'ignores or resets a non-confirmable one' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const response = { code: '2.05', token: TOKEN, payload: utf8('nobody asked') };
    check('x1', (await server.send(response, { within: 5 })).code, 'RST');
    const nonConfirmable = await server.send({ ...response, type: 'NON' }, { within: 2 });
    check('x2', nonConfirmable.code, oneOf('none', 'RST'));
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
