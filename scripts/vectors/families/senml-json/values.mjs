/** One value of each data type at its edges, in one record. */
import { accept, reject } from '../../lib/family.mjs';
import { boolean, corelnk, float, integer, objlnk, opaque, string, time, unsigned } from '../../lib/values.mjs';
import { SEVERAL, SINGLE } from '../../lib/shared.mjs';
import { base64 } from '../../emit/text-value.mjs';
import { inBase, inName, pack, split, underBase } from '../../emit/senml-json.mjs';
import {
  BASE,
  BOOLEAN,
  CORELNK,
  FLOAT,
  INTEGER,
  OBJLNK,
  OPAQUE,
  refuse,
  slug,
  STRING,
  TIME,
  UNSIGNED,
} from '../text/common.mjs';
import { BAD_UTF8 } from '../text/strings.mjs';
import { utf8 } from '../../lib/bytes.mjs';
import { BAD_STRINGS, BAD_VALUES } from '../json-items.mjs';

export const CONTEXT = { model: 'test', path: BASE, operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
export const SPEC = ['core-1.2.2 7.5.6 MUST', 'core-1.1.1 7.4.5 MUST', 'rfc8428 5 MUST'];

/** @typedef {import('../text/common.mjs').Group} Group */

/** @param {string} path @param {string} raw JSON of the value @param {string} [label] */
const one = (path, raw, label = 'v') => pack({ n: path, [label]: { raw } });

/** @param {Group} group */
function shared(group) {
  group(
    'shared-single',
    'Values that other formats carry too',
    { context: CONTEXT, flags: ['Basic', 'Layout'], spec: SPEC },
    (v) => {
      for (const [id, { comment, path, nodes }] of Object.entries(SINGLE)) {
        const node = nodes[0];
        if (!node) continue;
        v.valid(`single-${id}`, comment, {
          context: { path },
          text: pack(inName(node)),
          nodes,
          equivalent: id,
          encode: 'semantic',
          encodings: [
            { text: pack(inBase(node)), why: 'full path in the base name' },
            { text: pack(split(node)), why: 'base name then name' },
          ],
        });
      }
    },
  );
  group(
    'shared-several',
    'Instances and objects that other formats carry too',
    { flags: ['Basic', 'Layout'], spec: SPEC },
    (v) => {
      for (const [id, { comment, model, path, nodes }] of Object.entries(SEVERAL))
        v.valid(`several-${id}`, comment, {
          context: { model, path, operation: 'read', role: 'any', enabler: ['1.1', '1.2'] },
          text: pack(...underBase(`${path}/`, nodes)),
          nodes,
          equivalent: id,
          encode: 'semantic',
          encodings: [
            { text: pack(...nodes.map((node) => inName(node))), why: 'no base name' },
            { text: pack(...nodes.map((node) => split(node))), why: 'a base name in each record' },
          ],
        });
    },
  );
}

/** @param {Group} group */
function numbers(group) {
  group('integer', 'Integers', { context: { ...CONTEXT, path: INTEGER }, flags: ['Int64'], spec: SPEC }, (v) => {
    for (const value of [
      255,
      256,
      -65537,
      '9007199254740992',
      '-9007199254740993',
      '9223372036854775806',
      '-9223372036854775807',
    ])
      v.valid(`integer-${slug(value)}`, `${value}`, {
        text: pack(inName(integer(INTEGER, value))),
        nodes: [integer(INTEGER, value)],
        encode: 'semantic',
      });
    for (const value of [
      '9223372036854775808',
      '-9223372036854775809',
      '18446744073709551615',
      '100000000000000000000',
    ])
      v.invalid(`integer-beyond-int64-${slug(value)}`, `${value} has no place in 64 signed bits`, {
        text: one(INTEGER, value),
        flags: ['OutOfRange'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('out-of-range', 'bad-type', 'bad-value'),
      });
    v.valid('unsigned-2p63', '2^63', {
      context: { path: UNSIGNED },
      text: one(UNSIGNED, '9223372036854775808'),
      nodes: [unsigned(UNSIGNED, '9223372036854775808')],
      encode: 'semantic',
    });
    for (const value of ['-1', '18446744073709551616'])
      v.invalid(`unsigned-${slug(value)}`, `${value} for an unsigned integer`, {
        context: { path: UNSIGNED },
        text: one(UNSIGNED, value),
        flags: ['OutOfRange'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('out-of-range', 'bad-type', 'bad-value'),
      });
    for (const [name, raw, value] of /** @type {[string, string, number][]} */ ([
      ['dot-zero', '100.0', 100],
      ['exponent', '1e2', 100],
      ['exponent-upper', '1E2', 100],
      ['exponent-plus', '1e+2', 100],
      ['exponent-minus', '1000e-1', 100],
      ['exponent-fraction', '1.5e1', 15],
    ]))
      v.acceptable(`integer-as-${name}`, `${raw} for an integer`, {
        text: one(INTEGER, raw),
        flags: ['NumberForm'],
        spec: ['rfc8428 4.3 inferred'],
        outcomes: [
          accept([integer(INTEGER, value)], 'the same number'),
          reject(refuse('bad-type', 'bad-value'), 'an Integer is written without fraction and exponent'),
        ],
      });
    v.acceptable('integer-minus-0', '-0', {
      text: one(INTEGER, '-0'),
      flags: ['NumberForm'],
      spec: ['rfc8259 6 inferred'],
      outcomes: [
        accept([integer(INTEGER, 0)], 'JSON has it'),
        reject(refuse('bad-type', 'bad-value'), 'no integer has a negative zero'),
      ],
    });
    for (const [name, raw] of [
      ['1-5', '1.5'],
      ['small', '1e-1'],
      ['1e300', '1e300'],
      ['1e19', '1e19'],
    ])
      v.invalid(`integer-as-fraction-${name}`, `${raw} for an integer`, {
        text: one(INTEGER, raw ?? ''),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('bad-type', 'bad-value', 'out-of-range'),
      });
    v.invalid('integer-as-huge-exponent', 'an exponent of nine digits', {
      text: one(INTEGER, '1e999999999'),
      flags: ['NumberKind', 'OutOfRange'],
      spec: ['core-1.2.2 C MUST'],
      error: refuse('bad-type', 'bad-value', 'out-of-range', 'not-well-formed'),
    });
  });
  group(
    'float',
    'Floats',
    { context: { ...CONTEXT, path: FLOAT }, flags: ['FloatDigits'], spec: [...SPEC, 'rfc8259 6 MUST'] },
    (v) => {
      for (const value of [
        0,
        65504,
        21.3,
        Math.fround(Math.PI),
        1e21,
        1e22,
        1e-7,
        5e-324,
        1.7976931348623157e308,
        -40.5,
      ])
        v.valid(`float-${slug(value)}`, `${value}`, {
          text: pack(inName(float(FLOAT, value))),
          nodes: [float(FLOAT, value)],
          encode: 'semantic',
        });
      for (const [name, raw, value] of /** @type {[string, string, number][]} */ ([
        ['integer-20', '20', 20],
        ['integer-minus-5', '-5', -5],
        ['trailing-zeros', '1.500', 1.5],
        ['exponent', '15e-1', 1.5],
        ['19-digits', '0.1000000000000000055', 0.1],
        ['half-way', '9007199254740993', 9007199254740992],
        ['half-way-up', '9007199254740993.00000000000001', 9007199254740994],
      ]))
        v.valid(`float-form-${name}`, `${raw}`, { text: one(FLOAT, raw), nodes: [float(FLOAT, value)] });
      v.acceptable('float-minus-0', 'negative zero', {
        text: one(FLOAT, '-0.0'),
        flags: ['FloatSpecial'],
        spec: ['rfc8259 6 inferred'],
        outcomes: [
          accept([float(FLOAT, -0)], 'the sign is kept'),
          accept([float(FLOAT, 0)], 'the number is the same'),
          reject(refuse('bad-value'), 'no negative zero'),
        ],
      });
      v.acceptable('float-exponent-upper', 'an exponent with E', {
        text: one(FLOAT, '1.638435E9'),
        flags: ['NumberForm'],
        spec: ['rfc8428 4.4 inferred', 'rfc8259 6 inferred'],
        outcomes: [
          accept([float(FLOAT, 1638435000)], 'JSON has both'),
          reject(refuse('not-well-formed', 'bad-value'), 'SenML writes e'),
        ],
      });
      v.acceptable('float-1e400', 'beyond binary64', {
        text: one(FLOAT, '1e400'),
        flags: ['OutOfRange'],
        spec: ['rfc8259 6 inferred'],
        outcomes: [
          reject(refuse('out-of-range', 'bad-value', 'bad-type'), 'no finite double'),
          accept([float(FLOAT, Infinity)], 'rounds to infinity'),
        ],
      });
      v.acceptable('float-1e-400', 'below the smallest subnormal', {
        text: one(FLOAT, '1e-400'),
        flags: ['FloatDigits'],
        spec: ['rfc8259 6 inferred'],
        outcomes: [
          accept([float(FLOAT, 0)], 'rounds to zero'),
          reject(refuse('out-of-range', 'bad-value'), 'no double is near'),
        ],
      });
      for (const [name, raw] of [
        ['nan', '"NaN"'],
        ['infinity', '"Infinity"'],
        ['number-text', '"1.5"'],
      ])
        v.invalid(`float-as-text-${name}`, `${raw} under v`, {
          text: one(FLOAT, raw ?? ''),
          flags: ['WrongType'],
          error: refuse('bad-type'),
        });
      for (const value of [NaN, Infinity, -Infinity])
        v.refuses(`encode-float-${slug(value).toLowerCase()}`, `${value} has no JSON`, {
          nodes: [float(FLOAT, value)],
          flags: ['NotEncodable'],
          spec: ['rfc8259 6 MUST'],
          error: { class: 'not-encodable', alsoAccept: ['bad-value', 'out-of-range'] },
        });
    },
  );
  group(
    'bad-values',
    'Values that are no JSON',
    { context: { ...CONTEXT, path: INTEGER }, flags: ['NotJson'], spec: ['rfc8259 3 MUST', 'rfc8259 6 MUST'] },
    (v) => {
      for (const { name, comment, text } of BAD_VALUES)
        v.invalid(`value-${name}`, comment, {
          text: one(INTEGER, text),
          error: refuse('not-well-formed', 'truncated', 'bad-value', 'bad-type'),
        });
      for (const { name, comment, text } of BAD_STRINGS)
        v.invalid(`string-${name}`, comment, {
          context: { path: STRING },
          text: one(STRING, text, 'vs'),
          error: refuse('not-well-formed', 'truncated', 'bad-value'),
        });
    },
  );
}

/** @param {Group} group */
function strings(group) {
  group(
    'text',
    'Strings',
    { context: { ...CONTEXT, path: STRING }, flags: ['Text'], spec: [...SPEC, 'rfc8259 7 MUST'] },
    (v) => {
      for (const [name, raw, value] of /** @type {[string, string, string][]} */ ([
        ['each-short-escape', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
        ['escape-nul', '"a\\u0000b"', 'a\u0000b'],
        ['escape-letter', '"\\u0041"', 'A'],
        ['escape-upper-hex', '"\\u00E9\\u20AC"', '\u00e9\u20ac'],
        ['escape-pair', '"\\uD83D\\uDE00"', '\u{1f600}'],
        ['escape-pair-lower', '"\\ud83d\\ude00"', '\u{1f600}'],
        ['raw-slash', '"a/b"', 'a/b'],
        ['raw-delete', '"\u007f"', '\u007f'],
        ['raw-line-separator', '"\u2028"', '\u2028'],
        ['combining', '"e\u0301"', 'e\u0301'],
        ['noncharacter', '"\uffff"', '\uffff'],
        ['last-character', '"\u{10ffff}"', '\u{10ffff}'],
        ['bom-inside', '"\ufeffx"', '\ufeffx'],
        ['digits', '"100"', '100'],
        ['json', '"[{\\"n\\":\\"/3/0/9\\"}]"', '[{"n":"/3/0/9"}]'],
      ]))
        v.valid(`text-${name}`, raw, {
          text: one(STRING, raw, 'vs'),
          nodes: [string(STRING, value)],
          encode: 'semantic',
        });
      for (const length of [255, 1024, 70000])
        v.valid(`text-${length}`, `${length} characters`, {
          text: pack(inName(string(STRING, 'x'.repeat(length)))),
          nodes: [string(STRING, 'x'.repeat(length))],
          encode: 'semantic',
        });
      const [before = '', after = ''] = one(STRING, '"@"', 'vs').split('@');
      for (const [name, payload] of BAD_UTF8)
        v.invalid(`text-utf8-${name}`, `bad UTF-8: ${name}`, {
          payload: utf8(before) + payload + utf8(after),
          flags: ['BadUtf8'],
          spec: ['rfc8259 8.1 MUST', 'rfc3629 3 MUST'],
          error: refuse('invalid-utf8', 'not-well-formed'),
        });
      for (const [name, raw] of [
        ['high', '"\\uD83D"'],
        ['low', '"\\uDE00"'],
        ['reversed', '"\\uDE00\\uD83D"'],
        ['high-then-letter', '"\\uD83Dx"'],
      ])
        v.acceptable(`text-lone-surrogate-${name}`, `half of a pair: ${raw}`, {
          text: one(STRING, raw ?? '', 'vs'),
          flags: ['LoneSurrogate'],
          spec: ['rfc8259 8.2 inferred'],
          outcomes: [
            reject(refuse('invalid-utf8', 'not-well-formed', 'bad-value'), 'no Unicode text'),
            accept([string(STRING, replaced(raw ?? ''))], 'a replacement character for each'),
            ...questioned(raw ?? ''),
          ],
        });
    },
  );
  group(
    'opaque',
    'Bytes: base64url without padding',
    {
      context: { ...CONTEXT, path: OPAQUE },
      flags: ['Base64Url'],
      spec: [...SPEC, 'rfc8428 4.3 MUST', 'rfc4648 5 MUST'],
    },
    (v) => {
      for (const hex of ['00', '0102', '010203', 'fbff', 'fffefdfcfb'])
        v.valid(`bytes-${hex}`, `${hex.length / 2} bytes`, {
          text: pack(inName(opaque(OPAQUE, hex))),
          nodes: [opaque(OPAQUE, hex)],
          encode: 'semantic',
        });
      const all = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0')).join('');
      v.valid('bytes-all', 'each value of a byte once', {
        text: pack(inName(opaque(OPAQUE, all))),
        nodes: [opaque(OPAQUE, all)],
        encode: 'semantic',
      });
      const loose = (/** @type {string} */ hex, /** @type {string} */ why) => [
        accept([opaque(OPAQUE, hex)], 'the bytes are clear'),
        reject(refuse('bad-value'), why),
      ];
      for (const hex of ['01', '0102'])
        v.acceptable(`bytes-padded-${hex}`, 'with padding', {
          text: pack(inName(opaque(OPAQUE, hex), base64(hex))),
          flags: ['Base64Form'],
          spec: ['rfc8428 4.3 inferred'],
          outcomes: loose(hex, 'SenML leaves the padding out'),
        });
      v.acceptable('bytes-standard-alphabet', 'the alphabet of RFC 4648 §4', {
        text: one(OPAQUE, '"+/+/"', 'vd'),
        flags: ['Base64Form'],
        spec: ['rfc8428 4.3 inferred'],
        outcomes: loose('fbffbf', 'SenML has the URL alphabet'),
      });
      v.acceptable('bytes-trailing-bits', 'bits that no byte uses are not zero', {
        text: one(OPAQUE, '"AR"', 'vd'),
        flags: ['Base64Form'],
        spec: ['rfc4648 3.5 inferred'],
        outcomes: loose('01', 'not canonical'),
      });
      v.acceptable('bytes-newline', 'a line break inside', {
        text: one(OPAQUE, '"AQID\\nBAU"', 'vd'),
        flags: ['Base64Form'],
        spec: ['rfc4648 3.1 inferred'],
        outcomes: loose('0102030405', 'no line breaks without a rule for them'),
      });
      for (const [name, raw] of [
        ['length-1', '"A"'],
        ['length-5', '"AQIDB"'],
        ['exclamation', '"AQ!D"'],
        ['padding-inside', '"AQ==AQ=="'],
        ['not-ascii', '"AQI\u00e9"'],
      ])
        v.invalid(`bytes-bad-${name}`, raw ?? '', {
          text: one(OPAQUE, raw ?? '', 'vd'),
          flags: ['Base64Form'],
          spec: ['rfc4648 5 MUST', 'rfc4648 3.3 MUST'],
          error: refuse('bad-value'),
        });
      v.invalid('bytes-array', 'an array of numbers', {
        text: one(OPAQUE, '[1,2,3]', 'vd'),
        flags: ['WrongType'],
        error: refuse('bad-type'),
      });
      v.invalid('bytes-number', 'a number', {
        text: one(OPAQUE, '5', 'vd'),
        flags: ['WrongType'],
        error: refuse('bad-type'),
      });
      v.acceptable('bytes-under-vs', 'base64 under vs', {
        text: one(OPAQUE, '"AQID"', 'vs'),
        flags: ['WrongType'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          reject(refuse('bad-type'), 'an Opaque stands under vd'),
          accept([opaque(OPAQUE, '010203')], 'as in OMA JSON'),
        ],
      });
    },
  );
}

/** What decoders make of half a pair. @param {string} raw */
const replaced = (raw) => JSON.parse(raw).replace(/[\ud800-\udfff]/g, '\ufffd');
/** A Java program writes a question mark when it turns such a string into UTF-8. @param {string} raw */
const questioned = (raw) => [
  accept([string(STRING, JSON.parse(raw).replace(/[\ud800-\udfff]/g, '?'))], 'a question mark for each'),
];

/** @param {Group} group */
function others(group) {
  group('boolean', 'Booleans', { context: { ...CONTEXT, path: BOOLEAN }, flags: ['WrongType'], spec: SPEC }, (v) => {
    v.valid('boolean-write', 'a written boolean', {
      context: { model: 'server', path: '/1/0/6', operation: 'write-replace', role: 'client' },
      text: pack({ n: '/1/0/6', vb: { raw: 'false' } }),
      nodes: [boolean('/1/0/6', false)],
      encode: 'semantic',
      flags: ['Basic'],
    });
    for (const [name, raw] of [
      ['0', '0'],
      ['1', '1'],
      ['null', 'null'],
      ['text', '"true"'],
      ['array', '[true]'],
    ])
      v.invalid(`boolean-as-${name}`, `${raw} under vb`, {
        text: one(BOOLEAN, raw ?? '', 'vb'),
        error: refuse('bad-type', 'bad-structure'),
      });
    v.invalid('boolean-under-v', 'true under v', { text: one(BOOLEAN, 'true'), error: refuse('bad-type') });
    v.invalid('boolean-number-under-v', '1 under v for a boolean', {
      text: one(BOOLEAN, '1'),
      error: refuse('bad-type'),
    });
  });
  group(
    'time-values',
    'Times as values',
    { context: { ...CONTEXT, path: TIME }, flags: ['TimeSeconds'], spec: SPEC },
    (v) => {
      for (const value of [0, 1367491215, 4294967296, -86400])
        v.valid(`time-${slug(value)}`, `${value}`, {
          text: pack(inName(time(TIME, value))),
          nodes: [time(TIME, value)],
          encode: 'semantic',
        });
      v.invalid('time-1-5', 'one and a half seconds', {
        text: one(TIME, '1.5'),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('bad-type', 'bad-value'),
      });
      v.invalid('time-text', 'a number as text', {
        text: one(TIME, '"1700000000"', 'vs'),
        flags: ['WrongType'],
        error: refuse('bad-type'),
      });
      v.invalid('time-date', 'a date', {
        text: one(TIME, '"2023-11-14T22:13:20Z"', 'vs'),
        flags: ['WrongType'],
        error: refuse('bad-type'),
      });
      v.acceptable('time-exponent', '1.7e9', {
        text: one(TIME, '1.7e9'),
        flags: ['NumberForm'],
        spec: ['rfc8428 4.3 inferred'],
        outcomes: [
          accept([time(TIME, 1700000000)], 'the same number'),
          reject(refuse('bad-type', 'bad-value'), 'an integer without exponent'),
        ],
      });
    },
  );
  group('objlnk', 'Object links', { context: { ...CONTEXT, path: OBJLNK }, flags: ['ObjectLink'], spec: SPEC }, (v) => {
    for (const link of ['0:0', '66:0', '65534:65534'])
      v.valid(`objlnk-${link.replace(':', '-')}`, link, {
        text: pack(inName(objlnk(OBJLNK, link))),
        nodes: [objlnk(OBJLNK, link)],
        encode: 'semantic',
      });
    for (const [name, link] of [
      ['no-instance', '3:'],
      ['no-colon', '3'],
      ['65536', '65536:0'],
      ['blank', '3:0 '],
      ['three', '3:0:1'],
      ['empty', ''],
      ['negative', '3:-1'],
    ])
      v.invalid(`objlnk-bad-${name}`, JSON.stringify(link), {
        text: pack({ n: OBJLNK, vlo: link ?? '' }),
        error: refuse('bad-value', 'out-of-range'),
      });
    v.acceptable('objlnk-leading-zero', '03:00', {
      text: pack({ n: OBJLNK, vlo: '03:00' }),
      spec: ['core-1.2.2 C inferred'],
      outcomes: [
        accept([objlnk(OBJLNK, '3:0')], 'the same numbers'),
        reject(refuse('bad-value'), 'identifiers have no leading zeros'),
      ],
    });
    v.acceptable('objlnk-printed-hex', 'FFFF:FFFF, as an example prints the null link', {
      text: pack({ n: OBJLNK, vlo: 'FFFF:FFFF' }),
      spec: ['core-1.2.2 C inferred'],
      outcomes: [
        reject(refuse('bad-value', 'out-of-range'), 'Table C-2 writes decimal numbers'),
        accept([objlnk(OBJLNK, '65535:65535')], 'printed so'),
      ],
      erratum: { ref: 'Core 1.1.1 §7.4.5 example', form: 'printed', pair: 'single-objlnk-null' },
    });
    v.invalid('objlnk-number', 'a number under vlo', { text: one(OBJLNK, '3', 'vlo'), error: refuse('bad-type') });
    v.invalid('objlnk-array', 'an array under vlo', { text: one(OBJLNK, '[3,0]', 'vlo'), error: refuse('bad-type') });
    v.acceptable('objlnk-under-vs', 'a link under vs', {
      text: pack({ n: OBJLNK, vs: '3:0' }),
      flags: ['ObjectLinkLabel'],
      spec: ['core-1.2.2 7.5.6 inferred'],
      outcomes: [
        accept([objlnk(OBJLNK, '3:0')], 'sent by a widespread implementation'),
        reject(refuse('bad-type'), 'a link stands under vlo'),
      ],
    });
    v.valid('corelnk-two', 'a Corelnk under vs', {
      context: { path: CORELNK },
      text: pack(inName(corelnk(CORELNK, '</3/0>,</1/0/1>'))),
      nodes: [corelnk(CORELNK, '</3/0>,</1/0/1>')],
      encode: 'semantic',
      flags: ['Text'],
    });
  });
  group(
    'wrong-label',
    'The label of another type',
    { context: CONTEXT, flags: ['WrongType'], spec: ['core-1.2.2 C MUST'] },
    (v) => {
      for (const [name, path, label, raw] of /** @type {[string, string, string, string][]} */ ([
        ['string-for-integer', INTEGER, 'vs', '"5"'],
        ['boolean-for-integer', INTEGER, 'vb', 'true'],
        ['data-for-integer', INTEGER, 'vd', '"BQ"'],
        ['objlnk-for-integer', INTEGER, 'vlo', '"3:0"'],
        ['number-for-string', STRING, 'v', '5'],
        ['boolean-for-string', STRING, 'vb', 'true'],
        ['number-for-opaque', OPAQUE, 'v', '5'],
        ['number-for-corelnk', CORELNK, 'v', '5'],
        ['number-for-objlnk', OBJLNK, 'v', '3'],
        ['boolean-for-float', FLOAT, 'vb', 'false'],
        ['text-under-v', INTEGER, 'v', '"5"'],
        ['array-under-v', INTEGER, 'v', '[5]'],
        ['object-under-v', INTEGER, 'v', '{"x":5}'],
        ['number-under-vs', STRING, 'vs', '5'],
        ['null-under-vs', STRING, 'vs', 'null'],
      ]))
        v.invalid(`label-${name}`, name.replaceAll('-', ' '), {
          context: { path },
          text: one(path, raw, label),
          error: refuse('bad-type', 'bad-structure'),
        });
    },
  );
}

/** @param {Group} group */
export function values(group) {
  shared(group);
  numbers(group);
  strings(group);
  others(group);
}
