import { bootstrapDiscovered, each, matches, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.discover-object',
    title: 'A Bootstrap-Discover of one Object shows the version, and that Object alone',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['security', 'server'],
    checks: {
      x1: { by: 'client', level: 'should', req: 'B-17', says: 'shows its version also there' },
      x2: { by: 'client', level: 'must', req: 'B-19', says: 'shows the instances of that Object' },
      x3: { by: 'client', level: 'must', req: 'B-19', says: 'shows nothing else' },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const object = variant === 'security' ? '/0' : '/1';
    const instance = bind(variant === 'security' ? 'account.security' : 'account.server');
    const shown = bootstrapDiscovered(await bootstrapServer.discover(object));
    check('x1', shown.form, graded.X13);
    check('x3', shown.paths, each(matches(variant === 'security' ? /^\/0(\/|$)/ : /^\/1(\/|$)/)));
    check('x2', shown.servers, { [instance]: 1 });
  },
);
