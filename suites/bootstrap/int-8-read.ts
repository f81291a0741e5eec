import { having, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { codesOf } from './_full.js';
import { accountSteps, ASKS_WITHIN, COMMANDS_WITHIN, roomIn } from './_session.js';

const RIGHTS = { '0/0': 3, '0/1': 0, '0/2/0': 15, '0/3': 65_535 };

export default testCase(
  {
    id: 'bootstrap.read',
    ets: { '1.1': 'int-8' },
    title: 'A Bootstrap-Server reads what it wrote of servers and their rights',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    requires: 'object.2',
    errata: [
      {
        ref: 'ETS int-8 step 3',
        reading: 'the rights of an instance are those up to Delete, 15: Create is for Objects',
      },
      {
        ref: 'Transport Table 6.4.2-1',
        reading: 'it names Object 2 alone: a client may refuse the read of /1, with a remark',
      },
    ],
    checks: {
      A: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'accepts the Bootstrap-Request with 2.04' },
      B: { by: 'client', level: 'must', req: 'B-24', says: 'answers the writes with 2.04' },
      C: { by: 'client', level: 'must', req: 'B-22', says: 'answers both reads with 2.05 and what was written' },
      D: { by: 'client', level: 'must', req: 'B-34', says: 'answers Finish with 2.04' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    const account = roomIn(bind);
    await bootstrapServer.provision({
      steps: [
        ...accountSteps(bootstrapServer, account),
        { do: 'write', path: '/2', value: RIGHTS, optional: true },
        { do: 'read', path: '/1' },
        { do: 'read', path: '/2' },
        { do: 'finish' },
      ],
    });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    check('A', request.response.code, '2.04');
    const within = COMMANDS_WITHIN;
    const security = await bootstrapServer.commanded('bootstrap-write', { within, after: request });
    const server = await bootstrapServer.commanded('bootstrap-write', { within, after: security });
    const rights = await bootstrapServer.commanded('bootstrap-write', { within, after: server });
    check('B', codesOf(security, server, rights), ['2.04', '2.04', '2.04']);
    const ofServers = await bootstrapServer.commanded('bootstrap-read', { within, after: rights });
    const ofRights = await bootstrapServer.commanded('bootstrap-read', { within, after: ofServers });
    check('C', ofServers.response.code, graded.X14);
    check('C', ofRights.response.code, '2.05');
    check('C', ofRights.response.content.values, having({ '/2/0/0': 3, '/2/0/2/0': 15, '/2/0/3': 65_535 }));
    const finish = await bootstrapServer.commanded('bootstrap-finish', { within, after: ofRights });
    check('D', finish.response.code, '2.04');
  },
);
