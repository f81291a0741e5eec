import { octets, oneOf, testCase } from '../../harness/case/index.js';

/** Datagrams that are no message, each with a Message ID of its own. A reserved length or class is one too. */
const DATAGRAMS = {
  'cut-header': ['', '40', '40 01', '40 01 C0', '6E 8D'],
  'other-version': ['00 00 C0 01', '80 01 C0 02', 'C0 01 C0 03', '00 01 C0 04 B1 33'],
  'empty-with-content': ['41 00 C0 05 00', '40 00 C0 06 FF', '40 00 C0 07 B1 33', '48 00 C0 08'],
  'token-length': ['49 01 C0 09 11 22 33 44 55 66 77 88 99', '4F 01 C0 0A', '4D 01 C0 0B', '4E 01 C0 0C 00'],
  'cut-token': ['48 01 C0 0D AA', '41 01 C0 0E', '44 02 C0 0F 01 02 03'],
  'reserved-option-nibble': ['40 01 C0 10 F0 FF 00', '40 01 C0 11 0F FF 01 02 03 04', '40 01 C0 12 FE 00 00'],
  'cut-option-header': ['40 01 C0 13 D0', '40 01 C0 14 E0 00', '40 01 C0 15 0D', '40 01 C0 16 0E FF FF'],
  'cut-option-value': ['40 01 C0 17 BF 30', '40 01 C0 18 B5 33', '40 01 C0 19 BD 00 33', '40 01 C0 1A BE FE F2 33'],
  'option-number': ['40 01 C0 1B E1 FE F2 00 E1 FE F2 00', '40 01 C0 1C E0 FF FF'],
  'payload-missing': ['40 01 C0 1D B1 33 FF', '40 03 C0 1E B1 33 01 30 01 31 FF', '40 01 C0 1F FF'],
  'code-class': ['40 20 C0 20', '40 C5 C0 21', '40 E2 C0 22', '40 3F C0 23 B1 33'],
  'non-confirmable': ['59 01 C0 24', '50 01 C0 25 D0', '50 01 C0 26 B1 33 FF', '50 E1 C0 27', '51 00 C0 28 00'],
  noise: [
    '42 43 42 42 42 42 42 9E 80 42 42 28 01 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 BF E1 00 00 10 00 43 42 53 42 FF 49',
    '4A 3B C0 29 FF FF FF FF FF FF FF FF FF FF',
    '60 83 C0 2A C3 FD E8 E8',
    '70 45 C0 2B 11 22',
  ],
} as const;

/** A Reset is due to a confirmable message, and to no other. */
const RESET_IS_DUE: ReadonlySet<string> = new Set([
  'empty-with-content',
  'token-length',
  'cut-token',
  'reserved-option-nibble',
  'cut-option-header',
  'cut-option-value',
  'option-number',
  'payload-missing',
  'code-class',
]);
/** Of another version nothing is known, not even that it wants an answer. */
const SILENCE_IS_DUE: ReadonlySet<string> = new Set(['cut-header', 'other-version']);

const rejected = (variant: string): readonly string[] =>
  SILENCE_IS_DUE.has(variant) ? ['none'] : ['RST', 'none', '4.00', '4.02'];

export default testCase(
  {
    id: 'robustness.malformed-message',
    title: 'A client survives datagrams that are no message',
    since: '1.0',
    configuration: 'C.1',
    our: 'server',
    requires: 'op.read & transport.udp',
    variants: [
      'cut-header',
      'other-version',
      'empty-with-content',
      'token-length',
      'cut-token',
      'reserved-option-nibble',
      'cut-option-header',
      'cut-option-value',
      'option-number',
      'payload-missing',
      'code-class',
      'non-confirmable',
      'noise',
    ],
    checks: {
      x1: { by: 'client', level: 'must', req: 'P-8', says: 'rejects each, or is silent' },
      x2: {
        by: 'client',
        level: 'should',
        req: 'P-8',
        says: 'answers a confirmable one with a Reset, others with nothing or a Reset',
      },
      x3: { by: 'client', level: 'must', req: 'P-9', says: 'answers a ping after each' },
      x4: { by: 'client', level: 'must', req: 'P-4', says: 'serves a request after each' },
    },
  },
  async ({ server, bind, variant, check }) => {
    await server.registered();
    const due = RESET_IS_DUE.has(variant) ? 'RST' : oneOf('none', 'RST');
    for (const datagram of new Map<string, readonly string[]>(Object.entries(DATAGRAMS)).get(variant) ?? []) {
      const sent = await server.send(octets(datagram), { within: 1 });
      check('x1', sent.code, oneOf(...rejected(variant)));
      check('x2', sent.code, due);
      check('x3', (await server.send({ code: '0.00' }, { within: 10 })).code, 'RST');
      check('x4', (await server.read(bind('readonly'))).response.code, '2.05');
    }
  },
);
