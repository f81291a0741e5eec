import { absent, contains, ContentFormat, having, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'management.read-tlv',
    ets: { '1.0': 'int-203', '1.1': 'int-203' },
    title: 'The Device instance is read as TLV',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read & format.11542 & resource./3/0 & resource./3/1 & resource./3/2 & resource./3/3',
    checks: {
      A: { by: 'client', level: 'must', req: 'M-10', says: 'answers 2.05 in TLV' },
      B: {
        by: 'client',
        level: 'must',
        req: 'F-14',
        says: 'nests the TLV as the object prescribes, with or without the instance around it',
      },
      C: {
        by: 'client',
        level: 'must',
        req: 'M-8',
        says: 'includes every value of the configuration, the error code as a multiple resource',
      },
    },
  },
  async ({ server, check }) => {
    await server.registered();
    const { response } = await server.read('/3/0', { format: ContentFormat.tlv });
    check('A', [response.code, response.contentFormat], ['2.05', ContentFormat.tlv]);
    check('B', response.content.problem, absent);
    const text = matches(/^/); // an empty text is one too
    check(
      'C',
      response.content.values,
      having({ '/3/0/0': text, '/3/0/1': text, '/3/0/2': text, '/3/0/3': text, '/3/0/16': matches(/U/) }),
    );
    check('C', Object.keys(response.content.values), contains(matches(/^\/3\/0\/11\/\d+$/)));
  },
);
