import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { ASKS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.pack-format',
    title: 'A Bootstrap-Server has packs in three formats, and in no other',
    since: '1.2',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    channel: 'none',
    requires: 'op.bootstrap-pack',
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-42', says: 'refuses a foreign format' },
      x2: { by: 'bootstrap-server', level: 'must', req: 'B-43', says: 'gives a pack in SenML JSON' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    await client.start();
    const begun = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const query = [`ep=${begun.request.query.get('ep') ?? ''}`];
    const foreign = await client.request({ method: 'GET', path: '/bspack', query, accept: 41 });
    check('x1', foreign.response.code, graded.E18Format);
    const { response } = await client.request({ method: 'GET', path: '/bspack', query, accept: 110 });
    check('x2', [response.code, response.contentFormat, response.content.problem], ['2.05', 110, undefined]);
  },
);
