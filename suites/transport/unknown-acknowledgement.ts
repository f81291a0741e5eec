import { octets, testCase, type ToSend } from '../../harness/case/index.js';

/** Replies to a message that the client never sent. */
const REPLIES: Readonly<Record<string, ToSend>> = {
  acknowledgement: { type: 'ACK', code: '0.00', id: 0xbad0 },
  reset: { type: 'RST', code: '0.00', id: 0xbad1 },
  piggybacked: { type: 'ACK', code: '2.04', id: 0xbad2, token: octets('DE AD BE EF') },
};

export default testCase(
  {
    id: 'transport.unknown-acknowledgement',
    title: 'A reply to a message that was never sent is ignored',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'transport.udp',
    variants: ['acknowledgement', 'reset', 'piggybacked'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-12', says: 'sends nothing in return' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const sent = await server.send(REPLIES[variant] ?? { code: '0.00' }, { within: 3 });
    check('x1', sent.replies, []);
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
