import { accept, family, reject } from '../lib/family.mjs';
import { at, boolean, float, integer, nodes, objlnk, opaque, string, time } from '../lib/values.mjs';
import { SEVERAL, SINGLE } from '../lib/shared.mjs';
import { utf8 } from '../lib/bytes.mjs';
import { base64, base64url } from '../emit/text-value.mjs';
import { entry, payload, under } from '../emit/oma-json.mjs';
import { BOOLEAN, FLOAT, INTEGER, OBJLNK, OPAQUE, refuse, slug, STRING, TIME } from './text/common.mjs';
import { BAD_UTF8 } from './text/strings.mjs';
import { BAD_STRINGS, BAD_TEXTS, BAD_VALUES, BLANKS } from './json-items.mjs';

const CONTEXT = { model: 'test', path: '/3442/0', operation: 'read', role: 'any', enabler: ['1.0'] };
const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any', enabler: ['1.0'] };
const SPEC = ['core-1.0.2 6.4.4 MUST'];
const BATTERY = [integer('/3/0/9', 5)];
const GOOD = '{"bn":"/3/0/","e":[{"n":"9","v":5}]}';
/** Types that 1.0 has. */
const OLD = new Set(['string', 'integer', 'float', 'boolean', 'opaque', 'time', 'objlnk']);

/** @typedef {import('./text/common.mjs').Group} Group */

/** One value of a resource, its JSON as written. @param {string} path @param {string} label @param {string} raw */
const one = (path, label, raw) => `{"bn":"${path}","e":[{"${label}":${raw}}]}`;

/** @param {Group} group */
function shared(group) {
  group(
    'shared-single',
    'Values that other formats carry too',
    { context: CONTEXT, flags: ['Basic', 'Layout'], spec: SPEC },
    (v) => {
      for (const [
        id,
        {
          comment,
          path,
          nodes: [node],
        },
      ] of Object.entries(SINGLE)) {
        if (!node || !OLD.has(node.type)) continue;
        const cut = path.lastIndexOf('/') + 1;
        v.valid(`single-${id}`, comment, {
          context: { path },
          text: payload(path, [entry(undefined, node)]),
          nodes: [node],
          equivalent: id,
          encode: 'semantic',
          encodings: [
            { text: payload(path, [entry('', node)]), why: 'an empty name' },
            {
              text: payload(path.slice(0, cut), [entry(path.slice(cut), node)]),
              why: 'base name up to the last slash',
            },
            { text: payload('', [entry(path, node)]), why: 'the full path in the name' },
          ],
        });
      }
    },
  );
  group(
    'shared-several',
    'Instances and objects that other formats carry too',
    { flags: ['Basic'], spec: SPEC },
    (v) => {
      for (const [id, { comment, model, path, nodes: list }] of Object.entries(SEVERAL))
        if (list.every(({ type }) => OLD.has(type)))
          v.valid(`several-${id}`, comment, {
            context: { model, path, operation: 'read', role: 'any', enabler: ['1.0'] },
            text: under(`${path}/`, list),
            nodes: list,
            equivalent: id,
            encode: 'semantic',
            encodings: [{ text: under(path, list), why: 'names that begin with a slash' }],
          });
    },
  );
}

