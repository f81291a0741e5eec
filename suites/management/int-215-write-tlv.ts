import { ContentFormat, having, testCase } from '../../harness/case/index.js';
import { at, writableServerValues } from './_server-object.js';

/** The printed set of values, of which the binding stays as it is. */
const WRITTEN = { '2': 101, '3': 1010, '5': 2000, '6': true } as const;

export default testCase(
  {
    id: 'management.write-tlv',
    ets: { '1.0': 'int-215', '1.1': 'int-215' },
    title: 'The Server instance is updated in part and replaced with TLV',
    since: '1.0',
    configuration: 'C.3',
    requires: 'op.write & op.write-update & format.11542 & resource./1/2 & resource./1/3 & resource./1/5',
    errata: [
      { ref: 'OMA#236', reading: 'the replace names every writable resource, the lifetime among them' },
      { ref: 'OMA#446', reading: 'and none that is read-only' },
    ],
    checks: {
      A: {
        by: 'client',
        level: 'must',
        req: 'M-18',
        says: 'answers write, read, replace and read with 2.04, 2.05, 2.04 and 2.05',
      },
      B: { by: 'client', level: 'must', req: 'M-20', says: 'reads back the set that was written' },
      C: { by: 'client', level: 'must', req: 'M-19', says: 'reads back the former values after the replace' },
    },
  },
  async ({ server, check }) => {
    const { serverObject } = await server.registered();
    const format = ContentFormat.tlv;
    const before = writableServerValues(await server.read(serverObject, { format }));
    const set = { ...WRITTEN, '7': before['7'] ?? 'U' };

    const update = await server.write(serverObject, set, { mode: 'update', format });
    check('A', update.response.code, '2.04');
    const updated = await server.read(serverObject, { format });
    check('A', updated.response.code, '2.05');
    check('B', updated.response.content.values, having(at(serverObject, set)));

    const replace = await server.write(serverObject, before, { format });
    check('A', replace.response.code, '2.04');
    const replaced = await server.read(serverObject, { format });
    check('A', replaced.response.code, '2.05');
    check('C', writableServerValues(replaced), before);
  },
);
