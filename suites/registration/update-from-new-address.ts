import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { wentTo } from './_address.js';

export default testCase(
  {
    id: 'registration.update-from-new-address',
    title: 'A server goes on with a client whose address has changed',
    since: '1.0',
    configuration: 'C.1',
    channel: 'none',
    requires: 'op.read & role.readable.a',
    checks: {
      x1: { by: 'server', level: 'may', req: 'X-73', says: 'answers the Update from the new address' },
      x2: { by: 'server', level: 'should', req: 'R-3', says: 'sends its next request to the address that it answered' },
    },
  },
  async ({ client, server, bind, check, sleep, allowances }) => {
    await server.registered();
    // The answer to a request shows that nothing is under way to the address that is about to be lost.
    const before = await server.read(bind('readable.a'));
    await client.rebind();
    await client.update();
    const update = await server.next('update', { within: 5, after: before });
    check('x1', update.response.code, graded.X73);
    // A client that is refused registers again, from where it is now.
    const isTaken = update.response.code === '2.04';
    const latest = isTaken ? update : await server.next('register', { within: 60, after: update });
    await sleep(allowances.settle, latest);
    check('x2', wentTo(await server.read(bind('readable.a'))), 'where the client is');
  },
);
