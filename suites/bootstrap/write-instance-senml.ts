import { testCase } from '../../harness/case/index.js';
import { ONE_SERVER, SENML, SENML_REQUIRES, WRITE_CHECKS, writtenAtInstance } from './_formats.js';

export default testCase(
  {
    id: 'bootstrap.write-instance-senml',
    title: 'One instance of an Object is written in SenML',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['json', 'cbor'],
    variantRequires: SENML_REQUIRES,
    checks: WRITE_CHECKS,
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    const { write, servers } = await writtenAtInstance({ client, bootstrapServer, bind }, SENML[variant] ?? 0);
    check('x1', write.response.code, '2.04');
    check('x2', servers, ONE_SERVER);
  },
);
