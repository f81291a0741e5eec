import { testCase } from '../../harness/case/index.js';
import { TWO_SERVERS, SENML, SENML_REQUIRES, WRITE_CHECKS, writtenAtObject } from './_formats.js';

export default testCase(
  {
    id: 'bootstrap.write-object-senml',
    title: 'Several instances of an Object are written at once in SenML',
    since: '1.1',
    configuration: 'C.13',
    bootstrap: 'unbootstrapped',
    our: 'bootstrap-server',
    variants: ['json', 'cbor'],
    variantRequires: SENML_REQUIRES,
    checks: WRITE_CHECKS,
  },
  async ({ client, bootstrapServer, bind, variant, check }) => {
    const { write, servers } = await writtenAtObject({ client, bootstrapServer, bind }, SENML[variant] ?? 0);
    check('x1', write.response.code, '2.04');
    check('x2', servers, TWO_SERVERS);
  },
);
