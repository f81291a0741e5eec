import { having, not, oneOf, testCase } from '../../harness/case/index.js';
import { at, writableServerValues } from './_server-object.js';

const PERIOD = 4711;

export default testCase(
  {
    id: 'management.replace-removes',
    title: 'A Replace of an instance leaves nothing that it does not name',
    since: '1.0',
    configuration: 'C.3',
    requires: 'op.write & resource./1/3',
    checks: {
      x1: { by: 'client', level: 'must', req: 'M-19', says: 'answers the writes with 2.04' },
      x2: { by: 'client', level: 'must', req: 'M-19', says: 'has no more what the Replace did not name' },
      x3: { by: 'client', level: 'must', req: 'M-19', says: 'has what it named, and its read-only resources' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const path = `${serverObject}/3`;
    check('x1', (await server.write(path, PERIOD)).response.code, '2.04');
    const before = await server.read(serverObject);
    const { '3': _dropped, ...kept } = writableServerValues(before);
    check('x1', (await server.write(serverObject, kept)).response.code, '2.04');
    const after = (await server.read(serverObject)).response.content;
    check('x2', after.value(path), not(oneOf(PERIOD)));
    const identity = `${serverObject}/0`;
    check(
      'x3',
      after.values,
      having({ ...at(serverObject, kept), [identity]: before.response.content.value(identity) }),
    );
  },
);
