/** One value of each data type at its edges, in one record. */
import { accept, reject } from '../../lib/family.mjs';
import { corelnk, float, integer, objlnk, opaque, string, time, unsigned } from '../../lib/values.mjs';
import { SEVERAL, SINGLE } from '../../lib/shared.mjs';
import * as c from '../../emit/cbor.mjs';
import { inBase, inName, pack, split, underBase } from '../../emit/senml-cbor.mjs';
import { BAD_TEXT } from '../cbor/items.mjs';

export const BASE = '/3442/0';
export const CONTEXT = { model: 'test', path: BASE, operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
export const SPEC = ['core-1.2.2 7.5.7 MUST', 'core-1.1.1 7.4.6 MUST', 'rfc8428 6 MUST'];
export const [STRING, INTEGER, UNSIGNED, FLOAT, BOOLEAN, OPAQUE, TIME, OBJLNK, CORELNK] =
  /** @type {[string, string, string, string, string, string, string, string, string]} */ (
    [110, 120, 125, 130, 140, 150, 160, 170, 180].map((id) => `${BASE}/${id}`)
  );
/** @param {string} error @param {...string} alsoAccept */
export const refuse = (error, ...alsoAccept) => ({
  class: error,
  ...(alsoAccept.length ? { alsoAccept } : {}),
  coapCode: ['4.00'],
});
const slug = (/** @type {unknown} */ value) => String(value).replace('-', 'minus-');

/** @typedef {import('../cbor.mjs').Group} Group */

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
          payload: pack(inName(node)),
          nodes,
          equivalent: id,
          encode: 'semantic',
          encodings: [
            { payload: pack(inBase(node)), why: 'full path in the base name' },
            { payload: pack(split(node)), why: 'base name then name' },
            ...c.otherItems(node).map(({ item, why }) => ({ payload: pack(inName(node, item)), why })),
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
          payload: pack(...underBase(`${path}/`, nodes)),
          nodes,
          equivalent: id,
          encode: 'semantic',
          encodings: [
            { payload: pack(...nodes.map((node) => inName(node))), why: 'no base name' },
            { payload: pack(...nodes.map((node) => split(node))), why: 'a base name in each record' },
          ],
        });
    },
  );
}

