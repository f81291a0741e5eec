import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, roomIn, writeAccount } from './_session.js';

const PATHS: Readonly<Record<string, string>> = { security: '/0', 'security-instance': '/0/0', device: '/3/0' };

export default testCase(
  {
    id: 'bootstrap.read-refused',
    title: 'Nobody reads the Security Object, and a Bootstrap-Server no other but two',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['security', 'security-instance', 'device'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-23', says: 'refuses it' },
      x2: { by: 'client', level: 'must', req: 'B-34', says: 'goes on with the session' },
    },
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const { response } = await bootstrapServer.read(PATHS[variant] ?? '/0');
    check('x1', response.code, graded.E16);
    const finish = await bootstrapServer.finish();
    check('x2', finish.response.code, '2.04');
  },
);
