import { testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN, COMMANDS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.preferred-format',
    title: 'A Bootstrap-Server writes in the format that the client prefers',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'client',
    ours: { client: { bootstrapFormat: 110 } },
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'accepts the request' },
      x2: { by: 'bootstrap-server', level: 'should', req: 'B-12', says: 'writes in that format' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await bootstrapServer.provision({ steps: wholeAccount(bootstrapServer, roomIn(bind)) });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    check('x1', request.response.code, '2.04');
    const write = await bootstrapServer.commanded('bootstrap-write', { within: COMMANDS_WITHIN, after: request });
    check('x2', write.request.contentFormat, 110);
  },
);
