import { testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

const rights = (server: number, owner: number): Record<string, number> => ({
  '0': 1,
  '1': server,
  [`2/${owner}`]: 15,
  '3': owner,
});

export default testCase(
  {
    id: 'bootstrap.two-servers',
    title: 'A client that is given two servers registers with both',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    servers: 2,
    requires: 'servers.2 & object.2',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-34', says: 'lets the bootstrap end' },
      x2: { by: 'client', level: 'must', req: 'B-37', says: 'registers with the first' },
      x3: { by: 'client', level: 'must', req: 'B-37', says: 'registers with the second' },
    },
  },
  async ({ client, server, server2, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    const first = roomIn(bind);
    await writeAccount(bootstrapServer, first);
    await writeAccount(bootstrapServer, { security: 9, server: 9, of: 'server2' });
    await bootstrapServer.write('/2/0', rights(first.server, 1));
    await bootstrapServer.write('/2/1', rights(9, 2));
    const finish = await bootstrapServer.finish();
    check('x1', finish.response.code, '2.04');
    await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x2' });
    await server2.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x3' });
  },
);
