/** The message alone. */
import { accept, reject } from '../../lib/family.mjs';
import { hex, utf8 } from '../../lib/bytes.mjs';
import { message, uint } from '../../emit/coap.mjs';

/**
 * @typedef {import('../../emit/coap.mjs').Message} Message
 * @typedef {(id: string, description: string, defaults: import('../../lib/family.mjs').GroupDefaults, write: (v: any) => void) => void} Group
 */

/** What a decoder says of a message. @param {Message} m @param {number[]} [unrecognised] */
export const decodedOf = ({ type = 'CON', code, mid = 1, token = '', options = [], payload = null }, unrecognised) => ({
  kind: 'coap',
  message: { version: 1, type, code, mid, token, options: [...options].sort((a, b) => a[0] - b[0]), payload },
  ...(unrecognised ? { unrecognised } : {}),
});

const SPEC = ['rfc7252 3 MUST'];
const FORMAT = { class: 'not-well-formed', alsoAccept: ['truncated', 'bad-length', 'bad-structure', 'bad-value'] };
const CUT = { class: 'truncated', alsoAccept: ['not-well-formed', 'bad-length', 'bad-structure'] };

/** @param {any} v @param {string} name @param {string} comment @param {Message} m @param {object} [more] */
export const both = (v, name, comment, m, more = {}) =>
  v.valid(name, comment, { payload: message(m), decoded: decodedOf(m), encode: 'bytes', ...more });

