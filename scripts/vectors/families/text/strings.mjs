/** Strings, links, opaque values, and what has no text. */
import { accept, reject } from '../../lib/family.mjs';
import { corelnk, integer, objlnk, opaque, string } from '../../lib/values.mjs';
import { SINGLE } from '../../lib/shared.mjs';
import { base64, base64url, textOf } from '../../emit/text-value.mjs';
import { CONTEXT, CORELNK, OBJLNK, OPAQUE, refuse, SPEC, STRING } from './common.mjs';

/** @typedef {import('./common.mjs').Group} Group */

/** Bytes that are no UTF-8 (RFC 3629 §3, §4). @type {[string, string][]} */
export const BAD_UTF8 = [
  ['lone-continuation', '80'],
  ['continuation-missing', 'c3'],
  ['continuation-wrong', 'c328'],
  ['overlong-slash', 'c0af'],
  ['overlong-three', 'e080af'],
  ['surrogate', 'eda080'],
  ['surrogate-pair', 'eda0bdedb880'],
  ['beyond-10ffff', 'f4908080'],
  ['cut-four', 'f09f98'],
  ['byte-ff', 'ff'],
  ['byte-fe-inside', '41fe42'],
  ['latin-1', '63616fe9'],
];

/** @param {Group} group */
export function shared(group) {
  group(
    'shared-single',
    'Values that other formats carry too',
    { context: CONTEXT, flags: ['Basic'], spec: SPEC },
    (v) => {
      for (const [id, { comment, path, nodes }] of Object.entries(SINGLE)) {
        const node = nodes[0];
        if (node)
          v.valid(`single-${id}`, comment, {
            context: { path },
            text: textOf(node),
            nodes,
            equivalent: id,
            encode: node.type === 'float' ? 'semantic' : 'bytes',
          });
      }
    },
  );
}

/** @param {Group} group */
function strings(group) {
  group(
    'string',
    'Strings: the payload is the value',
    { context: { ...CONTEXT, path: STRING }, flags: ['Text'], spec: [...SPEC, 'rfc3629 3 MUST'] },
    (v) => {
      for (const [name, value] of /** @type {[string, string][]} */ ([
        ['blank', ' '],
        ['blanks-around', ' a '],
        ['newline-kept', 'a\n'],
        ['crlf', 'a\r\nb'],
        ['tab', 'a\tb'],
        ['nul', 'a\u0000b'],
        ['nul-at-end', 'a\u0000'],
        ['controls', '\u0001\u007f'],
        ['combining', 'e\u0301'],
        ['precomposed', '\u00e9'],
        ['bom', '\ufeffx'],
        ['digits', '100'],
        ['minus-digits', '-5'],
        ['quoted', '"a"'],
        ['json', '[{"n":"/3/0/9","v":1}]'],
        ['percent', '%41'],
        ['plus', 'a+b'],
        ['backslash', 'a\\b'],
        ['noncharacter', '\uffff'],
        ['last-character', '\u{10ffff}'],
        ['rtl', '\u05e9\u05dc\u05d5\u05dd'],
        ['zwj', '\u{1f469}\u200d\u{1f680}'],
      ]))
        v.valid(`string-${name}`, JSON.stringify(value), {
          text: value,
          nodes: [string(STRING, value)],
          encode: 'bytes',
        });
      for (const length of [1, 255, 256, 1023, 1024, 1025])
        v.valid(`string-${length}`, `${length} bytes`, {
          text: 'x'.repeat(length),
          nodes: [string(STRING, 'x'.repeat(length))],
          encode: 'bytes',
          flags: ['Length'],
        });
      v.valid('string-64k', '65536 bytes', {
        text: 'abcdefgh'.repeat(8192),
        nodes: [string(STRING, 'abcdefgh'.repeat(8192))],
        encode: 'bytes',
        flags: ['Length'],
      });
      for (const [name, payload] of BAD_UTF8)
        v.invalid(`string-utf8-${name}`, `bad UTF-8: ${name}`, {
          payload,
          flags: ['BadUtf8'],
          error: refuse('invalid-utf8', 'bad-value'),
        });
    },
  );
}

