import { bootstrapDiscovered, ContentFormat, lacks, matches, octets, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { opened } from './_session.js';

export default testCase(
  {
    id: 'bootstrap.write-unknown-object',
    title: 'A Write of an Object that the client does not have is refused',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: {
      x1: { by: 'client', level: 'must', req: 'B-28', says: 'refuses it' },
      x2: { by: 'client', level: 'must', req: 'B-28', says: 'has nothing of it' },
    },
  },
  async ({ client, bootstrapServer, check }) => {
    await opened(client, bootstrapServer);
    const write = await bootstrapServer.request({
      method: 'PUT',
      path: '/42769/0',
      contentFormat: ContentFormat.tlv,
      payload: octets('C1 00 01'),
    });
    check('x1', write.response.code, graded.E12Object);
    const shown = await bootstrapServer.discover('/');
    check('x2', shown.response.code, '2.05');
    check('x2', bootstrapDiscovered(shown).paths, lacks(matches(/^\/42769/)));
  },
);
