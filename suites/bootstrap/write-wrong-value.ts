import { ContentFormat, octets, testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened, REGISTERS_WITHIN, roomIn, writeAccount } from './_session.js';

const WRITES: Readonly<Record<string, { readonly contentFormat: number; readonly payload: Uint8Array }>> = {
  'text-for-integer': { contentFormat: ContentFormat.text, payload: utf8('soon') },
  'integer-of-three-bytes': { contentFormat: ContentFormat.tlv, payload: octets('C3 01 01 02 03') },
  'cut-tlv': { contentFormat: ContentFormat.tlv, payload: octets('C4 01 00 01') },
};

export default testCase(
  {
    id: 'bootstrap.write-wrong-value',
    title: 'A value that does not fit its Resource is refused, and nothing of it stays',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'format.0',
    variants: ['text-for-integer', 'integer-of-three-bytes', 'cut-tlv'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-28', says: 'refuses it' },
      x2: { by: 'client', level: 'must', req: 'B-28', says: 'registers with the value that was there before' },
    },
  },
  async ({ client, server, bootstrapServer, bind, variant, check }) => {
    await opened(client, bootstrapServer);
    await writeAccount(bootstrapServer, { ...roomIn(bind), lifetime: 4321 });
    const path = `${bind('account.server')}/1`;
    const wrong = WRITES[variant] ?? { contentFormat: ContentFormat.tlv, payload: octets('C4 01 00 01') };
    const write = await bootstrapServer.request({ method: 'PUT', path, ...wrong });
    check('x1', write.response.code, graded.E12);
    const finish = await bootstrapServer.finish();
    const register = await server.next('register', { within: REGISTERS_WITHIN, after: finish, owed: 'x2' });
    check('x2', register.request.query.get('lt'), '4321');
  },
);
