import { testCase } from '../../harness/case/index.js';

/** Texts of the published grammar. */
const TEXTS: Readonly<Record<string, string>> = {
  digit: '5',
  value: "2='10.3'",
  several: "7,0='https://www.oma.org',4",
  'empty-value': "0=''",
  punctuation: "1='!#$%&()*+,-./:;<=>?@[]^_{|}~'",
};

export default testCase(
  {
    id: 'management.execute-arguments',
    title: 'Well-formed arguments of an Execute are taken',
    since: '1.0',
    configuration: 'C.105',
    requires: 'op.execute & object.3441',
    variants: ['digit', 'value', 'several', 'empty-value', 'punctuation'],
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'M-32',
        says: 'answers 2.04 without payload to an Execute without arguments',
      },
      x2: { by: 'client', level: 'must', req: 'M-30', says: 'answers 2.04 to arguments of the grammar' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const path = bind('executable');
    const bare = await server.execute(path);
    check('x1', [bare.response.code, bare.response.payload.length], ['2.04', 0]);
    check('x2', (await server.execute(path, TEXTS[variant] ?? '')).response.code, '2.04');
  },
);
