import { not, oneOf, testCase } from '../../harness/case/index.js';

/** Numbers from before the registration of text, TLV, JSON and opaque. */
const OBSOLETE = [1541, 1542, 1543, 1544];

export default testCase(
  {
    id: 'transport.obsolete-formats',
    title: 'A client labels nothing with a number that was never registered',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'F-3', says: 'never names such a number, not even when it is asked to' },
      x2: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    for (const accept of OBSOLETE) {
      const asked = await server.request({ method: 'GET', path: bind('readonly'), accept });
      check('x1', asked.response.contentFormat, not(oneOf(...OBSOLETE)));
    }
    check('x2', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
