import { octets, testCase, utf8 } from '../../harness/case/index.js';
import { inFormat, isReadOf } from '../transport/_answering.js';

/** Answers to a Read that no server can read: what they say they are, and what they are. */
const ANSWERS: Readonly<Record<string, { readonly format?: number; readonly payload: Uint8Array }>> = {
  'tlv-cut': { format: 11_542, payload: octets('C8') },
  'tlv-too-long': { format: 11_542, payload: octets('C8 01 FF 00') },
  'tlv-cut-header': { format: 11_542, payload: octets('E0 01') },
  'tlv-length-of-three-bytes': { format: 11_542, payload: octets('98 04 FF FF FF') },
  'tlv-nested': { format: 11_542, payload: octets('08 00 '.repeat(200)) },
  'tlv-in-itself': { format: 11_542, payload: octets('88 16 0C 44 00 00 64 00 01 44 00 00 65 00 02') },
  'json-cut': { format: 11_543, payload: utf8('{"bn":"/3/0/16","e":[{"sv":"U"') },
  'json-without-name': { format: 11_543, payload: utf8('{"e":[{"v":1}]}') },
  'json-nested': { format: 11_543, payload: utf8('['.repeat(5000)) },
  'senml-json-of-other-path': { format: 110, payload: utf8('[{"bn":"/3/0/9","v":1}]') },
  'senml-json-two-values': { format: 110, payload: utf8('[{"n":"/3/0/16","v":1,"vs":"x"}]') },
  'senml-json-no-list': { format: 110, payload: utf8('{"n":"/3/0/16","vs":"x"}') },
  'senml-cbor-open': { format: 112, payload: octets('9F') },
  'senml-cbor-nested': { format: 112, payload: octets('81 '.repeat(1000)) },
  'senml-cbor-of-huge-length': { format: 112, payload: octets('9B FF FF FF FF FF FF FF FF') },
  'cbor-break': { format: 60, payload: octets('FF') },
  'text-no-utf8': { format: 0, payload: octets('C3 28 FF FE') },
  'no-format': { payload: utf8('U') },
  'unassigned-format': { format: 64_999, payload: utf8('U') },
};

export default testCase(
  {
    id: 'management.malformed-answer',
    title: 'A server that cannot read an answer reads the next',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    variants: Object.keys(ANSWERS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-4', says: 'sends the next request, and takes its answer' },
      x2: { by: 'server', level: 'must', req: 'R-15', says: 'still holds the registration' },
    },
  },
  async ({ server, client, bind, variant, check, sleep }) => {
    const { endpoint } = await server.registered();
    const path = bind('readonly');
    const { format, payload } = ANSWERS[variant] ?? { payload: utf8('U') };
    const options = format === undefined ? [] : inFormat(format);
    client.answer(isReadOf(path), () => ({ code: '2.05', options, payload }));
    await server.order({ do: 'read', path });
    await server.sent('read', { within: 10, path });
    await sleep(1);
    const next = await server.read(bind('readable.a'), { format: 0 });
    check('x1', await server.shown(bind('readable.a')), next.response.content.value(bind('readable.a')));
    const shown = await server.registrations();
    check('x2', shown.filter((one) => one.endpoint === endpoint).length, 1);
  },
);
