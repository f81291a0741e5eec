import { bootstrapDiscovered, contains, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened } from './_session.js';

const PATHS: Readonly<Record<string, string>> = { resource: '/3/0/11', 'unknown-object': '/42769', finish: '/bs' };

export default testCase(
  {
    id: 'bootstrap.delete-bad-path',
    title: 'A delete of what is no Object and no instance is refused',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['resource', 'unknown-object', 'finish'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-32', says: 'refuses it' },
      x2: { by: 'client', level: 'must', req: 'B-30', says: 'goes on with the session, the device as it was' },
    },
  },
  async ({ client, bootstrapServer, variant, check }) => {
    await opened(client, bootstrapServer);
    const deleted = await bootstrapServer.remove(PATHS[variant] ?? '/bs');
    check('x1', deleted.response.code, variant === 'finish' ? graded.E14Finish : graded.E14);
    const shown = await bootstrapServer.discover('/');
    check('x2', shown.response.code, '2.05');
    check('x2', bootstrapDiscovered(shown).paths, contains('/3/0'));
  },
);
