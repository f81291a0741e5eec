import { ContentFormat, testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.write-resource',
    title: 'A single Resource is written, and counts from then on',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'format.0',
    variants: ['text', 'tlv'],
    times: { lifetime: { nominal: 4321, quick: 4321 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-24', says: 'answers 2.04' },
      x2: { by: 'client', level: 'must', req: 'B-37', says: 'registers with the lifetime that was written last' },
    },
  },
  async ({ client, server, bootstrapServer, bind, variant, times, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const format = variant === 'text' ? ContentFormat.text : ContentFormat.tlv;
    const write = await bootstrapServer.write(`${bind('account.server')}/1`, times.lifetime, { format });
    check('x1', write.response.code, '2.04');
    const finish = await bootstrapServer.finish();
    const register = await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x2' });
    check('x2', register.request.query.get('lt'), String(times.lifetime));
  },
);
