import { getBlock, OptionNumber, oneOf, testCase } from '../../harness/case/index.js';
import { accountSteps, ASKS_WITHIN, COMMANDS_WITHIN, idOf, roomIn } from './_session.js';

/** As long as a chain of certificates may be, in bytes. */
const LENGTH = 2500;

export default testCase(
  {
    id: 'bootstrap.write-large',
    title: 'A certificate of several blocks is written',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    requires: 'block-wise',
    checks: {
      x1: { by: 'bootstrap-server', level: 'must', req: 'P-28', says: 'sends it block by block' },
      x2: { by: 'client', level: 'must', req: 'P-26', says: 'takes it whole, or has no room for it' },
      x3: { by: 'client', level: 'must', req: 'B-34', says: 'lets the bootstrap end' },
    },
  },
  async ({ client, bootstrapServer, bind, check }) => {
    const account = roomIn(bind);
    const path = `/0/${idOf(bind('account.security'))}/4`;
    await bootstrapServer.provision({
      steps: [
        ...accountSteps(bootstrapServer, account),
        { do: 'write', path, value: 'a5'.repeat(LENGTH), optional: true },
        { do: 'finish' },
      ],
    });
    await client.start();
    const request = await bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
    const wait = { within: COMMANDS_WITHIN, after: request };
    const write = await bootstrapServer.commanded('bootstrap-write', { ...wait, path });
    check('x1', getBlock(write.request.message, OptionNumber.block1)?.more, true);
    check('x2', write.response.code, oneOf('2.04', '4.13'));
    const finish = await bootstrapServer.commanded('bootstrap-finish', wait);
    check('x3', finish.response.code, '2.04');
  },
);