/** @param {Group} group */
function naming(group) {
  group('names', 'Base name and names', { context: DEVICE, flags: ['BaseName'], spec: SPEC }, (v) => {
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['base-and-name', GOOD],
      ['base-last', '{"e":[{"n":"9","v":5}],"bn":"/3/0/"}'],
      ['value-before-name', '{"bn":"/3/0/","e":[{"v":5,"n":"9"}]}'],
      ['empty-base', '{"bn":"","e":[{"n":"/3/0/9","v":5}]}'],
      ['full-base-no-name', '{"bn":"/3/0/9","e":[{"v":5}]}'],
      ['full-base-empty-name', '{"bn":"/3/0/9","e":[{"n":"","v":5}]}'],
      ['split-after-object', '{"bn":"/3/","e":[{"n":"0/9","v":5}]}'],
      ['split-after-slash', '{"bn":"/","e":[{"n":"3/0/9","v":5}]}'],
      ['split-before-slash', '{"bn":"/3/0","e":[{"n":"/9","v":5}]}'],
      ['escaped', '{"bn":"\\/3\\/0\\/","e":[{"n":"\\u0039","v":5}]}'],
    ]))
      v.valid(`name-${name}`, name.replaceAll('-', ' '), { text, nodes: BATTERY });
    v.valid('name-no-base-absolute', 'no base name, an absolute name', {
      text: '{"e":[{"n":"/3/0/9","v":5}]}',
      nodes: BATTERY,
    });
    v.acceptable('name-no-base-relative', 'no base name, a name relative to the request', {
      text: '{"e":[{"n":"9","v":5}]}',
      spec: ['core-1.0.2 6.4.4 inferred'],
      flags: ['RelativeName'],
      outcomes: [
        accept(BATTERY, 'names without a base are relative to the request'),
        reject(refuse('bad-path', 'outside-base'), 'no path'),
      ],
    });
    v.acceptable('name-no-base-no-name', 'neither base name nor name for a single resource', {
      context: { path: '/3/0/9' },
      text: '{"e":[{"v":5}]}',
      spec: ['core-1.0.2 6.4.4 inferred'],
      flags: ['RelativeName'],
      outcomes: [
        accept(BATTERY, 'the resource of the request'),
        reject(refuse('bad-path', 'bad-structure', 'outside-base'), 'no path'),
      ],
    });
    v.acceptable('name-no-base-empty-name', 'no base name and an empty name for a single resource', {
      context: { path: '/3/0/9' },
      text: '{"e":[{"n":"","v":5}]}',
      spec: ['core-1.0.2 6.4.4 inferred'],
      flags: ['RelativeName'],
      outcomes: [
        accept(BATTERY, 'the resource of the request'),
        reject(refuse('bad-path', 'bad-structure', 'outside-base'), 'no path'),
      ],
    });
    v.acceptable('name-no-base-relative-instance', 'no base name, instances relative to the object', {
      context: { path: '/3' },
      text: '{"e":[{"n":"0/9","v":5}]}',
      spec: ['core-1.0.2 6.4.4 inferred'],
      flags: ['RelativeName'],
      outcomes: [
        accept(BATTERY, 'names without a base are relative to the request'),
        reject(refuse('bad-path', 'outside-base'), 'no path'),
      ],
    });
    v.valid('name-split-inside-number', 'base name /3/0/1 and name 3 are /3/0/13', {
      text: '{"bn":"/3/0/1","e":[{"n":"3","v":1367491215}]}',
      nodes: [time('/3/0/13', 1367491215)],
    });
    v.valid('name-resource-instances', 'resource instances', {
      text: '{"bn":"/3/0/6/","e":[{"n":"0","v":1},{"n":"1","v":5}]}',
      nodes: [integer('/3/0/6/0', 1), integer('/3/0/6/1', 5)],
    });
    v.valid('name-order', 'out of order', {
      text: '{"bn":"/3/0/","e":[{"n":"10","v":15},{"n":"6/1","v":5},{"n":"9","v":5},{"n":"6/0","v":1}]}',
      nodes: [integer('/3/0/10', 15), integer('/3/0/6/1', 5), integer('/3/0/9', 5), integer('/3/0/6/0', 1)],
    });
    v.valid('name-two-instances', 'two instances of an object', {
      context: { model: 'server', path: '/1' },
      text: '{"bn":"/1/","e":[{"n":"0/1","v":60},{"n":"1/1","v":120}]}',
      nodes: [integer('/1/0/1', 60), integer('/1/1/1', 120)],
    });
    for (const [name, bn, n] of [
      ['double-slash', '/3/0/', '/9'],
      ['trailing-slash', '/3/0/', '9/'],
      ['joined-without-slash', '/3/0', 'x'],
      ['letters', '/3/0/', 'battery'],
      ['five-ids', '/3/0/', '6/0/0'],
      ['id-65536', '/3/0/', '65536'],
      ['minus', '/3/0/', '-9'],
      ['sign', '/3/0/', '+9'],
      ['blank', '/3/0/', '9 '],
      ['object-only', '/3', ''],
      ['instance-only', '/3/0', ''],
      ['hex', '/3/0/', '0x9'],
    ])
      v.invalid(`path-${name}`, `base name ${bn} and name ${JSON.stringify(n)}`, {
        text: `{"bn":"${bn}","e":[{"n":"${n}","v":5}]}`,
        flags: ['BadPath'],
        error: refuse('bad-path', 'out-of-range', 'outside-base', 'bad-structure', 'too-deep', 'bad-type'),
      });
    for (const [name, text] of [
      ['object', '{"bn":"/1/0/","e":[{"n":"1","v":5}]}'],
      ['instance', '{"bn":"/3/1/","e":[{"n":"9","v":5}]}'],
      ['prefix-of-number', '{"bn":"/3/0/","e":[{"n":"95","v":5}]}'],
      ['second', '{"bn":"","e":[{"n":"/3/0/9","v":5},{"n":"/1/0/1","v":5}]}'],
    ])
      v.invalid(`outside-${name}`, `a name outside the request: ${name}`, {
        context: { model: 'core', path: name === 'prefix-of-number' ? '/3/0/9' : '/3/0' },
        text: text ?? '',
        flags: ['OutsidePath'],
        error: refuse('outside-base', 'bad-path', 'bad-structure'),
      });
    for (const [name, raw] of [
      ['number', '9'],
      ['null', 'null'],
      ['array', '["9"]'],
    ])
      v.invalid(`name-as-${name}`, `${raw} as name`, {
        text: `{"bn":"/3/0/","e":[{"n":${raw},"v":5}]}`,
        flags: ['WrongType'],
        error: refuse('bad-type', 'bad-path', 'bad-structure'),
      });
    v.invalid('base-as-number', 'a number as base name', {
      text: '{"bn":3,"e":[{"n":"/3/0/9","v":5}]}',
      flags: ['WrongType'],
      error: refuse('bad-type', 'bad-path', 'bad-structure'),
    });
  });
}

