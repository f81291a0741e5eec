import { testCase, type Exchange } from '../../harness/case/index.js';
import { wentTo } from './_address.js';

export default testCase(
  {
    id: 'registration.register-from-new-address',
    title: 'A server sends its requests to where the latest Register came from',
    since: '1.0',
    configuration: 'C.1',
    channel: 'none',
    // A foreign device that is started anew has other addresses than those that are seen to change here.
    our: 'client',
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-3', says: 'sends its next request to the address that registered' },
    },
  },
  async ({ client, server, bind, check, sleep, allowances }) => {
    await server.registered();
    // The answer to a request shows that nothing is under way to the address that is about to be lost.
    const before = await server.read(bind('readable.a'));
    await client.rebind();
    await client.restart();
    const accepted = ({ response }: Exchange): boolean => response.code === '2.01';
    const again = await server.next('register', { within: 60, after: before, where: accepted });
    await sleep(allowances.settle, again);
    check('x1', wentTo(await server.read(bind('readable.a'))), 'where the client is');
  },
);