/** @param {Group} group */
function headers(group) {
  group('header', 'Header and token', { flags: ['Empty'], spec: SPEC }, (v) => {
    both(v, 'empty-con', 'the smallest message: a ping', { code: '0.00', mid: 1 });
    both(v, 'empty-ack', 'an acknowledgement', { type: 'ACK', code: '0.00', mid: 0x1234 });
    both(v, 'reset', 'a reset', { type: 'RST', code: '0.00', mid: 0x1234 });
    both(v, 'mid-0', 'Message ID 0', { code: '0.01', mid: 0 }, { flags: ['Basic'] });
    both(v, 'mid-65535', 'Message ID 65535', { code: '0.01', mid: 65535 }, { flags: ['Basic'] });
    for (let length = 1; length <= 8; length++)
      both(
        v,
        `token-${length}`,
        `a token of ${length} bytes`,
        { code: '0.01', mid: 7, token: 'a1b2c3d4e5f60718'.slice(0, 2 * length) },
        { flags: ['Token'] },
      );
    both(v, 'token-zeros', 'a token of zeros is a token', { code: '0.01', token: '0000' }, { flags: ['Token'] });
    both(v, 'token-ff', 'a token of ff is no marker', { code: '0.01', token: 'ffff' }, { flags: ['Token'] });
    for (let tkl = 9; tkl <= 15; tkl++)
      v.invalid(`token-length-${tkl}`, `token length ${tkl}`, {
        payload: message({ code: '0.01', mid: 7, token: '000102030405060708090a0b0c0d0e'.slice(0, 2 * tkl) }, { tkl }),
        flags: ['TokenLength'],
        error: FORMAT,
      });
    for (const version of [0, 2, 3])
      v.invalid(`version-${version}`, `version ${version}`, {
        payload: message({ code: '0.01', mid: 7 }, { version }),
        flags: ['Version'],
        error: { class: 'unsupported', alsoAccept: ['not-well-formed', 'bad-value'] },
      });
    for (const [name, bytes] of [
      ['nothing', ''],
      ['one-byte', '40'],
      ['two-bytes', '4001'],
      ['three-bytes', '400100'],
    ])
      v.invalid(`cut-${name}`, `${(name ?? '').replace('-', ' ')} of the header`, {
        payload: bytes ?? '',
        flags: ['Truncated'],
        error: CUT,
      });
    for (const [tkl, bytes] of [
      [1, ''],
      [2, 'aa'],
      [8, 'aabbccddeeff00'],
    ])
      v.invalid(`cut-token-${tkl}`, `${String(bytes).length / 2} of ${tkl} bytes of the token`, {
        payload: `4${tkl}010007${bytes}`,
        flags: ['Truncated', 'Token'],
        error: CUT,
      });
    for (const [name, bytes] of [
      ['token', '4100000155'],
      ['option', '40000001b161'],
      ['payload', '40000001ff61'],
      ['ack-payload', '60000001ff61'],
      ['ack-token', '6100000155'],
      ['rst-token', '7100000155'],
      ['stray-byte', '4000000100'],
    ])
      v.invalid(`empty-with-${name}`, `an empty message with ${(name ?? '').replace('-', ' ')}`, {
        payload: bytes ?? '',
        spec: ['rfc7252 4.1 MUST'],
        flags: ['Empty'],
        error: FORMAT,
      });
  });
  group('codes', 'Codes', { flags: ['Codes'], spec: ['rfc7252 12.1 MUST', 'rfc7252 3 MUST'] }, (v) => {
    for (let detail = 1; detail <= 7; detail++)
      both(v, `method-0-0${detail}`, `method 0.0${detail}`, { code: `0.0${detail}`, mid: 7 });
    for (const detail of ['08', '17', '31'])
      both(v, `method-0-${detail}`, `method 0.${detail}, unknown but well-formed`, { code: `0.${detail}`, mid: 7 });
    for (const code of [
      '2.01',
      '2.02',
      '2.03',
      '2.04',
      '2.05',
      '2.31',
      '4.00',
      '4.01',
      '4.04',
      '4.05',
      '4.06',
      '4.08',
      '4.13',
      '4.15',
      '4.29',
      '5.00',
      '5.03',
      '5.05',
    ])
      both(v, `response-${code.replace('.', '-')}`, `response ${code}`, { type: 'ACK', code, mid: 7, token: 'aa' });
    for (const code of ['2.30', '4.31', '5.31'])
      both(v, `response-${code.replace('.', '-')}`, `response ${code}, unknown but well-formed`, {
        type: 'CON',
        code,
        mid: 7,
        token: 'aa',
      });
    for (const code of ['1.00', '1.01', '3.00', '3.31', '6.00', '6.31', '7.00', '7.01', '7.31'])
      v.acceptable(`reserved-${code.replace('.', '-')}`, `code ${code}: the class is reserved, or for TCP`, {
        payload: message({ code, mid: 7 }),
        flags: ['ReservedCode'],
        spec: ['rfc7252 3 MUST', 'rfc7252 4.2 MUST'],
        outcomes: [
          reject(
            { class: 'unsupported', alsoAccept: ['not-well-formed', 'bad-value'] },
            'a format error for the receiver',
          ),
          accept(decodedOf({ code, mid: 7 }), 'a codec may leave it to the message layer, which refuses it'),
        ],
      });
    both(v, 'non-request', 'a NON request', { type: 'NON', code: '0.01', mid: 7 });
    both(v, 'non-response', 'a NON response', { type: 'NON', code: '2.05', mid: 7, token: 'aa' });
    for (let detail = 2; detail <= 7; detail++)
      both(v, `non-method-0-0${detail}`, `NON with method 0.0${detail}`, { type: 'NON', code: `0.0${detail}`, mid: 7 });
    for (const code of ['2.01', '2.04', '4.00', '4.02', '5.00'])
      both(v, `non-response-${code.replace('.', '-')}`, `NON with ${code}`, { type: 'NON', code, mid: 7, token: 'aa' });
    both(v, 'con-response', 'a separate response', { type: 'CON', code: '2.04', mid: 7, token: 'aa' });
    for (const [type, code] of /** @type {['ACK' | 'RST', string][]} */ ([
      ['ACK', '0.01'],
      ['ACK', '0.02'],
      ['RST', '0.01'],
      ['RST', '2.05'],
    ]))
      v.acceptable(`odd-${type.toLowerCase()}-${code.replace('.', '-')}`, `${type} with ${code}`, {
        payload: message({ type, code, mid: 7 }),
        flags: ['Codes'],
        spec: ['rfc7252 4.2 MUST'],
        outcomes: [
          reject({ class: 'bad-structure', alsoAccept: ['not-well-formed', 'bad-value'] }, 'Table 1 has no such pair'),
          accept(decodedOf({ type, code, mid: 7 }), 'a codec may leave it to the message layer, which refuses it'),
        ],
      });
  });
}

