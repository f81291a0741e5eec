import { ContentFormat, testCase } from '../../harness/case/index.js';
import { TWO_SERVERS, WRITE_CHECKS, writtenAtObject } from './_formats.js';

export default testCase(
  {
    id: 'bootstrap.write-object',
    title: 'Several instances of an Object are written at once, with the ids of the Bootstrap-Server',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: WRITE_CHECKS,
  },
  async ({ client, bootstrapServer, bind, check }) => {
    const { write, servers } = await writtenAtObject({ client, bootstrapServer, bind }, ContentFormat.tlv);
    check('x1', write.response.code, '2.04');
    check('x2', servers, TWO_SERVERS);
  },
);
