import { ContentFormat, testCase } from '../../harness/case/index.js';
import { TWO_SERVERS, WRITE_CHECKS, writtenAtObject } from './_formats.js';

export default testCase(
  {
    id: 'bootstrap.write-object-lwm2m-cbor',
    title: 'Several instances of an Object are written at once in LwM2M CBOR',
    since: '1.2',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    requires: 'format.11544',
    checks: WRITE_CHECKS,
  },
  async ({ client, bootstrapServer, bind, check }) => {
    const { write, servers } = await writtenAtObject({ client, bootstrapServer, bind }, ContentFormat.lwm2mCbor);
    check('x1', write.response.code, '2.04');
    check('x2', servers, TWO_SERVERS);
  },
);