/** @param {Group} group */
function links(group) {
  group('objlnk', 'Object links', { context: { ...CONTEXT, path: OBJLNK }, flags: ['ObjectLink'], spec: SPEC }, (v) => {
    for (const link of ['0:0', '66:1', '65534:65534', '10:0'])
      v.valid(`objlnk-${link.replace(':', '-')}`, link, { text: link, nodes: [objlnk(OBJLNK, link)], encode: 'bytes' });
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['object-65536', '65536:0'],
      ['instance-65536', '3:65536'],
      ['no-instance', '3:'],
      ['no-object', ':0'],
      ['colon', ':'],
      ['no-colon', '3'],
      ['three', '3:0:1'],
      ['slash', '3/0'],
      ['path', '/3/0'],
      ['negative', '3:-1'],
      ['letters', 'a:b'],
      ['hex', 'FFFF:FFFF'],
      ['comma', '3,0'],
    ]))
      v.invalid(`objlnk-bad-${name}`, JSON.stringify(text), { text, error: refuse('bad-value', 'out-of-range') });
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['blank-after', '3:0 '],
      ['blank-before', ' 3:0'],
      ['blank-inside', '3: 0'],
      ['newline', '3:0\n'],
      ['nul', '3:0\u0000'],
    ]))
      v.invalid(`objlnk-bad-${name}`, JSON.stringify(text), { text, error: refuse('bad-value', 'out-of-range') });
    v.invalid('objlnk-bad-empty', 'an empty payload', {
      text: '',
      flags: ['EmptyPayload'],
      error: refuse('bad-value', 'truncated', 'bad-length'),
    });
    v.acceptable('objlnk-leading-zero', '03:00', {
      text: '03:00',
      flags: ['NumberForm'],
      spec: ['core-1.2.2 C inferred'],
      outcomes: [
        accept([objlnk(OBJLNK, '3:0')], 'the same numbers'),
        reject(refuse('bad-value'), 'identifiers have no leading zeros'),
      ],
    });
    v.acceptable('objlnk-plus', '+3:0', {
      text: '+3:0',
      flags: ['NumberForm'],
      spec: ['core-1.2.2 C inferred'],
      outcomes: [
        accept([objlnk(OBJLNK, '3:0')], 'the same numbers'),
        reject(refuse('bad-value'), 'not the form of the text'),
      ],
    });
    for (const text of ['3:65535', '65535:0'])
      v.acceptable(`objlnk-half-null-${text.replace(':', '-')}`, `${text}: only one half is the reserved identifier`, {
        text,
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          accept([objlnk(OBJLNK, text)], 'both parts have 16 bits'),
          reject(refuse('bad-value', 'out-of-range'), 'the reserved identifier stands in the null link alone'),
        ],
      });
  });
  group(
    'corelnk',
    'Links as values',
    {
      context: { ...CONTEXT, path: CORELNK, enabler: ['1.1', '1.2'] },
      flags: ['CoreLink'],
      spec: [...SPEC, 'rfc6690 2 MUST'],
    },
    (v) => {
      for (const [name, text] of /** @type {[string, string][]} */ ([
        ['several', '</3/0>,</1/0/1>'],
        ['attributes', '</3>;ver=1.1'],
        ['other-resource', '</sensors>;rt="temperature"'],
        ['gateway', '</3303/0>,</3304/0>'],
      ]))
        v.valid(`corelnk-${name}`, text, { text, nodes: [corelnk(CORELNK, text)], encode: 'bytes' });
      v.valid('corelnk-empty', 'no link', { text: '', nodes: [corelnk(CORELNK, '')], encode: 'bytes' });
    },
  );
}