/** @param {Group} group */
function numbers(group) {
  group(
    'numbers',
    'Numbers',
    { context: { ...CONTEXT, path: INTEGER }, flags: ['Int64'], spec: [...SPEC, 'core-1.0.2 C MUST'] },
    (v) => {
      for (const value of [255, -65537, '9007199254740992', '-9007199254740993', '9223372036854775806'])
        v.valid(`integer-${slug(value)}`, `${value}`, {
          text: one(INTEGER, 'v', String(value)),
          nodes: [integer(INTEGER, value)],
          encode: 'semantic',
        });
      for (const value of ['9223372036854775808', '-9223372036854775809', '100000000000000000000'])
        v.invalid(`integer-beyond-int64-${slug(value)}`, `${value}`, {
          text: one(INTEGER, 'v', value),
          flags: ['OutOfRange'],
          error: refuse('out-of-range', 'bad-type', 'bad-value'),
        });
      for (const [name, raw, value] of /** @type {[string, string, number][]} */ ([
        ['dot-zero', '1.0', 1],
        ['exponent', '1e2', 100],
        ['exponent-upper', '1E2', 100],
        ['exponent-minus', '1000e-1', 100],
      ]))
        v.acceptable(`integer-as-${name}`, `${raw} for an integer`, {
          text: one(INTEGER, 'v', raw),
          flags: ['NumberForm'],
          spec: ['core-1.0.2 6.4.4 inferred'],
          outcomes: [
            accept([integer(INTEGER, value)], 'the same number'),
            reject(refuse('bad-type', 'bad-value'), 'an integer has no fraction'),
          ],
        });
      v.acceptable('integer-minus-0', '-0', {
        text: one(INTEGER, 'v', '-0'),
        flags: ['NumberForm'],
        spec: ['rfc8259 6 inferred'],
        outcomes: [
          accept([integer(INTEGER, 0)], 'the same number'),
          reject(refuse('bad-type', 'bad-value'), 'no integer has a negative zero'),
        ],
      });
      for (const [name, raw] of [
        ['1-5', '1.5'],
        ['1e300', '1e300'],
        ['1e19', '1e19'],
        ['small', '1e-1'],
      ])
        v.invalid(`integer-as-fraction-${name}`, `${raw} for an integer`, {
          text: one(INTEGER, 'v', raw ?? ''),
          flags: ['NumberForm'],
          error: refuse('bad-type', 'bad-value', 'out-of-range'),
        });
      for (const value of [0, 21.3, 1e22, 5e-324, 1.7976931348623157e308, -40.5])
        v.valid(`float-${slug(value)}`, `${value}`, {
          context: { path: FLOAT },
          text: one(FLOAT, 'v', String(value)),
          nodes: [float(FLOAT, value)],
          encode: 'semantic',
          flags: ['FloatDigits'],
        });
      for (const [name, raw, value] of /** @type {[string, string, number][]} */ ([
        ['integer', '20', 20],
        ['exponent', '15e-1', 1.5],
        ['exponent-upper', '15E-1', 1.5],
        ['25-digits', '0.1000000000000000055511151', 0.1],
      ]))
        v.valid(`float-form-${name}`, raw, {
          context: { path: FLOAT },
          text: one(FLOAT, 'v', raw),
          nodes: [float(FLOAT, value)],
          flags: ['FloatDigits'],
        });
      v.acceptable('float-1e400', 'beyond binary64', {
        context: { path: FLOAT },
        text: one(FLOAT, 'v', '1e400'),
        flags: ['OutOfRange'],
        spec: ['rfc8259 6 inferred'],
        outcomes: [
          reject(refuse('out-of-range', 'bad-value', 'bad-type'), 'no finite double'),
          accept([float(FLOAT, Infinity)], 'rounds to infinity'),
        ],
      });
      v.invalid('integer-text', 'digits in a string', {
        text: one(INTEGER, 'v', '"100"'),
        flags: ['WrongType'],
        error: refuse('bad-type', 'bad-structure'),
      });
      v.invalid('float-text', 'digits in a string for a float', {
        context: { path: FLOAT },
        text: one(FLOAT, 'v', '"1.5"'),
        flags: ['WrongType'],
        error: refuse('bad-type', 'bad-structure'),
      });
      for (const value of [NaN, Infinity])
        v.refuses(`encode-float-${slug(value).toLowerCase()}`, `${value} has no JSON`, {
          context: { path: FLOAT },
          nodes: [float(FLOAT, value)],
          flags: ['NotEncodable'],
          spec: ['rfc8259 6 MUST'],
          error: { class: 'not-encodable', alsoAccept: ['bad-value', 'out-of-range'] },
        });
      for (const value of [0, 1367491215, 4294967296, -1])
        v.valid(`time-${slug(value)}`, `${value} seconds`, {
          context: { path: TIME },
          text: one(TIME, 'v', String(value)),
          nodes: [time(TIME, value)],
          encode: 'semantic',
          flags: ['Basic'],
        });
      v.invalid('time-value-fraction', 'one and a half seconds', {
        context: { path: TIME },
        text: one(TIME, 'v', '1.5'),
        flags: ['NumberForm'],
        error: refuse('bad-type', 'bad-value'),
      });
    },
  );
}

