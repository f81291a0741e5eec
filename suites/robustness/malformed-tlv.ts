import { ContentFormat, each, matches, not, octets, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { writeAll } from './_payloads.js';

/** Object Instances in each other, each 4 bytes longer than what it holds. */
function nested(levels: number): Uint8Array {
  const bytes: number[] = [];
  for (let level = 0; level < levels; level++) {
    const length = bytes.length;
    bytes.unshift(0x10, 0x00, length >> 8, length & 255);
  }
  return Uint8Array.from(bytes);
}

const PAYLOADS: Readonly<Record<string, readonly Uint8Array[]>> = {
  'cut-header': ['C8', 'E0 01', 'D0 01 00', 'D8 0F 00 00'].map(octets),
  'cut-value': ['C8 0F FF 00', 'C2 0F 00', '98 0F FF FF FF', 'C7 0F 41'].map(octets),
  'of-another-resource': ['C1 7E 41', 'E1 FF FE 41', '88 16 0C 44 00 00 64 00 01 44 00 00 65 00 02'].map(octets),
  nested: [nested(250)],
};

export default testCase(
  {
    id: 'robustness.malformed-tlv',
    title: 'A client survives TLV that is none, and writes nothing of it',
    since: '1.0',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & format.11542',
    variants: ['cut-header', 'cut-value', 'of-another-resource', 'nested'],
    checks: {
      x1: { by: 'client', level: 'must', req: 'F-16', says: 'refuses each' },
      x2: { by: 'client', level: 'should', req: 'F-16', says: 'answers each 4.00 Bad Request' },
      x3: { by: 'client', level: 'must', req: 'P-4', says: 'serves the next request after each' },
      x4: { by: 'client', level: 'must', req: 'M-25', says: 'has the old value' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const path = bind('writable.b');
    const before = await server.read(path);
    const { writes, reads } = await writeAll(server, path, ContentFormat.tlv, PAYLOADS[variant] ?? []);
    check('x3', reads, each('2.05'));
    check('x1', writes, each(not(matches(/^2/))));
    check('x2', writes, each(graded.X58));
    check('x4', (await server.read(path)).response.content.value(path), before.response.content.value(path));
  },
);