/** @param {Group} group */
function options(group) {
  group('option-forms', 'Deltas and lengths', { flags: ['ExtendedOption'], spec: ['rfc7252 3.1 MUST'] }, (v) => {
    for (const number of [2, 12, 13, 14, 268, 269, 270, 1000, 65000, 65535])
      both(v, `delta-${number}`, `option ${number} alone`, { code: '0.01', mid: 7, options: [[number, '61']] });
    for (const length of [0, 1, 12, 13, 14, 255, 268, 269, 270, 1034])
      both(v, `length-${length}`, `option 2000 of ${length} bytes`, {
        code: '0.01',
        mid: 7,
        options: [[2000, '5a'.repeat(length)]],
      });
    both(v, 'delta-and-length-13', 'both in one more byte', {
      code: '0.01',
      mid: 7,
      options: [[100, 'aa'.repeat(20)]],
    });
    both(v, 'delta-and-length-14', 'both in two more bytes', {
      code: '0.01',
      mid: 7,
      options: [[1000, 'aa'.repeat(300)]],
    });
    both(v, 'delta-0', 'three options of one number', {
      code: '0.01',
      mid: 7,
      options: [
        [11, '33'],
        [11, '30'],
        [11, '39'],
      ],
    });
    both(v, 'delta-sum-65535', 'two deltas that add up to 65535', {
      code: '0.01',
      mid: 7,
      options: [
        [300, ''],
        [65535, ''],
      ],
    });
    both(v, 'delta-0-first', 'option 0, reserved and elective', { code: '0.01', mid: 7, options: [[0, '61']] });
    both(
      v,
      'options-empty-many',
      'twenty empty options',
      { code: '0.01', mid: 7, options: Array.from({ length: 20 }, () => /** @type {[number, string]} */ ([11, ''])) },
      { flags: ['Large'] },
    );
    v.encodes('encode-order', 'options out of order are written in order', {
      payload: message({
        code: '0.02',
        mid: 7,
        options: [
          [11, '7264'],
          [12, '28'],
          [15, utf8('lt=300')],
        ],
      }),
      decoded: {
        kind: 'coap',
        message: {
          version: 1,
          type: 'CON',
          code: '0.02',
          mid: 7,
          token: '',
          options: [
            [15, utf8('lt=300')],
            [12, '28'],
            [11, '7264'],
          ],
          payload: null,
        },
      },
      flags: ['OptionOrder'],
    });
    v.encodes('encode-order-stable', 'options of one number keep their order', {
      payload: message({
        code: '0.02',
        mid: 7,
        options: [
          [11, '62'],
          [11, '61'],
          [15, '62'],
          [15, '61'],
        ],
      }),
      decoded: {
        kind: 'coap',
        message: {
          version: 1,
          type: 'CON',
          code: '0.02',
          mid: 7,
          token: '',
          options: [
            [15, '62'],
            [11, '62'],
            [15, '61'],
            [11, '61'],
          ],
          payload: null,
        },
      },
      flags: ['OptionOrder'],
    });
  });
  group(
    'option-malformed',
    'Options that end the message',
    { flags: ['OptionNibble'], spec: ['rfc7252 3.1 MUST'] },
    (v) => {
      for (const [name, bytes] of [
        ['delta-15', 'f0'],
        ['delta-15-length-1', 'f161'],
        ['length-15', '1f'],
        ['length-15-more', '0f61'],
        ['delta-15-length-14', 'fe0000'],
        ['length-15-delta-13', 'df00'],
        ['length-15-after', 'b1331f'],
      ])
        v.invalid(`nibble-${name}`, (name ?? '').replaceAll('-', ' '), { payload: `40010007${bytes}`, error: FORMAT });
      for (const [name, bytes] of [
        ['delta-13', 'd1'],
        ['delta-14', 'e1'],
        ['delta-14-half', 'e100'],
        ['length-13', '1d'],
        ['length-14', '1e'],
        ['length-14-half', '1e00'],
        ['both-13', 'dd00'],
        ['both-14', 'ee000000'],
        ['value-missing', 'b1'],
        ['value-short', 'b56162'],
        ['value-extended-short', 'bd0061'],
        ['value-14-short', 'be000061'],
        ['second-option', 'b133b1'],
      ])
        v.invalid(`cut-option-${name}`, `the message ends in ${(name ?? '').replaceAll('-', ' ')}`, {
          payload: `40010007${bytes}`,
          flags: ['Truncated'],
          error: CUT,
        });
      v.invalid('number-65536', 'deltas that add up to 65536', {
        payload: hex('40010007 e0fef2 d0f2'),
        flags: ['OptionLimit'],
        spec: ['rfc7252 3.1 MUST'],
        error: { ...FORMAT, alsoAccept: [...FORMAT.alsoAccept, 'out-of-range'] },
      });
      v.invalid('number-65804', 'one delta of 65804', {
        payload: hex('40010007 e0ffff'),
        flags: ['OptionLimit'],
        spec: ['rfc7252 3.1 MUST'],
        error: { ...FORMAT, alsoAccept: [...FORMAT.alsoAccept, 'out-of-range'] },
      });
      v.invalid('number-131608', 'two deltas of 65804', {
        payload: hex('40010007 e0ffff e0ffff'),
        flags: ['OptionLimit'],
        spec: ['rfc7252 3.1 MUST'],
        error: { ...FORMAT, alsoAccept: [...FORMAT.alsoAccept, 'out-of-range'] },
      });
    },
  );
  group('payload', 'Payload and marker', { flags: ['Marker'], spec: SPEC }, (v) => {
    both(v, 'payload-one-byte', 'one byte', { code: '2.05', type: 'ACK', mid: 7, payload: '31' });
    both(v, 'payload-zero', 'a zero byte', { code: '2.05', type: 'ACK', mid: 7, payload: '00' });
    both(v, 'payload-ff', 'a payload that looks like a marker', { code: '2.05', type: 'ACK', mid: 7, payload: 'ff' });
    both(v, 'payload-ff-ff', 'two of them', { code: '2.05', type: 'ACK', mid: 7, payload: 'ffff' });
    both(v, 'payload-after-options', 'options, marker, payload', {
      code: '0.03',
      mid: 7,
      options: [
        [11, '33'],
        [12, ''],
      ],
      payload: '3131',
    });
    both(
      v,
      'payload-1024',
      'a payload of 1024 bytes',
      { code: '0.03', mid: 7, options: [[11, '35']], payload: 'ab'.repeat(1024) },
      { flags: ['Marker', 'Large'] },
    );
    both(v, 'option-value-ff', 'ff inside an option is no marker', { code: '0.01', mid: 7, options: [[4, 'ffff']] });
    for (const [name, bytes] of [
      ['alone', '40010007ff'],
      ['after-token', '42010007aabbff'],
      ['after-option', '40010007b133ff'],
      ['ack', '60450007ff'],
      ['non', '50010007ff'],
    ])
      v.invalid(`marker-${name}`, `a marker without payload, ${(name ?? '').replace('-', ' ')}`, {
        payload: bytes ?? '',
        error: FORMAT,
      });
  });
}

