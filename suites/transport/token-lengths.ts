import { octets, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';

const TOKENS: Readonly<Record<string, string>> = { none: '', short: '00', long: 'FF 00 11 22 33 44 55 66' };

export default testCase(
  {
    id: 'transport.token-lengths',
    title: 'A response has the token of its request, of whatever length',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    variants: ['none', 'short', 'long'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-13', says: 'repeats the token of the request' },
      x2: { by: 'client', level: 'must', req: 'P-12', says: 'answers a second request of the same token too' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const token = octets(TOKENS[variant] ?? '');
    const read = { ...server.message({ method: 'GET', path: bind('readonly') }), token };
    const first = await server.send(read);
    check('x1', [first.code, first.answer?.token], ['2.05', token]);
    const other = { ...server.message({ method: 'GET', path: bind('absent.object') }), token };
    const second = await server.send(other);
    check('x2', second.answer?.token, token);
    check('x2', second.code, graded.E20);
  },
);
