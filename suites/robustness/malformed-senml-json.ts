import { ContentFormat, each, matches, not, testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { writeAll } from './_payloads.js';

const PAYLOADS: Readonly<Record<string, readonly string[]>> = {
  'not-json': ['', '[', '[{', '{', 'null', '"', '[{"n":"', '[{"vs":"a"}]]'],
  'not-senml': ['{"e":[{"sv":"a"}]}', '[]', '[[]]', '[{"n":1,"vs":"a"}]', '[{"bn":"/3/0/","n":"15"}]', '[{"vs":1}]'],
  nested: ['['.repeat(1000), '[{"n":'.repeat(150)],
};

export default testCase(
  {
    id: 'robustness.malformed-senml-json',
    title: 'A client survives SenML JSON that is none, and writes nothing of it',
    since: '1.1',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & format.110',
    variants: ['not-json', 'not-senml', 'nested'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'E-29', says: 'refuses each' },
      x2: { by: 'client', level: 'should', req: 'E-29', says: 'answers each 4.00 Bad Request' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request after each' },
      x4: { by: 'client', level: 'must', req: 'M-25', says: 'has the old value' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const before = await server.read(path);
    const payloads = (PAYLOADS[variant] ?? []).map(utf8);
    const { writes, reads } = await writeAll(server, path, ContentFormat.senmlJson, payloads);
    check('x3', reads, each('2.05'));
    check('x1', writes, each(not(matches(/^2/))));
    check('x2', writes, each(graded.X58));
    check('x4', (await server.read(path)).response.content.value(path), before.response.content.value(path));
  },
);