const text = utf8;
/** @param {Group} group */
function optionValues(group) {
  group(
    'option-values',
    'Values of known options',
    { flags: ['OptionValue'], spec: ['rfc7252 5.10 MUST', 'rfc7252 3.2 MUST'] },
    (v) => {
      const get = (
        /** @type {string} */ name,
        /** @type {string} */ comment,
        /** @type {Message['options']} */ list,
        more = {},
      ) => both(v, name, comment, { code: '0.01', mid: 7, options: list }, more);
      get('uri-path-empty-segment', '/3//9: an empty segment', [
        [11, '33'],
        [11, ''],
        [11, '39'],
      ]);
      get('uri-path-utf8', 'a segment in UTF-8', [[11, text('é€')]]);
      get('uri-path-slash-inside', 'a slash inside a segment', [[11, text('a/b')]]);
      get('uri-path-percent', 'a percent sign is a character', [[11, text('%41')]]);
      get('uri-path-dot', 'a segment .', [[11, text('.')]]);
      get('uri-path-255', 'a segment of 255 bytes', [[11, '61'.repeat(255)]]);
      get('uri-query-characters', 'ampersand, equals sign and percent sign as they are', [[15, text('ep=a&b=c%3D')]]);
      get('uri-query-empty', 'an empty query', [[15, '']]);
      get('uri-query-flag', 'a flag', [[15, '51']]);
      get('uri-host-port', 'host and port', [
        [3, text('server.example')],
        [7, '1633'],
      ]);
      get('accept-0', 'Accept: text, in no byte', [[17, '']]);
      get('accept-tlv', 'Accept: TLV, in two bytes', [[17, '2d16']]);
      get('if-match-empty', 'If-Match of no byte', [[1, '']]);
      get('if-none-match', 'If-None-Match', [[5, '']]);
      get('etag-8', 'ETag of 8 bytes', [[4, '0102030405060708']]);
      get('no-response', 'No-Response', [[258, '1a']], { spec: ['rfc7967 2 MUST'] });
      get(
        'echo-request-tag',
        'Echo and Request-Tag',
        [
          [252, 'aabbccdd'],
          [292, '01'],
        ],
        { spec: ['rfc9175 2.2.1 MUST', 'rfc9175 3.2.1 MUST'] },
      );
      get(
        'request-tag-twice',
        'Request-Tag may be repeated',
        [
          [292, '01'],
          [292, '02'],
        ],
        { spec: ['rfc9175 3.2.1 MUST'] },
      );
      get('proxy-uri', 'Proxy-Uri of 300 bytes', [[35, text(`coap://h/${'a'.repeat(291)}`)]]);
      for (const [name, format] of /** @type {[string, number][]} */ ([
        ['text', 0],
        ['link', 40],
        ['opaque', 42],
        ['cbor', 60],
        ['senml-json', 110],
        ['senml-cbor', 112],
        ['etch-json', 320],
        ['etch-cbor', 322],
        ['tlv', 11542],
        ['json', 11543],
        ['lwm2m-cbor', 11544],
      ]))
        both(v, `content-format-${name}`, `Content-Format ${format}`, {
          type: 'ACK',
          code: '2.05',
          mid: 7,
          token: 'aa',
          options: [[12, uint(format)]],
          payload: '30',
        });
      for (const value of [0, 1, 60, 86400, 4294967295])
        both(v, `max-age-${value}`, `Max-Age ${value}`, {
          type: 'ACK',
          code: '2.05',
          mid: 7,
          token: 'aa',
          options: [[14, uint(value)]],
        });
      both(v, 'location', 'Location-Path and Location-Query', {
        type: 'ACK',
        code: '2.01',
        mid: 7,
        token: 'aa',
        options: [
          [8, '7264'],
          [8, '35613366'],
          [20, text('a=1')],
        ],
      });
      both(v, 'size2', 'Size2', { type: 'ACK', code: '2.05', mid: 7, options: [[28, '0800']] });
    },
  );
  group(
    'leading-zeros',
    'Integers in more bytes than needed',
    { flags: ['LeadingZero'], spec: ['rfc7252 3.2 MUST'] },
    (v) => {
      for (const [name, list] of /** @type {[string, [number, string][]][]} */ ([
        ['content-format-0', [[12, '00']]],
        ['content-format-40', [[12, '0028']]],
        ['accept-40', [[17, '0028']]],
        ['observe-0', [[6, '00']]],
        ['observe-0-3', [[6, '000000']]],
        ['max-age-60', [[14, '0000003c']]],
        ['block2', [[23, '0006']]],
      ]))
        v.valid(`leading-zero-${name}`, `${name.replaceAll('-', ' ')} with leading zeros: receivers take it`, {
          payload: message({ code: '0.01', mid: 7, options: list }),
          decoded: decodedOf({ code: '0.01', mid: 7, options: list }),
        });
    },
  );
  group(
    'unrecognised',
    'Options that a receiver treats as unknown; the message stays well-formed',
    { flags: ['OptionLength'], spec: ['rfc7252 5.4.3 MUST'] },
    (v) => {
      const odd = (
        /** @type {string} */ name,
        /** @type {string} */ comment,
        /** @type {[number, string][]} */ list,
        /** @type {number[]} */ unrecognised,
        more = {},
      ) =>
        v.valid(name, comment, {
          payload: message({ code: '0.01', mid: 7, options: list }),
          decoded: decodedOf({ code: '0.01', mid: 7, options: list }, unrecognised),
          ...more,
        });
      odd('content-format-3-bytes', 'Content-Format of 3 bytes', [[12, '002d16']], [0]);
      odd('accept-3-bytes', 'Accept of 3 bytes', [[17, '000028']], [0]);
      odd('observe-4-bytes', 'Observe of 4 bytes', [[6, '00000000']], [0]);
      odd('uri-port-3-bytes', 'Uri-Port of 3 bytes', [[7, '001633']], [0]);
      odd('uri-host-empty', 'Uri-Host of no byte', [[3, '']], [0]);
      odd('uri-path-256', 'Uri-Path of 256 bytes', [[11, '61'.repeat(256)]], [0]);
      odd('uri-query-256', 'Uri-Query of 256 bytes', [[15, '61'.repeat(256)]], [0]);
      odd('etag-0', 'ETag of no byte', [[4, '']], [0]);
      odd('etag-9', 'ETag of 9 bytes', [[4, '010203040506070809']], [0]);
      odd('if-none-match-value', 'If-None-Match with a value', [[5, '01']], [0]);
      odd('max-age-5-bytes', 'Max-Age of 5 bytes', [[14, '0000000001']], [0]);
      odd('block1-4-bytes', 'Block1 of 4 bytes', [[27, '00000006']], [0]);
      odd('size1-5-bytes', 'Size1 of 5 bytes', [[60, '0000000001']], [0]);
      odd('no-response-2-bytes', 'No-Response of 2 bytes', [[258, '001a']], [0], { spec: ['rfc7967 2 MUST'] });
      odd('request-tag-9', 'Request-Tag of 9 bytes', [[292, '010203040506070809']], [0], {
        spec: ['rfc9175 3.2.1 MUST'],
      });
      odd('echo-empty', 'Echo of no byte', [[252, '']], [0], { spec: ['rfc9175 2.2.1 MUST'] });
      const twice = { flags: ['Repeated'], spec: ['rfc7252 5.4.5 MUST'] };
      odd(
        'accept-twice',
        'Accept twice',
        [
          [17, '28'],
          [17, '2d16'],
        ],
        [1],
        twice,
      );
      odd(
        'content-format-twice',
        'Content-Format twice',
        [
          [12, '28'],
          [12, '28'],
        ],
        [1],
        twice,
      );
      odd(
        'observe-twice',
        'Observe twice',
        [
          [6, ''],
          [6, '01'],
        ],
        [1],
        twice,
      );
      odd(
        'uri-host-twice',
        'Uri-Host twice',
        [
          [3, '61'],
          [3, '62'],
        ],
        [1],
        twice,
      );
      odd(
        'block2-three',
        'Block2 three times',
        [
          [23, '06'],
          [23, '16'],
          [23, '26'],
        ],
        [1, 2],
        twice,
      );
      const unknown = { flags: ['UnknownOption'], spec: ['rfc7252 5.4.1 MUST'] };
      odd('unknown-elective', 'option 65000', [[65000, '01']], [0], unknown);
      odd('unknown-critical', 'option 65001', [[65001, '01']], [0], unknown);
      odd(
        'unknown-between',
        'option 10 between Uri-Path and Observe',
        [
          [6, ''],
          [10, '6162'],
          [11, '33'],
        ],
        [1],
        unknown,
      );
      odd(
        'unknown-critical-9999',
        'option 9999',
        [
          [11, '33'],
          [9999, ''],
        ],
        [1],
        unknown,
      );
    },
  );
}