/** @param {Group} group */
function numbers(group) {
  group('integer', 'Integers', { context: { ...CONTEXT, path: INTEGER }, flags: ['IntegerHead'], spec: SPEC }, (v) => {
    for (const value of [
      23,
      24,
      255,
      256,
      65535,
      65536,
      4294967295,
      4294967296,
      -24,
      -25,
      -256,
      -257,
      -65537,
      -4294967297,
      '9007199254740992',
      '-9007199254740993',
    ])
      v.valid(`integer-${slug(value)}`, `${value}`, {
        payload: pack(inName(integer(INTEGER, value))),
        nodes: [integer(INTEGER, value)],
        encode: 'semantic',
        ...(String(value).length > 15 ? { flags: ['Int64'] } : {}),
      });
    for (const [value, width] of /** @type {const} */ ([
      [5, 1],
      [5, 2],
      [5, 4],
      [5, 8],
      [-1, 4],
    ]))
      v.acceptable(`integer-long-head-${slug(value)}-${width}`, `${value} with ${width} bytes of argument`, {
        payload: pack({ n: INTEGER, v: c.int(value, width) }),
        flags: ['LongHead'],
        spec: ['rfc8949 4.1 inferred'],
        outcomes: [
          accept([integer(INTEGER, value)], 'well-formed'),
          reject(refuse('not-well-formed'), 'a reader of deterministic CBOR'),
        ],
      });
    for (const value of [
      '9223372036854775808',
      '18446744073709551615',
      '-9223372036854775809',
      '-18446744073709551616',
    ])
      v.invalid(`integer-beyond-int64-${slug(value)}`, `${value} has a head but no place in 64 signed bits`, {
        payload: pack({ n: INTEGER, v: c.int(value) }),
        flags: ['OutOfRange'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('out-of-range', 'bad-type', 'bad-value'),
      });
    v.invalid('unsigned-minus-1', '-1 for an unsigned integer', {
      context: { path: UNSIGNED },
      payload: pack({ n: UNSIGNED, v: c.int(-1) }),
      flags: ['OutOfRange'],
      spec: ['core-1.2.2 C MUST'],
      error: refuse('out-of-range', 'bad-type', 'bad-value'),
    });
    v.valid('unsigned-2p63', '2^63', {
      context: { path: UNSIGNED },
      payload: pack({ n: UNSIGNED, v: c.int('9223372036854775808') }),
      nodes: [unsigned(UNSIGNED, '9223372036854775808')],
      flags: ['Int64'],
      encode: 'semantic',
    });
    for (const [name, item] of [
      ['positive', 'c249010000000000000000'],
      ['negative', 'c349010000000000000000'],
    ])
      v.invalid(`bignum-${name}`, `a ${name} bignum of 65 bits`, {
        payload: pack({ n: INTEGER, v: item ?? '' }),
        flags: ['OutOfRange'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('bad-type', 'out-of-range', 'bad-value', 'unsupported'),
      });
    for (const [name, item, value] of /** @type {[string, string, number][]} */ ([
      ['1-0', c.half(1), 1],
      ['100-0-64', c.double(100), 100],
    ]))
      v.acceptable(`integer-as-float-${name}`, `${value} as a float`, {
        payload: pack({ n: INTEGER, v: item }),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          accept([integer(INTEGER, value)], 'the number is the same'),
          reject(refuse('bad-type', 'bad-value'), 'an Integer is of major type 0 or 1'),
        ],
      });
    for (const [name, item] of [
      ['1-5', c.half(1.5)],
      ['double-1-5', c.double(1.5)],
      ['nan', c.half(NaN)],
      ['infinity', c.half(Infinity)],
      ['1e300', c.double(1e300)],
    ])
      v.invalid(`integer-as-float-${name}`, `${name} for an integer`, {
        payload: pack({ n: INTEGER, v: item ?? '' }),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('bad-type', 'bad-value', 'out-of-range'),
      });
  });
  group('float', 'Floats', { context: { ...CONTEXT, path: FLOAT }, flags: ['FloatWidth'], spec: SPEC }, (v) => {
    for (const [name, value] of /** @type {[string, number][]} */ ([
      ['0', 0],
      ['65504', 65504],
      ['min-normal-16', 6.103515625e-5],
      ['min-subnormal-16', 5.960464477539063e-8],
      ['65505', 65505],
      ['pi-32', Math.fround(Math.PI)],
      ['max-32', 3.4028234663852886e38],
      ['21-3', 21.3],
      ['5e-324', 5e-324],
      ['max-64', 1.7976931348623157e308],
    ])) {
      const node = float(FLOAT, value);
      const others = c.otherItems(node).map(({ item, why }) => ({ payload: pack(inName(node, item)), why }));
      v.valid(`float-${name}`, `${value}`, {
        payload: pack(inName(node)),
        nodes: [node],
        encode: 'semantic',
        ...(others.length ? { encodings: others } : {}),
      });
    }
    for (const [name, value] of /** @type {[string, number][]} */ ([
      ['minus-0', -0],
      ['infinity', Infinity],
      ['minus-infinity', -Infinity],
      ['nan', NaN],
    ]))
      for (const item of c.floatForms(value).slice(0, 2))
        v.valid(
          `float-${name}-${{ f9: 16, fa: 32, fb: 64 }[item.slice(0, 2)]}`,
          `${name} in ${item.length / 2 - 1} bytes`,
          { payload: pack({ n: FLOAT, v: item }), nodes: [float(FLOAT, value)], flags: ['FloatSpecial'] },
        );
    v.valid('float-nan-payload', 'a NaN with other bits', {
      payload: pack({ n: FLOAT, v: 'f97e01' }),
      nodes: [float(FLOAT, NaN)],
      flags: ['FloatSpecial'],
    });
    for (const value of [0, 100, -5])
      v.valid(`float-as-integer-${slug(value)}`, `${value} as an integer: any number of SenML will do`, {
        payload: pack({ n: FLOAT, v: c.int(value) }),
        nodes: [float(FLOAT, value)],
        flags: ['NumberKind'],
        spec: ['rfc8428 6 MUST'],
      });
    for (const [name, exponent, mantissa, value] of /** @type {[string, number, string, number][]} */ ([
      ['273-15', -2, '27315', 273.15],
      ['minus-0-1', -1, '-1', -0.1],
      ['1e22', 22, '1', 1e22],
      ['exponent-minus-20', -20, '15', 1.5e-19],
      ['17-digits', -16, '12345678901234567', 1.2345678901234567],
    ]))
      v.valid(`decimal-${name}`, `decimal fraction ${mantissa}e${exponent}, correctly rounded`, {
        payload: pack({ n: FLOAT, v: c.decimalFraction(exponent, mantissa) }),
        nodes: [float(FLOAT, value)],
        flags: ['DecimalFraction'],
        spec: ['rfc8428 6 MUST', 'rfc8949 3.4.4 MUST'],
      });
    v.acceptable('bigfloat-1-5', 'bigfloat 3 * 2^-1', {
      payload: pack({ n: FLOAT, v: 'c5822003' }),
      flags: ['Tag'],
      spec: ['rfc8428 6 inferred'],
      outcomes: [
        accept([float(FLOAT, 1.5)], 'exact'),
        reject(refuse('bad-type', 'unsupported'), 'only tag 4 is named'),
      ],
    });
    for (const [name, item] of [
      ['text', c.text('1.5')],
      ['true', 'f5'],
      ['bytes', '443fc00000'],
    ])
      v.invalid(`float-as-${name}`, `${name} under label 2`, {
        payload: pack({ n: FLOAT, v: item ?? '' }),
        flags: ['WrongType'],
        error: refuse('bad-type'),
      });
  });
}

/** @param {Group} group */
function strings(group) {
  group('text', 'Texts', { context: { ...CONTEXT, path: STRING }, flags: ['Text'], spec: SPEC }, (v) => {
    for (const length of [23, 24, 255, 256])
      v.valid(`text-${length}`, `a text of ${length} bytes`, {
        payload: pack(inName(string(STRING, 'x'.repeat(length)))),
        nodes: [string(STRING, 'x'.repeat(length))],
        encode: 'semantic',
      });
    for (const [name, value] of [
      ['nul', 'a\u0000b'],
      ['newline', 'a\r\nb'],
      ['combining', 'e\u0301'],
      ['digits', '100'],
    ])
      v.valid(`text-${name}`, `text ${JSON.stringify(value)}`, {
        payload: pack(inName(string(STRING, value ?? ''))),
        nodes: [string(STRING, value ?? '')],
        encode: 'semantic',
      });
    for (const [name, item] of BAD_TEXT)
      v.invalid(`text-utf8-${name}`, `bad UTF-8: ${name}`, {
        payload: pack({ n: STRING, vs: item ?? '' }),
        flags: ['BadUtf8'],
        spec: ['rfc8949 3.1 MUST', 'rfc3629 3 MUST'],
        error: refuse('invalid-utf8'),
      });
    v.invalid('name-utf8', 'bad UTF-8 in a name', {
      payload: pack({ n: { raw: '62c328' }, vs: c.text('a') }),
      flags: ['BadUtf8'],
      spec: ['rfc8949 3.1 MUST'],
      error: refuse('invalid-utf8', 'bad-path'),
    });
    /** @type {[string, string, Record<string, string>, import('../../lib/values.mjs').Node][]} */
    const chunks = [
      ['text', STRING, { vs: c.textIndefinite('Aa', 'B') }, string(STRING, 'AaB')],
      ['text-empty', STRING, { vs: c.textIndefinite() }, string(STRING, '')],
      ['bytes', OPAQUE, { vd: c.bytesIndefinite('01', '0203') }, opaque(OPAQUE, '010203')],
    ];
    for (const [name, path, field, node] of chunks)
      v.acceptable(`indefinite-${name}`, `${name} in chunks`, {
        context: { path },
        payload: pack({ n: path, ...field }),
        flags: ['Indefinite'],
        spec: ['rfc8428 6 inferred', 'rfc8949 3.2.3 inferred'],
        outcomes: [
          accept([node], 'well-formed'),
          reject(refuse('unsupported', 'bad-type', 'not-well-formed'), 'small readers do without'),
        ],
      });
    v.acceptable('indefinite-name', 'a name in chunks', {
      payload: pack({ n: { raw: c.textIndefinite('/3442/0', '/110') }, vs: c.text('a') }),
      flags: ['Indefinite'],
      spec: ['rfc8949 3.2.3 inferred'],
      outcomes: [
        accept([string(STRING, 'a')], 'well-formed'),
        reject(refuse('unsupported', 'bad-type', 'not-well-formed'), 'small readers do without'),
      ],
    });
    v.invalid('chunk-splits-character', 'a chunk ends inside a character', {
      payload: pack({ n: STRING, vs: '7f61c361a9ff' }),
      flags: ['BadUtf8', 'Indefinite'],
      spec: ['rfc8949 3.2.3 MUST'],
      error: refuse('invalid-utf8', 'not-well-formed', 'unsupported'),
    });
  });
  group('opaque', 'Bytes', { context: { ...CONTEXT, path: OPAQUE }, flags: ['WrongType'], spec: SPEC }, (v) => {
    for (const length of [24, 256]) {
      const bytes = Array.from({ length }, (_, i) => (i & 255).toString(16).padStart(2, '0')).join('');
      v.valid(`bytes-${length}`, `${length} bytes`, {
        payload: pack(inName(opaque(OPAQUE, bytes))),
        nodes: [opaque(OPAQUE, bytes)],
        encode: 'semantic',
        flags: ['Basic'],
      });
    }
    v.invalid('data-as-text', 'base64 text under label 8', {
      payload: pack({ n: OPAQUE, vd: c.text('AQID') }),
      error: refuse('bad-type'),
    });
    v.invalid('data-under-string-label', 'bytes under label 3', {
      payload: pack({ n: OPAQUE, vs: c.bytes('010203') }),
      error: refuse('bad-type'),
    });
    v.invalid('string-under-data-label', 'text for a string under label 8', {
      context: { path: STRING },
      payload: pack({ n: STRING, vd: c.text('abc') }),
      error: refuse('bad-type'),
    });
    v.acceptable('data-under-vs', 'base64 text under label 3 for an opaque', {
      payload: pack({ n: OPAQUE, vs: c.text('AQID') }),
      spec: ['core-1.2.2 C inferred'],
      outcomes: [
        reject(refuse('bad-type'), 'an Opaque stands under vd'),
        accept([opaque(OPAQUE, '010203')], 'as in OMA JSON'),
      ],
    });
  });
}

/** @param {Group} group */
function others(group) {
  group('boolean', 'Booleans', { context: { ...CONTEXT, path: BOOLEAN }, flags: ['WrongType'], spec: SPEC }, (v) => {
    for (const [name, item] of [
      ['0', '00'],
      ['1', '01'],
      ['null', 'f6'],
      ['undefined', 'f7'],
      ['simple-0', 'e0'],
      ['text', '6474727565'],
    ])
      v.invalid(`boolean-as-${name}`, `${name} under label 4`, {
        payload: pack({ n: BOOLEAN, vb: item ?? '' }),
        error: refuse('bad-type'),
      });
    v.invalid('boolean-under-v', 'true under label 2', {
      payload: pack({ n: BOOLEAN, v: c.TRUE }),
      error: refuse('bad-type'),
    });
    v.invalid('number-under-vb-resource', 'a number under label 2 for a boolean', {
      payload: pack({ n: BOOLEAN, v: '01' }),
      error: refuse('bad-type'),
    });
  });
  group(
    'time-values',
    'Times as values',
    { context: { ...CONTEXT, path: TIME }, flags: ['TimeTag'], spec: SPEC },
    (v) => {
      for (const value of [0, 1367491215, 4294967296, -86400])
        v.valid(`time-${slug(value)}`, `${value}`, {
          payload: pack(inName(time(TIME, value))),
          nodes: [time(TIME, value)],
          encode: 'semantic',
          flags: ['Basic'],
        });
      const either = (/** @type {number} */ seconds, /** @type {string} */ why) => [
        accept([time(TIME, seconds)], why),
        reject(refuse('bad-type', 'unsupported'), 'SenML has numbers under label 2'),
      ];
      v.acceptable('time-tag-1', 'tag 1', {
        payload: pack({ n: TIME, v: c.tag(1, c.int(1367491215)) }),
        spec: ['core-1.2.2 7.5.7 inferred'],
        outcomes: either(1367491215, 'sent by some'),
      });
      v.acceptable('time-tag-0', 'tag 0', {
        payload: pack({ n: TIME, v: c.tag(0, c.text('2023-11-14T22:13:20Z')) }),
        spec: ['core-1.2.2 7.5.7 inferred'],
        outcomes: either(1700000000, 'a date is a time'),
      });
      v.acceptable('time-float', 'a whole float', {
        payload: pack({ n: TIME, v: c.double(1700000000) }),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: either(1700000000, 'the number is the same'),
      });
      v.invalid('time-1-5', 'one and a half seconds', {
        payload: pack({ n: TIME, v: c.half(1.5) }),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C MUST'],
        error: refuse('bad-type', 'bad-value'),
      });
      v.invalid('time-text', 'a number as text', {
        payload: pack({ n: TIME, vs: c.text('1700000000') }),
        flags: ['WrongType'],
        error: refuse('bad-type'),
      });
    },
  );
  group('objlnk', 'Object links', { context: { ...CONTEXT, path: OBJLNK }, flags: ['ObjectLink'], spec: SPEC }, (v) => {
    for (const link of ['0:0', '66:0', '65534:65534'])
      v.valid(`objlnk-${link.replace(':', '-')}`, `link ${link}`, {
        payload: pack(inName(objlnk(OBJLNK, link))),
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
      v.invalid(`objlnk-bad-${name}`, `link ${JSON.stringify(link)}`, {
        payload: pack({ n: OBJLNK, vlo: c.text(link ?? '') }),
        error: refuse('bad-value', 'out-of-range'),
      });
    v.invalid('objlnk-trailing-nul', 'a terminator', {
      payload: pack({ n: OBJLNK, vlo: c.text('3:0\u0000') }),
      error: refuse('bad-value', 'out-of-range'),
    });
    v.acceptable('objlnk-3-65535', 'any instance of object 3', {
      payload: pack({ n: OBJLNK, vlo: c.text('3:65535') }),
      spec: ['core-1.2.2 C inferred'],
      outcomes: [
        accept([objlnk(OBJLNK, '3:65535')], 'both parts have 16 bits'),
        reject('bad-value', 'the reserved identifier stands in the null link alone'),
      ],
    });
    v.invalid('objlnk-array', 'an array of two numbers', {
      payload: pack({ n: OBJLNK, vlo: '820300' }),
      error: refuse('bad-type'),
    });
    v.invalid('objlnk-as-number', 'a number', { payload: pack({ n: OBJLNK, vlo: '03' }), error: refuse('bad-type') });
    v.acceptable('objlnk-printed-hex', 'FFFF:FFFF, as a SenML example prints the null link', {
      payload: pack({ n: OBJLNK, vlo: c.text('FFFF:FFFF') }),
      spec: ['core-1.2.2 C inferred'],
      outcomes: [
        reject(refuse('bad-value', 'out-of-range'), 'Table C-2 writes decimal numbers'),
        accept([objlnk(OBJLNK, '65535:65535')], 'printed so'),
      ],
      erratum: { ref: 'Core 1.1.1 §7.4.5 example', form: 'printed', pair: 'single-objlnk-null' },
    });
    v.acceptable('objlnk-under-vs', 'a link under label 3', {
      payload: pack({ n: OBJLNK, vs: c.text('3:0') }),
      flags: ['ObjectLinkLabel'],
      spec: ['core-1.2.2 7.5.7 inferred'],
      outcomes: [
        accept([objlnk(OBJLNK, '3:0')], 'sent by a widespread implementation'),
        reject(refuse('bad-type'), 'a link stands under vlo'),
      ],
    });
    v.acceptable('objlnk-under-vd', 'the four bytes of TLV under label 8', {
      payload: pack({ n: OBJLNK, vd: c.bytes('00030000') }),
      flags: ['ObjectLinkLabel'],
      spec: ['core-1.2.2 7.5.7 inferred'],
      outcomes: [reject(refuse('bad-type'), 'a link stands under vlo'), accept([objlnk(OBJLNK, '3:0')], 'as in TLV')],
    });
    v.valid('corelnk-two', 'a Corelnk under label 3', {
      context: { path: CORELNK },
      payload: pack(inName(corelnk(CORELNK, '</3/0>,</1/0/1>'))),
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
      for (const [name, path, field] of /** @type {[string, string, Record<string, string>][]} */ ([
        ['string-for-integer', INTEGER, { vs: c.text('5') }],
        ['boolean-for-integer', INTEGER, { vb: c.TRUE }],
        ['data-for-integer', INTEGER, { vd: c.bytes('05') }],
        ['number-for-string', STRING, { v: '05' }],
        ['boolean-for-string', STRING, { vb: c.TRUE }],
        ['number-for-opaque', OPAQUE, { v: '05' }],
        ['number-for-corelnk', CORELNK, { v: '05' }],
        ['number-for-objlnk', OBJLNK, { v: '03' }],
        ['objlnk-for-integer', INTEGER, { vlo: c.text('3:0') }],
        ['boolean-for-float', FLOAT, { vb: c.FALSE }],
      ]))
        v.invalid(`label-${name}`, name.replaceAll('-', ' '), {
          context: { path },
          payload: pack({ n: path, ...field }),
          error: refuse('bad-type'),
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
