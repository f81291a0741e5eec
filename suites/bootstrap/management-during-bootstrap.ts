import { matches, testCase } from '../../harness/case/index.js';
import { ASKS_WITHIN } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.management-during-bootstrap',
    title: 'While the client is bootstrapped its servers manage nothing',
    since: '1.0',
    configuration: 'C.102',
    bootstrap: 'bootstrapped',
    our: 'bootstrap-server',
    requires: 'stimulus.bootstrap & op.write & resource./1/1',
    times: { lifetime: { nominal: 4321, quick: 4321 } },
    checks: {
      x1: { by: 'client', level: 'should', req: 'B-16', says: 'refuses the Write of its server, or does not answer' },
      x2: { by: 'client', level: 'must', req: 'B-34', says: 'goes on with the session' },
    },
  },
  async ({ client, server, bootstrapServer, times, check }) => {
    await bootstrapServer.provision({ steps: [] });
    await client.start();
    const { serverObject } = await server.registered();
    await client.bootstrap();
    await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    await server.order({ do: 'write', mode: 'replace', path: `${serverObject}/1`, value: times.lifetime });
    const write = await server.sent('write', { within: 10 });
    const finish = await bootstrapServer.finish();
    check('x2', finish.response.code, '2.04');
    check('x1', write.response.code, matches(/^(4\.\d\d|5\.\d\d|none|RST)$/));
  },
);