/** @param {Group} group */
function others(group) {
  group(
    'strings',
    'Strings, bytes, links, booleans',
    { context: CONTEXT, flags: ['Text'], spec: [...SPEC, 'core-1.0.2 C MUST'] },
    (v) => {
      for (const [name, raw, value] of /** @type {[string, string, string][]} */ ([
        ['digits', '"100"', '100'],
        ['escapes', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
        ['escape-nul', '"a\\u0000b"', 'a\u0000b'],
        ['escape-pair', '"\\uD83D\\uDE00"', '\u{1f600}'],
        ['raw-separator', '"\u2028"', '\u2028'],
        ['true', '"true"', 'true'],
        ['base64', '"AQID"', 'AQID'],
      ]))
        v.valid(`string-${name}`, raw, {
          context: { path: STRING },
          text: one(STRING, 'sv', raw),
          nodes: [string(STRING, value)],
          encode: 'semantic',
        });
      v.valid('string-1024', '1024 characters', {
        context: { path: STRING },
        text: one(STRING, 'sv', JSON.stringify('x'.repeat(1024))),
        nodes: [string(STRING, 'x'.repeat(1024))],
        encode: 'semantic',
      });
      const [before = '', after = ''] = one(STRING, 'sv', '"@"').split('@');
      for (const [name, bytes] of BAD_UTF8)
        v.invalid(`string-utf8-${name}`, `bad UTF-8: ${name}`, {
          context: { path: STRING },
          payload: utf8(before) + bytes + utf8(after),
          flags: ['BadUtf8'],
          spec: ['rfc8259 8.1 MUST', 'rfc3629 3 MUST'],
          error: refuse('invalid-utf8', 'not-well-formed'),
        });
      for (const { name, comment, text } of BAD_STRINGS)
        v.invalid(`string-${name}`, comment, {
          context: { path: STRING },
          text: one(STRING, 'sv', text),
          flags: ['NotJson'],
          spec: ['rfc8259 7 MUST'],
          error: refuse('not-well-formed', 'truncated', 'bad-value'),
        });
      for (const hex of ['00', '0102', '010203', 'fbff', 'fffefdfcfb'])
        v.valid(`bytes-${hex}`, `${hex.length / 2} bytes as base64 under sv`, {
          context: { path: OPAQUE },
          text: one(OPAQUE, 'sv', JSON.stringify(base64(hex))),
          nodes: [opaque(OPAQUE, hex)],
          encode: 'semantic',
          flags: ['Base64'],
        });
      const loose = (/** @type {string} */ hex) => [
        accept([opaque(OPAQUE, hex)], 'the bytes are clear'),
        reject(refuse('bad-value'), 'base64 is padded and has the standard alphabet'),
      ];
      v.acceptable('bytes-unpadded', 'the padding is missing', {
        context: { path: OPAQUE },
        text: one(OPAQUE, 'sv', '"AQI"'),
        flags: ['Base64Form'],
        spec: ['rfc4648 3.2 inferred'],
        outcomes: loose('0102'),
      });
      v.acceptable('bytes-url-alphabet', 'the URL alphabet', {
        context: { path: OPAQUE },
        text: one(OPAQUE, 'sv', JSON.stringify(base64url('fbffbf'))),
        flags: ['Base64Form'],
        spec: ['rfc4648 4 inferred'],
        outcomes: loose('fbffbf'),
      });
      v.acceptable('bytes-trailing-bits', 'bits that no byte uses are not zero', {
        context: { path: OPAQUE },
        text: one(OPAQUE, 'sv', '"AR=="'),
        flags: ['Base64Form'],
        spec: ['rfc4648 3.5 inferred'],
        outcomes: loose('01'),
      });
      for (const [name, raw] of [
        ['length-1', '"A"'],
        ['exclamation', '"AQ!D"'],
        ['padding-inside', '"AQ==AQ=="'],
        ['array', '[1,2]'],
        ['number', '5'],
      ])
        v.invalid(`bytes-bad-${name}`, raw ?? '', {
          context: { path: OPAQUE },
          text: one(OPAQUE, 'sv', raw ?? ''),
          flags: ['Base64Form'],
          spec: ['core-1.0.2 C MUST', 'rfc4648 4 MUST'],
          error: refuse('bad-value', 'bad-type', 'bad-structure'),
        });
      for (const link of ['0:0', '66:0', '65534:65534'])
        v.valid(`objlnk-${link.replace(':', '-')}`, link, {
          context: { path: OBJLNK },
          text: one(OBJLNK, 'ov', JSON.stringify(link)),
          nodes: [objlnk(OBJLNK, link)],
          encode: 'semantic',
          flags: ['ObjectLink'],
        });
      for (const [name, link] of [
        ['no-instance', '66'],
        ['colon-last', '66:'],
        ['65536', '65536:0'],
        ['blank', '66:0 '],
        ['three', '66:0:1'],
        ['empty', ''],
        ['negative', '66:-1'],
      ])
        v.invalid(`objlnk-bad-${name}`, JSON.stringify(link), {
          context: { path: OBJLNK },
          text: one(OBJLNK, 'ov', JSON.stringify(link)),
          flags: ['ObjectLink'],
          error: refuse('bad-value', 'out-of-range'),
        });
      v.invalid('objlnk-number', 'a number under ov', {
        context: { path: OBJLNK },
        text: one(OBJLNK, 'ov', '66'),
        flags: ['ObjectLink'],
        error: refuse('bad-type', 'bad-structure'),
      });
      v.acceptable('objlnk-hex', 'FFFF:FFFF', {
        context: { path: OBJLNK },
        text: one(OBJLNK, 'ov', '"FFFF:FFFF"'),
        flags: ['ObjectLink'],
        spec: ['core-1.0.2 C inferred'],
        outcomes: [
          reject(refuse('bad-value', 'out-of-range'), 'identifiers are decimal'),
          accept([objlnk(OBJLNK, '65535:65535')], 'as a later example prints it'),
        ],
      });
      v.acceptable('objlnk-leading-zero', '066:00', {
        context: { path: OBJLNK },
        text: one(OBJLNK, 'ov', '"066:00"'),
        flags: ['ObjectLink'],
        spec: ['core-1.0.2 C inferred'],
        outcomes: [
          accept([objlnk(OBJLNK, '66:0')], 'the same numbers'),
          reject(refuse('bad-value'), 'identifiers have no leading zeros'),
        ],
      });
      for (const [name, raw] of [
        ['text', '"true"'],
        ['1', '1'],
        ['null', 'null'],
      ])
        v.invalid(`boolean-as-${name}`, `${raw} under bv`, {
          context: { path: BOOLEAN },
          text: one(BOOLEAN, 'bv', raw ?? ''),
          flags: ['WrongType'],
          error: refuse('bad-type', 'bad-structure'),
        });
      v.valid('boolean-server', 'a boolean beside others', {
        context: { model: 'server', path: '/1/0' },
        text: '{"bn":"/1/0/","e":[{"n":"6","bv":false},{"n":"7","sv":"U"}]}',
        nodes: [boolean('/1/0/6', false), string('/1/0/7', 'U')],
        encode: 'semantic',
        flags: ['Basic'],
      });
      for (const [name, path, label, raw] of /** @type {[string, string, string, string][]} */ ([
        ['string-for-integer', INTEGER, 'sv', '"5"'],
        ['boolean-for-integer', INTEGER, 'bv', 'true'],
        ['link-for-integer', INTEGER, 'ov', '"3:0"'],
        ['number-for-string', STRING, 'v', '5'],
        ['number-for-boolean', BOOLEAN, 'v', '1'],
        ['number-for-opaque', OPAQUE, 'v', '5'],
        ['number-for-link', OBJLNK, 'v', '5'],
        ['boolean-under-v', INTEGER, 'v', 'true'],
        ['array-under-v', INTEGER, 'v', '[5]'],
        ['null-under-v', INTEGER, 'v', 'null'],
        ['number-under-sv', STRING, 'sv', '5'],
        ['null-under-sv', STRING, 'sv', 'null'],
      ]))
        v.invalid(`label-${name}`, name.replaceAll('-', ' '), {
          context: { path },
          text: one(path, label, raw),
          flags: ['WrongType'],
          error: refuse('bad-type', 'bad-structure'),
        });
      v.acceptable('objlnk-under-sv', 'a link under sv', {
        context: { path: OBJLNK },
        text: one(OBJLNK, 'sv', '"66:0"'),
        flags: ['WrongType'],
        spec: ['core-1.0.2 6.4.4 inferred'],
        outcomes: [
          reject(refuse('bad-type'), 'a link stands under ov'),
          accept([objlnk(OBJLNK, '66:0')], 'the text is clear'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function times(group) {
  const path = '/3303/0/5700';
  const sample = (/** @type {number} */ value, /** @type {string} */ seconds) => at(float(path, value), seconds);
  group(
    'times',
    'Historical values',
    {
      context: { model: 'temp', path, operation: 'notify', role: 'server', enabler: ['1.0'] },
      flags: ['Time'],
      spec: SPEC,
    },
    (v) => {
      v.valid('time-series', 'newest first', {
        text: `{"bn":"${path}","bt":1700000000,"e":[{"v":22.5,"t":0},{"v":22.25,"t":-60},{"v":21.9,"t":-120}]}`,
        nodes: [sample(22.5, '1700000000'), sample(22.25, '1699999940'), sample(21.9, '1699999880')],
        encode: 'semantic',
      });
      v.valid('time-oldest-first', 'oldest first', {
        text: `{"bn":"${path}","bt":1700000000,"e":[{"v":21.5,"t":-60},{"v":21.75,"t":0}]}`,
        nodes: [sample(21.5, '1699999940'), sample(21.75, '1700000000')],
      });
      v.valid('time-base-alone', 'a base time alone', {
        text: `{"bn":"${path}","bt":1700000000,"e":[{"v":21.5}]}`,
        nodes: [sample(21.5, '1700000000')],
      });
      v.valid('time-positive', 'a time after the base time', {
        text: `{"bn":"${path}","bt":1700000000,"e":[{"v":21.5,"t":60}]}`,
        nodes: [sample(21.5, '1700000060')],
      });
      v.valid('time-base-last', 'the base time after the entries', {
        text: `{"bn":"${path}","e":[{"v":21.5,"t":-5}],"bt":1700000000}`,
        nodes: [sample(21.5, '1699999995')],
      });
      v.acceptable('time-without-base', 'no base time: relative to now', {
        text: `{"bn":"${path}","e":[{"v":21.5,"t":-5}]}`,
        spec: ['core-1.0.2 6.4.4 inferred'],
        outcomes: [
          accept([sample(21.5, '-5')], 'five seconds ago'),
          reject(refuse('bad-value', 'bad-structure', 'unsupported'), 'no moment'),
        ],
      });
      v.acceptable('time-fraction', 'half a second earlier', {
        text: `{"bn":"${path}","bt":1700000000,"e":[{"v":21.5,"t":-0.5}]}`,
        spec: ['core-1.0.2 6.4.4 inferred'],
        outcomes: [
          accept([sample(21.5, '1699999999.5')], 'a number is a number'),
          reject(refuse('bad-type', 'bad-value'), 'whole seconds'),
        ],
      });
      v.acceptable('time-base-fraction', 'a base time with a fraction', {
        text: `{"bn":"${path}","bt":1700000000.25,"e":[{"v":21.5}]}`,
        spec: ['core-1.0.2 6.4.4 inferred'],
        outcomes: [
          accept([sample(21.5, '1700000000.25')], 'a number is a number'),
          reject(refuse('bad-type', 'bad-value'), 'whole seconds'),
        ],
      });
      v.invalid('time-text', 'a time as text', {
        text: `{"bn":"${path}","bt":1700000000,"e":[{"v":21.5,"t":"-5"}]}`,
        flags: ['WrongType'],
        error: refuse('bad-type', 'bad-structure'),
      });
      v.invalid('time-base-text', 'a base time as text', {
        text: `{"bn":"${path}","bt":"1700000000","e":[{"v":21.5}]}`,
        flags: ['WrongType'],
        error: refuse('bad-type', 'bad-structure'),
      });
      v.valid('time-two-resources', 'two resources at two times', {
        context: { path: '/3303/0' },
        text: '{"bn":"/3303/0/","bt":1700000000,"e":[{"n":"5700","v":22.5},{"n":"5601","v":20},{"n":"5700","v":22.25,"t":-60},{"n":"5601","v":20,"t":-60}]}',
        nodes: [
          sample(22.5, '1700000000'),
          at(float('/3303/0/5601', 20), '1700000000'),
          sample(22.25, '1699999940'),
          at(float('/3303/0/5601', 20), '1699999940'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function structure(group) {
  group('structure', 'Members', { context: DEVICE, flags: ['Structure'], spec: SPEC }, (v) => {
    v.valid('unknown-member-root', 'an unknown member at the top', {
      text: '{"bn":"/3/0/","x":{"a":[1]},"e":[{"n":"9","v":5}]}',
      nodes: BATTERY,
    });
    v.valid('unknown-member-entry', 'an unknown member in an entry', {
      text: '{"bn":"/3/0/","e":[{"n":"9","x":null,"v":5}]}',
      nodes: BATTERY,
    });
    v.valid('unknown-member-underscore', 'no label must be understood here', {
      text: '{"bn":"/3/0/","e":[{"n":"9","x_":1,"v":5}]}',
      nodes: BATTERY,
    });
    v.valid('blanks', 'blanks between tokens', { text: BLANKS(GOOD), nodes: BATTERY, spec: ['rfc8259 2 MUST'] });
    v.acceptable('empty-entries', 'no entry: an instance without resources', {
      text: '{"bn":"/3/0/","e":[]}',
      spec: ['core-1.0.2 6.4.4 inferred'],
      flags: ['Empty'],
      outcomes: [
        accept(nodes(), 'nothing is there'),
        accept([{ path: '/3/0', type: 'instance' }], 'nothing is there'),
        reject(refuse('bad-structure'), 'one entry or more'),
      ],
    });
    v.acceptable('empty-multiple', 'no entry: a multiple resource without instances', {
      context: { path: '/3/0/6' },
      text: '{"bn":"/3/0/6","e":[]}',
      spec: ['core-1.0.2 6.4.4 inferred'],
      flags: ['Empty'],
      outcomes: [
        accept(nodes(), 'nothing is there'),
        accept([{ path: '/3/0/6', type: 'multiple' }], 'nothing is there'),
        reject(refuse('bad-structure'), 'one entry or more'),
      ],
    });
    v.invalid('entries-missing', 'no member e', { text: '{"bn":"/3/0/"}', error: refuse('bad-structure') });
    for (const [name, raw] of [
      ['null', 'null'],
      ['object', '{"n":"9","v":5}'],
      ['string', '"9"'],
      ['number', '5'],
    ])
      v.invalid(`entries-${name}`, `e is ${raw}`, {
        text: `{"bn":"/3/0/","e":${raw}}`,
        error: refuse('bad-structure', 'bad-type'),
      });
    for (const [name, raw] of [
      ['null', 'null'],
      ['number', '5'],
      ['array', '[]'],
      ['string', '"9"'],
    ])
      v.invalid(`entry-${name}`, `an entry is ${raw}`, {
        text: `{"bn":"/3/0/","e":[${raw}]}`,
        error: refuse('bad-structure', 'bad-type'),
      });
    v.invalid('entry-without-value', 'a name alone', {
      text: '{"bn":"/3/0/","e":[{"n":"9"}]}',
      error: refuse('bad-structure'),
    });
    v.invalid('entry-empty', 'an empty entry', { text: '{"bn":"/3/0/9","e":[{}]}', error: refuse('bad-structure') });
    for (const [name, members] of [
      ['v-sv', '"v":5,"sv":"a"'],
      ['v-bv', '"v":5,"bv":true'],
      ['sv-ov', '"sv":"a","ov":"3:0"'],
    ])
      v.invalid(`two-values-${name}`, (name ?? '').replace('-', ' and '), {
        text: `{"bn":"/3/0/","e":[{"n":"9",${members}}]}`,
        error: refuse('bad-structure', 'bad-type', 'duplicate'),
      });
    v.acceptable('duplicate-name', 'one name with two values', {
      text: '{"bn":"/3/0/","e":[{"n":"9","v":5},{"n":"9","v":6}]}',
      flags: ['Duplicate'],
      spec: ['core-1.0.2 6.4.4 inferred'],
      outcomes: [
        reject(refuse('duplicate'), 'one resource has one value'),
        accept([integer('/3/0/9', 5), integer('/3/0/9', 6)], 'as written'),
        accept([integer('/3/0/9', 6)], 'the last one counts'),
      ],
    });
    v.acceptable('duplicate-instance', 'one resource instance twice', {
      text: '{"bn":"/3/0/","e":[{"n":"6/0","v":5},{"n":"6/0","v":6}]}',
      flags: ['Duplicate'],
      spec: ['core-1.0.2 6.4.4 inferred'],
      outcomes: [
        reject(refuse('duplicate'), 'one instance has one value'),
        accept([integer('/3/0/6/0', 5), integer('/3/0/6/0', 6)], 'as written'),
        accept([integer('/3/0/6/0', 6)], 'the last one counts'),
      ],
    });
    v.acceptable('duplicate-member', 'one member twice', {
      text: '{"bn":"/3/0/","e":[{"n":"9","v":5,"v":6}]}',
      flags: ['Duplicate'],
      spec: ['rfc8259 4 inferred'],
      outcomes: [
        reject(refuse('duplicate', 'bad-structure', 'not-well-formed'), 'names within an object should be unique'),
        accept([integer('/3/0/9', 6)], 'the last one counts'),
        accept(BATTERY, 'the first one counts'),
      ],
    });
    for (const [name, text] of [
      ['array', '[{"n":"/3/0/9","v":5}]'],
      ['null', 'null'],
      ['number', '5'],
      ['string', '"/3/0/9"'],
      ['empty-object', '{}'],
      ['empty-array', '[]'],
    ])
      v.invalid(
        `root-${name}`,
        name === 'array' ? 'SenML sent under the number of LwM2M JSON' : (name ?? '').replace('-', ' '),
        { text: text ?? '', flags: ['Root'], error: refuse('bad-structure', 'bad-type', 'not-well-formed') },
      );
    v.invalid('empty-payload', 'no byte', {
      text: '',
      flags: ['Root'],
      spec: ['rfc8259 2 MUST'],
      error: refuse('truncated', 'not-well-formed', 'bad-structure'),
    });
  });
  group(
    'not-json',
    'Texts that are no JSON',
    { context: DEVICE, flags: ['NotJson'], spec: ['rfc8259 2 MUST'] },
    (v) => {
      for (const { name, comment, text, error } of BAD_TEXTS(GOOD))
        v.invalid(`text-${name}`, comment, {
          text,
          flags: [error === 'trailing-data' ? 'TrailingData' : 'NotJson'],
          error: refuse(
            error,
            ...['not-well-formed', 'trailing-data', 'truncated', 'bad-structure'].filter((other) => other !== error),
          ),
        });
      for (const { name, comment, text } of BAD_VALUES)
        v.invalid(`value-${name}`, comment, {
          text: `{"bn":"/3/0/","e":[{"n":"9","v":${text}}]}`,
          error: refuse('not-well-formed', 'truncated', 'bad-value', 'bad-type'),
        });
      for (const [name, text] of [
        ['comma-after-entry', '{"bn":"/3/0/","e":[{"n":"9","v":5},]}'],
        ['comma-after-member', '{"bn":"/3/0/","e":[{"n":"9","v":5}],}'],
        ['label-bare', '{bn:"/3/0/",e:[{n:"9",v:5}]}'],
        ['single-quotes', "{'bn':'/3/0/','e':[{'n':'9','v':5}]}"],
        ['comma-missing', '{"bn":"/3/0/" "e":[{"n":"9","v":5}]}'],
        ['comment-inside', '{"bn":"/3/0/",/* % */"e":[{"n":"9","v":5}]}'],
      ])
        v.invalid(`text-${name}`, (name ?? '').replaceAll('-', ' '), {
          text: text ?? '',
          error: refuse('not-well-formed', 'truncated', 'bad-structure'),
        });
      v.acceptable('bom', 'a byte order mark', {
        payload: `efbbbf${utf8(GOOD)}`,
        spec: ['rfc8259 8.1 inferred'],
        outcomes: [
          reject(refuse('not-well-formed', 'bad-structure', 'invalid-utf8'), 'a sender must not put it there'),
          accept(BATTERY, 'a receiver may pass over it'),
        ],
      });
      for (let length = 1; length < GOOD.length; length += 4)
        v.invalid(`prefix-${length}`, `the first ${length} of ${GOOD.length} characters`, {
          text: GOOD.slice(0, length),
          flags: ['Truncated'],
          error: refuse('truncated', 'not-well-formed', 'bad-structure'),
        });
    },
  );
  group(
    'format-numbers',
    'The number of the format, and its age',
    { context: DEVICE, flags: ['FormatNumber'], spec: ['core-1.0.2 6.4 inferred'] },
    (v) => {
      v.acceptable('number-1543', 'the number before registration', {
        context: { contentFormat: 1543 },
        text: GOOD,
        outcomes: [
          accept(BATTERY, 'devices of 2015 send it'),
          reject({ class: 'unsupported', coapCode: ['4.15'] }, 'not a registered format'),
        ],
      });
      v.acceptable('number-50', 'the number of plain JSON', {
        context: { contentFormat: 50 },
        text: GOOD,
        outcomes: [
          reject({ class: 'unsupported', coapCode: ['4.15'] }, 'not a format of LwM2M'),
          accept(BATTERY, 'one widespread client has sent it'),
        ],
      });
      v.valid('server-1-1', 'a server of 1.1 takes it still', {
        context: { role: 'server', enabler: ['1.1'] },
        text: GOOD,
        nodes: BATTERY,
        spec: ['core-1.1.1 7.4.5 MUST'],
      });
      v.acceptable('client-1-1', 'a client of 1.1 need not take it', {
        context: { role: 'client', operation: 'write-update', enabler: ['1.1'], model: 'server', path: '/1/0' },
        text: '{"bn":"/1/0/","e":[{"n":"1","v":600}]}',
        spec: ['core-1.1.1 7.4 inferred'],
        outcomes: [
          reject({ class: 'unsupported', coapCode: ['4.15'] }, 'withdrawn for clients'),
          accept([integer('/1/0/1', 600)], 'as before'),
        ],
      });
    },
  );
}

export default family(
  {
    format: 'oma-json',
    contentFormat: 11543,
    header: [
      'LwM2M JSON of 1.0: Core 1.0.2 §6.4.4, values Appendix C; withdrawn for clients from 1.1, servers read it still. JSON RFC 8259.',
      'The time of a node is base time plus time as written, not resolved against now.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      Layout: { kind: 'canonical', description: 'several ways to split names' },
      BaseName: { kind: 'path', description: 'base name and name are joined without a separator' },
      RelativeName: { kind: 'ambiguous-spec', description: 'no base name: names relative to the request' },
      BadPath: { kind: 'path', description: 'base name and name that are no path together' },
      OutsidePath: { kind: 'path', description: 'a name outside the path of the request' },
      Int64: {
        kind: 'numeric',
        description: 'exact beyond 2^53',
        effect: 'a decoder that goes through a double loses the last digits',
      },
      OutOfRange: { kind: 'limit', description: 'a number beyond the type' },
      NumberForm: { kind: 'ambiguous-spec', description: 'fraction or exponent where the number is whole' },
      FloatDigits: { kind: 'numeric', description: 'decimal digits of a double, correctly rounded' },
      Text: { kind: 'unicode', description: 'escapes and characters of strings' },
      BadUtf8: { kind: 'unicode', description: 'bytes that are no UTF-8' },
      Base64: { kind: 'basic', description: 'bytes as base64 under sv' },
      Base64Form: { kind: 'ambiguous-spec', description: 'base64 in another form', links: ['OMA#553'] },
      ObjectLink: { kind: 'edge', description: 'object links under ov' },
      WrongType: {
        kind: 'type-mismatch',
        description: 'a value of another type than the resource, or under the label of another',
      },
      Time: { kind: 'edge', description: 'base time and time' },
      Structure: { kind: 'malformed', description: 'members missing, twice or unknown' },
      Duplicate: { kind: 'ambiguous-spec', description: 'one name or one member twice' },
      Empty: { kind: 'ambiguous-spec', description: 'no entry', links: ['OMA#494'] },
      Root: { kind: 'malformed', description: 'the payload is not an object with entries' },
      NotJson: { kind: 'malformed', description: 'text that is no JSON' },
      TrailingData: { kind: 'malformed', description: 'text after the object' },
      Truncated: { kind: 'malformed', description: 'the payload ends inside the object' },
      FormatNumber: { kind: 'version', description: 'other numbers, other versions' },
      NotEncodable: { kind: 'limit', description: 'values that have no JSON' },
    },
    models: ['test', 'device', 'server', 'temp', 'links', 'access', 'core'],
  },
  ({ group }) => {
    shared(group);
    naming(group);
    numbers(group);
    others(group);
    times(group);
    structure(group);
  },
);
