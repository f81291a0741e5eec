import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { postTlv } from './_requests.js';

/** Payloads for a Server instance, each with one fault after a value that is in order. */
const FAULTS: Readonly<Record<string, string>> = {
  // The length says three bytes, and two follow.
  truncated: 'C1 01 3D C3 06 00 01',
  // A head without its length byte.
  'headless-tail': 'C1 01 3D C8 07',
  // A stray byte after the last value.
  'trailing-byte': 'C1 01 3D C1 06 01 C1',
  // Integers have 1, 2, 4 or 8 bytes.
  'odd-width': 'C1 06 01 C3 01 00 07 D0',
  // A resource instance where a resource stands alone.
  'stray-resource-instance': 'C1 01 3D 41 06 01',
  // The values of another instance than the one that is addressed.
  'another-instance': '26 FF FE C1 01 3D C1 06 01',
};

export default testCase(
  {
    id: 'management.malformed-tlv',
    title: 'Malformed TLV is refused as a whole',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.write-update & format.11542',
    variants: [
      'truncated',
      'headless-tail',
      'trailing-byte',
      'odd-width',
      'stray-resource-instance',
      'another-instance',
    ],
    checks: {
      x1: { by: 'client', level: 'must', req: 'F-16', says: 'answers 4.00 to TLV that is no TLV of the target' },
      x2: { by: 'client', level: 'must', req: 'M-25', says: 'has the old values afterwards' },
    },
  },
  async ({ server, variant, check }) => {
    const { serverObject } = await server.registered();
    const before = await server.read(serverObject);
    const write = await server.request(postTlv(serverObject, FAULTS[variant] ?? ''));
    check('x1', write.response.code, variant === 'stray-resource-instance' ? graded.X80 : graded.X58);
    const after = await server.read(serverObject);
    check('x2', after.response.content.values, before.response.content.values);
  },
);
