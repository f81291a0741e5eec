import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { ASKS_WITHIN, COMMANDS_WITHIN, roomIn, wholeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.consistency',
    ets: { '1.0': 'int-9', '1.1': 'int-9' },
    title: 'A client that was given half an account does not let the bootstrap end',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    errata: [{ ref: 'OMA#153', reading: 'a client may refuse the write already that leaves mandatory resources out' }],
    checks: {
      A: { by: 'bootstrap-server', level: 'must', req: 'B-15', says: 'accepts the Bootstrap-Request with 2.04' },
      B: { by: 'client', level: 'must', req: 'B-24', says: 'answers the write with 2.04' },
      C: { by: 'client', level: 'must', req: 'B-34', says: 'answers Finish with 4.06' },
      D: { by: 'bootstrap-server', level: 'must', req: 'B-34', says: 'goes on after the 4.06' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    await bootstrapServer.provision({
      steps: [
        { do: 'write', path: `${bind('account.server')}/5`, value: 86_400, optional: true },
        { do: 'finish' },
        ...wholeAccount(bootstrapServer, roomIn(bind)),
      ],
    });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    check('A', request.response.code, '2.04');
    const within = COMMANDS_WITHIN;
    const write = await bootstrapServer.commanded('bootstrap-write', { within, after: request });
    check('B', write.response.code, graded.X15Write);
    const finish = await bootstrapServer.commanded('bootstrap-finish', { within, after: write });
    check('C', finish.response.code, graded.E17);
    await bootstrapServer.commanded('bootstrap-write', { within, after: finish, owed: 'D' });
  },
);
