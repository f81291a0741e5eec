import { ContentFormat, each, matches, not, octets, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { writeAll } from './_payloads.js';

const PAYLOADS: Readonly<Record<string, readonly string[]>> = {
  'not-cbor': ['81', '9F', '5F 41 00', '81 A1', '81 A1 00', '81 A1 03 61', 'FF', '1C', '81 A1 03 63 61 62'],
  'not-senml': ['A1 80 01', 'BF 80 01 FF', '80', '81 80', 'F6', '81 A1 20 62 2F 33', '82 A1 03 61 61'],
  'too-long': ['9B FF FF FF FF FF FF FF FF', 'BB FF FF FF FF FF FF FF FF', '81 A1 03 7B FF FF FF FF FF FF FF FF'],
  nested: ['81'.repeat(1000), 'A1'.repeat(1000), 'C1'.repeat(1000)],
};

export default testCase(
  {
    id: 'robustness.malformed-senml-cbor',
    title: 'A client survives SenML CBOR that is none, and writes nothing of it',
    since: '1.1',
    configuration: 'C.6',
    our: 'server',
    requires: 'op.write & role.writable.b & format.112',
    variants: ['not-cbor', 'not-senml', 'too-long', 'nested'],
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
    const payloads = (PAYLOADS[variant] ?? []).map(octets);
    const { writes, reads } = await writeAll(server, path, ContentFormat.senmlCbor, payloads);
    check('x3', reads, each('2.05'));
    check('x1', writes, each(not(matches(/^2/))));
    check('x2', writes, each(graded.X58));
    check('x4', (await server.read(path)).response.content.value(path), before.response.content.value(path));
  },
);
