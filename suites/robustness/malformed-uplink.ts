import { each, octets, oneOf, testCase } from '../../harness/case/index.js';
import { answerToUpdate } from '../registration/_device.js';

/** Datagrams that are no message, or none that a server serves, each with a Message ID of its own. */
const DATAGRAMS = {
  'cut-token': ['48 02 D0 01 AA', '41 02 D0 02', '44 02 D0 03 01 02 03'],
  'cut-header': ['', '40', '40 02', '40 02 D0', '6E 8D'],
  'other-version': ['00 00 D0 04', '80 02 D0 05', 'C0 02 D0 06 B2 72 64'],
  'empty-with-content': ['41 00 D0 07 00', '40 00 D0 08 FF', '40 00 D0 09 B1 33'],
  'token-length': ['49 02 D0 0A 11 22 33 44 55 66 77 88 99', '4F 02 D0 0B', '4D 02 D0 0C', '4E 02 D0 0D 00'],
  'reserved-option-nibble': ['40 02 D0 0E F0 FF 00', '40 02 D0 0F 0F FF 01 02 03 04'],
  'cut-option-header': ['40 02 D0 10 D0', '40 02 D0 11 E0 00', '40 02 D0 12 0D', '40 02 D0 13 0E FF FF'],
  'cut-option-value': ['40 02 D0 14 BF 30', '40 02 D0 15 B5 72 64', '40 02 D0 16 BE FE F2 72'],
  'option-number': ['40 02 D0 17 E1 FE F2 00 E1 FE F2 00', '40 02 D0 18 E0 FF FF'],
  'payload-missing': ['40 02 D0 19 B2 72 64 FF', '40 02 D0 1A FF'],
  'code-class': ['40 20 D0 1B', '40 E2 D0 1C', '40 3F D0 1D B2 72 64'],
  'block-number': ['40 02 D0 1E B2 72 64 D3 03 FF FF F6 FF 3C', '40 01 D0 1F B2 72 64 C3 FF FF F6'],
  noise: [
    '42 43 42 42 42 42 42 9E 80 42 42 28 01 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 E1 BF E1 00 00 10 00 43 42 53 42 FF 49',
    '60 83 D0 20 C0',
    '60 83 D0 21 C3 FD E8 E8',
    '70 45 D0 22 11 22',
    '50 45 D0 23 FF',
  ],
} as const;

/** Of another version nothing is known, not even that it wants an answer. */
const SILENCE_IS_DUE: ReadonlySet<string> = new Set(['cut-header', 'other-version']);

export default testCase(
  {
    id: 'robustness.malformed-uplink',
    title: 'A server survives datagrams that are no message',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    requires: 'transport.udp',
    variants: Object.keys(DATAGRAMS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-8', says: 'rejects each, or is silent', continues: true },
      x2: { by: 'server', level: 'must', req: 'P-9', says: 'answers a ping after each' },
      x3: { by: 'server', level: 'must', req: 'P-4', says: 'serves an Update after each' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { location } = await server.registered();
    const datagrams = new Map<string, readonly string[]>(Object.entries(DATAGRAMS)).get(variant) ?? [];
    const codes: string[] = [];
    for (const datagram of datagrams) {
      codes.push((await client.send(octets(datagram), { within: 1 })).code);
      check('x2', (await client.send({ code: '0.00' }, { within: 10 })).code, 'RST');
      check('x3', await answerToUpdate(client, location), '2.04');
    }
    const rejected = SILENCE_IS_DUE.has(variant)
      ? ['none']
      : ['RST', 'none', '4.00', '4.02', '4.04', '4.05', '4.08', '5.01'];
    check('x1', codes, each(oneOf(...rejected)));
  },
);
