import { ContentFormat, testCase } from '../../harness/case/index.js';
import { ONE_SERVER, WRITE_CHECKS, writtenAtInstance } from './_formats.js';

export default testCase(
  {
    id: 'bootstrap.write-instance',
    title: 'One instance of an Object is written',
    since: '1.0',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    checks: WRITE_CHECKS,
  },
  async ({ client, bootstrapServer, bind, check }) => {
    const { write, servers } = await writtenAtInstance({ client, bootstrapServer, bind }, ContentFormat.tlv);
    check('x1', write.response.code, '2.04');
    check('x2', servers, ONE_SERVER);
  },
);
