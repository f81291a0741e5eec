import { oneOf, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'transport.non-confirmable-request',
    title: 'The answer to a non-confirmable request stands in a message of its own',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'should', req: 'rfc7252#5.2.3', says: 'answers a non-confirmable Read' },
      x2: { by: 'client', level: 'must', req: 'P-8', says: 'sends no ACK for it' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request' },
    },
  },
  async ({ server, bind, check }) => {
    await server.registered();
    const read = server.message({ method: 'GET', path: bind('readonly') });
    const sent = await server.send({ ...read, type: 'NON' }, { within: 10 });
    check('x1', [sent.code, sent.answer?.type], ['2.05', oneOf('NON', 'CON')]);
    check('x2', sent.replies.filter(({ type }) => type === 'ACK').length, 0);
    check('x3', (await server.read(bind('readonly'))).response.code, '2.05');
  },
);
