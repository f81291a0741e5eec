import { ContentFormat, octets, testCase } from '../../harness/case/index.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

/** TLV of an Integer in resource 2047, which no Server Object has, and of the lifetime 4321. */
const PAYLOAD = 'E1 07 FF 05  C2 01 10 E1';

export default testCase(
  {
    id: 'bootstrap.write-unknown-resource',
    title: 'What a client does not know in a Write is passed over, the rest is taken',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-26', says: 'answers 2.04' },
      x2: { by: 'client', level: 'must', req: 'B-26', says: 'takes the value beside it' },
    },
  },
  async ({ client, server, bootstrapServer, bind, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, roomIn(bind));
    const write = await bootstrapServer.request({
      method: 'PUT',
      path: bind('account.server'),
      contentFormat: ContentFormat.tlv,
      payload: octets(PAYLOAD),
    });
    check('x1', write.response.code, '2.04');
    const finish = await bootstrapServer.finish();
    const register = await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x2' });
    check('x2', register.request.query.get('lt'), '4321');
  },
);
