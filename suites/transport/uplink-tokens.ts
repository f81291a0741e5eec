import { octets, testCase } from '../../harness/case/index.js';
import { bareUpdate } from '../registration/_device.js';

const TOKENS: Readonly<Record<string, string>> = {
  'one-byte': '00',
  none: '',
  'eight-bytes': 'FF 00 FF 00 FF 00 FF 01',
  'of-zeros': '00 00 00 00',
};

export default testCase(
  {
    id: 'transport.uplink-tokens',
    title: 'A server gives back the token of a request, whatever its length',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(TOKENS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-1', says: 'answers the Update with 2.04 Changed' },
      x2: { by: 'server', level: 'must', req: 'P-13', says: 'answers with the token of the request' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { location } = await server.registered();
    const token = octets(TOKENS[variant] ?? '00');
    const sent = await client.send({ ...client.message(bareUpdate(location)), token }, { within: 10 });
    check('x1', sent.code, '2.04');
    check('x2', sent.answer?.token, token);
  },
);
