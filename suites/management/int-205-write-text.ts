import { ContentFormat, testCase } from '../../harness/case/index.js';

/** Default periods and disable timeout of the Server instance, and what they are set to. */
const WRITTEN = { '2': 101, '3': 1010, '5': 2000 } as const;

export default testCase(
  {
    id: 'management.write-text',
    ets: { '1.0': 'int-205', '1.1': 'int-205' },
    title: 'Integers are written as plain text, and taken back',
    since: '1.0',
    configuration: 'C.3',
    requires: 'op.write & format.0 & resource./1/2 & resource./1/3 & resource./1/5',
    checks: {
      A: { by: 'client', level: 'must', req: 'M-18', says: 'answers each write with 2.04' },
      B: { by: 'client', level: 'must', req: 'M-18', says: 'reads back what was written' },
      C: { by: 'client', level: 'must', req: 'M-18', says: 'takes back the former values' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const before: Record<string, number> = {};
    for (const resource of Object.keys(WRITTEN)) {
      const path = `${serverObject}/${resource}`;
      before[resource] = Number((await server.read(path)).response.content.value(path));
    }
    for (const [values, letter] of [[WRITTEN, 'B'] as const, [before, 'C'] as const]) {
      for (const [resource, value] of Object.entries(values)) {
        const write = await server.write(`${serverObject}/${resource}`, value, { format: ContentFormat.text });
        check('A', write.response.code, '2.04');
      }
      for (const [resource, value] of Object.entries(values)) {
        const path = `${serverObject}/${resource}`;
        const read = await server.read(path);
        check(letter, [read.response.code, read.response.content.value(path)], ['2.05', value]);
      }
    }
  },
);
