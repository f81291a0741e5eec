import { bootstrapDiscovered, contains, each, matches, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.discover-content',
    title: 'A Bootstrap-Discover shows the version, every Object and instance, and whose they are',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-17', says: 'answers 2.05 with links, its version first' },
      x2: { by: 'client', level: 'must', req: 'B-19', says: 'shows both Security instances, the server, the device' },
      x3: { by: 'client', level: 'must', req: 'B-19', says: 'gives a Short Server ID to what is of the server alone' },
      x4: { by: 'client', level: 'must', req: 'B-19', says: 'shows no Resource' },
    },
  },
  async ({ client, bootstrapServer, enabler, bind, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const discover = await bootstrapServer.discover('/');
    const shown = bootstrapDiscovered(discover);
    const [security, server] = [bind('account.security'), bind('account.server')];
    check('x1', [discover.response.code, discover.response.contentFormat], ['2.05', 40]);
    check('x1', shown.problem, undefined);
    check('x1', shown.form, graded.X13);
    check('x1', shown.enabler ?? enabler, matches(/^1\.\d$/));
    for (const path of [bind('account.bootstrap'), security, server, '/3/0']) check('x2', shown.paths, contains(path));
    check('x3', shown.servers, { [security]: 1, [server]: 1 });
    check('x4', shown.paths, each(matches(/^\/\d+(\/\d+)?$/)));
  },
);
