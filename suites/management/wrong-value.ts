import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { putText } from './_requests.js';

/** Resource of a Server instance, and a text that is no value of its type. */
const VALUES: Readonly<Record<string, readonly [resource: string, text: string]>> = {
  word: ['1', 'abc'],
  fraction: ['1', '61.5'],
  'unit-behind': ['1', '61s'],
  nothing: ['1', ''],
  'beyond-64-bits': ['1', '9223372036854775808'],
  'boolean-two': ['6', '2'],
  'boolean-word': ['6', 'true'],
};

export default testCase(
  {
    id: 'management.wrong-value',
    title: 'A text that is no value of the type is refused',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.write & format.0',
    variants: ['word', 'fraction', 'unit-behind', 'nothing', 'beyond-64-bits', 'boolean-two', 'boolean-word'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-23', says: 'answers 4.00 to a value that its type does not have' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has the old value afterwards' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const before = await server.read(serverObject);
    const [resource, text] = VALUES[variant] ?? ['1', ''];
    const write = await server.request(putText(`${serverObject}/${resource}`, text));
    check('x1', write.response.code, graded.E29);
    const after = await server.read(serverObject);
    check('x2', after.response.content.values, before.response.content.values);
  },
);