/** @param {Group} group */
function blocksAndObserve(group) {
  group('block', 'Block options', { flags: ['Block'], spec: ['rfc7959 2.2 MUST'] }, (v) => {
    for (const [name, value] of [
      ['num-0-more-1024', '0e'],
      ['num-0-last-1024', '06'],
      ['num-1-more-1024', '1e'],
      ['num-0-more-64', '0a'],
      ['num-16-more-1024', '010e'],
      ['num-4096', '010006'],
      ['empty', ''],
      ['num-max', 'ffffff'.slice(0, 5) + '6'],
      ['szx-0', '10'],
    ])
      both(v, `block1-${name}`, `Block1 ${(name ?? '').replaceAll('-', ' ')}`, {
        code: '0.03',
        mid: 7,
        token: 'aa',
        options: [
          [11, '35'],
          [27, value ?? ''],
        ],
        payload: '00',
      });
    both(v, 'block2-first', 'the first block of an answer', {
      type: 'ACK',
      code: '2.05',
      mid: 7,
      token: 'aa',
      options: [
        [12, '2d16'],
        [23, '0e'],
        [28, '0c00'],
      ],
      payload: 'c1'.repeat(16),
    });
    both(v, 'block2-and-block1', 'both in one message', {
      code: '0.02',
      mid: 7,
      token: 'aa',
      options: [
        [23, '06'],
        [27, '16'],
      ],
      payload: '00',
    });
    both(v, 'continue', '2.31 with Block1', { type: 'ACK', code: '2.31', mid: 13, token: '0c', options: [[27, '0a']] });
    v.acceptable('block-szx-7', 'size exponent 7, reserved over UDP', {
      payload: message({ code: '0.01', mid: 7, options: [[23, '07']] }),
      spec: ['rfc7959 2.2 MUST'],
      outcomes: [
        accept(
          decodedOf({ code: '0.01', mid: 7, options: [[23, '07']] }),
          'the message is well-formed, the request is not',
        ),
        reject({ class: 'bad-value', alsoAccept: ['not-well-formed'] }, 'refused at once'),
      ],
    });
  });
  group('observe', 'Observe', { flags: ['Observe'], spec: ['rfc7641 2 MUST'] }, (v) => {
    both(v, 'observe-register', 'Observe 0', {
      code: '0.01',
      mid: 7,
      token: 'aa',
      options: [
        [6, ''],
        [11, '33'],
      ],
    });
    both(v, 'observe-cancel', 'Observe 1', {
      code: '0.01',
      mid: 7,
      token: 'aa',
      options: [
        [6, '01'],
        [11, '33'],
      ],
    });
    for (const value of ['0c', '0100', '7fffff', 'ffffff'])
      both(v, `notify-${value}`, `a notification numbered ${parseInt(value, 16)}`, {
        code: '2.05',
        mid: 7,
        token: 'aa',
        options: [
          [6, value],
          [12, ''],
        ],
        payload: '31',
      });
    both(
      v,
      'observe-fetch',
      'Observe in a FETCH',
      {
        code: '0.05',
        mid: 7,
        token: 'aa',
        options: [
          [6, ''],
          [12, '70'],
        ],
        payload: '80',
      },
      { spec: ['rfc8132 2.4 MUST'] },
    );
  });
  group('not-encodable', 'Messages that cannot be written', { flags: ['NotEncodable'], spec: SPEC }, (v) => {
    v.refuses('encode-token-9', 'a token of nine bytes', {
      decoded: decodedOf({ code: '0.01', token: '010203040506070809' }),
      error: 'not-encodable',
    });
    v.refuses('encode-empty-with-payload', 'an empty message with a payload', {
      decoded: decodedOf({ code: '0.00', payload: '61' }),
      spec: ['rfc7252 4.1 MUST'],
      error: 'not-encodable',
    });
    v.refuses('encode-empty-with-token', 'an empty message with a token', {
      decoded: decodedOf({ code: '0.00', token: '61' }),
      spec: ['rfc7252 4.1 MUST'],
      error: 'not-encodable',
    });
    v.refuses('encode-empty-with-option', 'an empty message with an option', {
      decoded: decodedOf({ code: '0.00', options: [[11, '33']] }),
      spec: ['rfc7252 4.1 MUST'],
      error: 'not-encodable',
    });
  });
}

/** @param {Group} group */
export function decoding(group) {
  headers(group);
  options(group);
  optionValues(group);
  blocksAndObserve(group);
}