/** @param {Group} group */
function bytes(group) {
  group(
    'opaque',
    'Bytes as base64',
    { context: { ...CONTEXT, path: OPAQUE }, flags: ['Base64'], spec: [...SPEC, 'rfc4648 4 MUST'] },
    (v) => {
      for (const hex of ['00', '0102', '010203', '01020304', '0102030405', 'ff', 'fbff', 'fffefdfcfb'])
        v.valid(`opaque-${hex}`, `${hex.length / 2} bytes`, {
          text: base64(hex),
          nodes: [opaque(OPAQUE, hex)],
          encode: 'bytes',
        });
      const all = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0')).join('');
      v.valid('opaque-all-bytes', 'each value of a byte once', {
        text: base64(all),
        nodes: [opaque(OPAQUE, all)],
        encode: 'bytes',
      });
      v.valid('opaque-1024', '1024 bytes', {
        text: base64('5a'.repeat(1024)),
        nodes: [opaque(OPAQUE, '5a'.repeat(1024))],
        encode: 'bytes',
        flags: ['Base64', 'Length'],
      });
      v.valid('opaque-word', 'letters of the alphabet are base64 too', {
        text: 'text',
        nodes: [opaque(OPAQUE, 'b5ec6d')],
      });
      for (const [name, text] of /** @type {[string, string][]} */ ([
        ['url-alphabet', '-_-_'],
        ['length-1', 'A'],
        ['length-5', 'AQIDB'],
        ['padding-alone', '===='],
        ['padding-inside', 'AQ==AQ=='],
        ['padding-first', '=AQI'],
        ['three-padding', 'A==='],
        ['exclamation', 'AQ!D'],
        ['blank-inside', 'AQ ID'],
        ['hex-prefix', '0x01,0x02'],
        ['quoted', '"AQID"'],
        ['not-ascii', 'AQI\u00e9'],
      ]))
        v.invalid(`opaque-bad-${name}`, JSON.stringify(text), { text, error: refuse('bad-value') });
      v.acceptable('opaque-newline-inside', 'a line break inside', {
        text: 'AQID\nBAU=',
        flags: ['Base64Form'],
        spec: ['rfc4648 3.1 inferred'],
        outcomes: [
          reject(refuse('bad-value'), 'no line breaks without a rule for them'),
          accept([opaque(OPAQUE, '0102030405')], 'as in mail'),
        ],
      });
      v.acceptable('opaque-newline-after', 'a line break at the end', {
        text: 'AQIDBAU=\n',
        flags: ['Base64Form'],
        spec: ['rfc4648 3.1 inferred'],
        outcomes: [
          reject(refuse('bad-value'), 'no line breaks without a rule for them'),
          accept([opaque(OPAQUE, '0102030405')], 'as in mail'),
        ],
      });
      const loose = (/** @type {string} */ hex, /** @type {string} */ why) => [
        reject(refuse('bad-value'), why),
        accept([opaque(OPAQUE, hex)], 'the bytes are clear'),
      ];
      for (const hex of ['01', '0102', '0102030405'])
        v.acceptable(`opaque-unpadded-${hex}`, 'the padding is missing', {
          text: base64(hex).replace(/=+$/, ''),
          flags: ['Base64Form'],
          spec: ['rfc4648 3.2 inferred'],
          outcomes: loose(hex, 'padding belongs to base64'),
        });
      v.acceptable('opaque-one-padding-of-two', 'one of two padding characters', {
        text: 'AQ=',
        flags: ['Base64Form'],
        spec: ['rfc4648 3.2 inferred'],
        outcomes: loose('01', 'padding belongs to base64'),
      });
      v.acceptable('opaque-trailing-bits', 'bits that no byte uses are not zero', {
        text: 'AR==',
        flags: ['Base64Form'],
        spec: ['rfc4648 3.5 inferred'],
        outcomes: loose('01', 'not canonical'),
      });
      v.acceptable('opaque-trailing-bits-2', 'bits that no byte uses are not zero', {
        text: 'AQJ=',
        flags: ['Base64Form'],
        spec: ['rfc4648 3.5 inferred'],
        outcomes: loose('0102', 'not canonical'),
      });
      v.acceptable('opaque-url-of-fbffbf', 'the URL alphabet where no character tells', {
        text: base64url('fbff'),
        flags: ['Base64Form'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: loose('fbff', 'the alphabet is that of RFC 4648 §4'),
      });
    },
  );
}

/** @param {Group} group */
function scope(group) {
  const DEVICE = { model: 'device', path: '/3/0/9', operation: 'read', role: 'any' };
  group(
    'levels',
    'What a text can be about',
    { context: DEVICE, flags: ['Level'], spec: ['core-1.2.2 7.5.1 MUST', 'core-1.1.1 7.4.1 MUST'] },
    (v) => {
      v.valid('resource-instance', 'one instance of a multiple resource', {
        context: { path: '/3/0/6/1', enabler: ['1.1', '1.2'] },
        text: '5',
        nodes: [integer('/3/0/6/1', 5)],
        encode: 'bytes',
      });
      v.valid('resource-instance-string', 'a string instance', {
        context: { model: 'portfolio', path: '/16/0/0/3', enabler: ['1.1', '1.2'] },
        text: 'host',
        nodes: [string('/16/0/0/3', 'host')],
        encode: 'bytes',
      });
      v.valid('device-battery', 'a battery level', { text: '100', nodes: [integer('/3/0/9', 100)], encode: 'bytes' });
      v.valid('device-battery-write', 'a written lifetime', {
        context: { model: 'server', path: '/1/0/1', operation: 'write-replace', role: 'client' },
        text: '86400',
        nodes: [integer('/1/0/1', 86400)],
        encode: 'bytes',
      });
      for (const [name, path] of [
        ['object', '/3'],
        ['instance', '/3/0'],
        ['root', '/'],
      ])
        v.invalid(`level-${name}`, `text for ${path}`, {
          context: { path },
          text: '5',
          error: {
            class: 'unsupported',
            alsoAccept: ['bad-path', 'bad-structure', 'bad-type'],
            coapCode: ['4.00', '4.06', '4.15'],
          },
        });
      v.invalid('level-multiple-resource', 'text for a resource with instances', {
        context: { path: '/3/0/6' },
        text: '5',
        error: {
          class: 'unsupported',
          alsoAccept: ['bad-path', 'bad-structure', 'bad-type'],
          coapCode: ['4.00', '4.06', '4.15'],
        },
      });
      v.acceptable('level-instance-of-single', 'text for an instance of a resource that has none', {
        context: { path: '/3/0/9/0', enabler: ['1.1', '1.2'] },
        text: '5',
        spec: ['core-1.2.2 6.3.1 inferred'],
        outcomes: [
          reject(
            {
              class: 'bad-path',
              alsoAccept: ['unsupported', 'bad-structure', 'bad-type'],
              coapCode: ['4.00', '4.04', '4.05'],
            },
            'a single resource has no instances',
          ),
          accept([integer('/3/0/9/0', 5)], 'left to the layer above'),
        ],
      });
      v.acceptable('level-executable', 'text as the value of an executable resource', {
        context: { path: '/3/0/4', operation: 'write-replace', role: 'client' },
        text: '5',
        spec: ['core-1.2.2 6.3.3 inferred'],
        outcomes: [
          reject(
            { class: 'bad-type', alsoAccept: ['unsupported', 'bad-path'], coapCode: ['4.00', '4.05'] },
            'it has no value',
          ),
          accept([string('/3/0/4', '5')], 'left to the layer above, which answers 4.05'),
          accept([opaque('/3/0/4', '35')], 'left to the layer above, which answers 4.05'),
        ],
      });
      v.refuses('encode-multiple', 'two values', {
        context: { path: '/3/0/6' },
        nodes: [integer('/3/0/6/0', 1), integer('/3/0/6/1', 5)],
        flags: ['NotEncodable'],
        error: { class: 'not-encodable', alsoAccept: ['unsupported', 'bad-structure'], coapCode: ['4.06'] },
      });
      v.refuses('encode-two-resources', 'two resources', {
        context: { path: '/3/0' },
        nodes: [integer('/3/0/9', 1), integer('/3/0/10', 5)],
        flags: ['NotEncodable'],
        error: { class: 'not-encodable', alsoAccept: ['unsupported', 'bad-structure'], coapCode: ['4.06'] },
      });
      v.refuses('encode-nothing', 'no value', {
        nodes: [],
        flags: ['NotEncodable'],
        error: { class: 'not-encodable', alsoAccept: ['unsupported', 'bad-structure'], coapCode: ['4.06'] },
      });
    },
  );
  group(
    'format-numbers',
    'The number of the format',
    {
      context: { ...DEVICE, model: 'server', path: '/1/0/1', operation: 'write-replace', role: 'client' },
      flags: ['FormatNumber'],
      spec: ['core-1.2.2 7.5 inferred'],
    },
    (v) => {
      v.acceptable('number-absent', 'no Content-Format', {
        context: { contentFormat: null },
        text: '600',
        outcomes: [
          accept([integer('/1/0/1', 600)], 'text is what a single value has without it'),
          reject({ class: 'unsupported', coapCode: ['4.00', '4.15'] }, 'a payload must say its format'),
        ],
      });
      v.acceptable('number-1541', 'the number before registration', {
        context: { contentFormat: 1541, enabler: ['1.0'] },
        text: '600',
        outcomes: [
          accept([integer('/1/0/1', 600)], 'devices of 2015 send it'),
          reject({ class: 'unsupported', coapCode: ['4.15'] }, 'not a registered format'),
        ],
      });
    },
  );
}

/** @param {Group} group */
export function texts(group) {
  strings(group);
  links(group);
  bytes(group);
  scope(group);
}
