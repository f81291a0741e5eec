import { accept, family, reject } from '../lib/family.mjs';
import { boolean, corelnk, float, integer, objlnk, opaque, string, time, unsigned } from '../lib/values.mjs';
import { SINGLE } from '../lib/shared.mjs';
import * as c from '../emit/cbor.mjs';
import { BAD_TEXT, ILL_FORMED, NO_VALUE } from './cbor/items.mjs';

const BASE = '/3442/0';
const CONTEXT = { model: 'test', path: `${BASE}/120`, operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
const SPEC = ['core-1.2.2 7.5.3 MUST', 'core-1.1.1 7.4.3 MUST'];
const at = (/** @type {number} */ id) => `${BASE}/${id}`;
const [STRING, INTEGER, UNSIGNED, FLOAT, BOOLEAN, OPAQUE, TIME, OBJLNK, CORELNK] =
  /** @type {[string, string, string, string, string, string, string, string, string]} */ (
    [110, 120, 125, 130, 140, 150, 160, 170, 180].map(at)
  );
/** @param {string} error @param {...string} alsoAccept */
const refuse = (error, ...alsoAccept) => ({
  class: error,
  ...(alsoAccept.length ? { alsoAccept } : {}),
  coapCode: ['4.00'],
});

/** @typedef {(id: string, description: string, defaults: import('../lib/family.mjs').GroupDefaults, write: (v: any) => void) => void} Group */

/** @param {Group} group */
function shared(group) {
  group(
    'shared-single',
    'Values that other formats carry too',
    { context: CONTEXT, flags: ['Basic'], spec: SPEC },
    (v) => {
      for (const [id, { comment, path, nodes }] of Object.entries(SINGLE)) {
        const node = nodes[0];
        if (!node) continue;
        const others = c.otherItems(node).map(({ item, why }) => ({ payload: item, why }));
        if (node.type === 'time') others.push({ payload: c.tag(1, c.int(String(node.value))), why: 'tag 1' });
        v.valid(`single-${id}`, comment, {
          context: { path },
          payload: c.valueItem(node),
          nodes,
          equivalent: id,
          ...(others.length ? { encode: 'any-listed', encodings: others } : { encode: 'bytes' }),
        });
      }
    },
  );
}

/** @param {Group} group */
function integers(group) {
  group(
    'integer',
    'Integers at each size of the head',
    { context: CONTEXT, flags: ['IntegerHead'], spec: [...SPEC, 'rfc8949 3.1 MUST'] },
    (v) => {
      for (const value of [
        10,
        23,
        24,
        25,
        255,
        256,
        1000,
        65535,
        65536,
        86400,
        4294967295,
        4294967296,
        -10,
        -24,
        -25,
        -256,
        -257,
        -300,
        -65536,
        -65537,
        -4294967296,
        -4294967297,
        '9007199254740992',
        '-9007199254740993',
      ])
        v.valid(`integer-${String(value).replace('-', 'minus-')}`, `${value}`, {
          payload: c.int(value),
          nodes: [integer(INTEGER, value)],
          encode: 'bytes',
          ...(String(value).length > 15 ? { flags: ['Int64'] } : {}),
        });
      for (const [value, width] of /** @type {const} */ ([
        [5, 1],
        [5, 2],
        [5, 4],
        [5, 8],
        [24, 2],
        [-1, 1],
        [-1, 8],
        [256, 4],
      ]))
        v.acceptable(
          `integer-long-head-${String(value).replace('-', 'minus-')}-${width}`,
          `${value} with ${width} bytes of argument`,
          {
            payload: c.int(value, width),
            flags: ['LongHead'],
            spec: ['rfc8949 4.1 inferred'],
            outcomes: [
              accept([integer(INTEGER, value)], 'well-formed; preferred serialisation is not asked for'),
              reject('not-well-formed', 'a reader of deterministic CBOR'),
            ],
          },
        );
      for (const value of [
        '9223372036854775808',
        '18446744073709551615',
        '-9223372036854775809',
        '-18446744073709551616',
      ])
        v.invalid(
          `integer-beyond-int64-${value.replace('-', 'minus-')}`,
          `${value} has a head but no place in 64 signed bits`,
          {
            payload: c.int(value),
            flags: ['OutOfRange'],
            spec: ['core-1.2.2 C MUST'],
            error: refuse('out-of-range', 'bad-type'),
          },
        );
      for (const value of ['9223372036854775808', '18446744073709551614'])
        v.valid(`unsigned-${value}`, `unsigned ${value}`, {
          context: { path: UNSIGNED },
          payload: c.int(value),
          nodes: [unsigned(UNSIGNED, value)],
          encode: 'bytes',
          flags: ['Int64'],
        });
      for (const value of [-1, '-9223372036854775808'])
        v.invalid(`unsigned-${String(value).replace('-', 'minus-')}`, `${value} for an unsigned integer`, {
          context: { path: UNSIGNED },
          payload: c.int(value),
          flags: ['OutOfRange'],
          spec: ['core-1.2.2 C MUST'],
          error: refuse('out-of-range', 'bad-type'),
        });
      for (const [name, payload] of [
        ['positive', 'c249010000000000000000'],
        ['negative', 'c349010000000000000000'],
      ])
        v.invalid(`bignum-${name}`, `a ${name} bignum of 65 bits`, {
          payload: payload ?? '',
          flags: ['OutOfRange'],
          spec: ['core-1.2.2 C MUST'],
          error: refuse('bad-type', 'out-of-range', 'unsupported'),
        });
      v.acceptable('bignum-small', 'a bignum of five', {
        payload: 'c24105',
        flags: ['Tag'],
        spec: ['rfc8949 3.4.3 inferred'],
        outcomes: [
          accept([integer(INTEGER, 5)], 'the same number'),
          reject(refuse('bad-type', 'unsupported'), 'an Integer is of major type 0 or 1'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function floats(group) {
  group(
    'float',
    'Floats in each width',
    { context: { ...CONTEXT, path: FLOAT }, flags: ['FloatWidth'], spec: [...SPEC, 'rfc8949 3.3 MUST'] },
    (v) => {
      for (const [name, value] of /** @type {[string, number][]} */ ([
        ['0', 0],
        ['1', 1],
        ['21-5', 21.5],
        ['65504', 65504],
        ['min-normal-16', 6.103515625e-5],
        ['min-subnormal-16', 5.960464477539063e-8],
        ['65505', 65505],
        ['pi-32', Math.fround(Math.PI)],
        ['max-32', 3.4028234663852886e38],
        ['min-subnormal-32', 1.401298464324817e-45],
        ['21-3', 21.3],
        ['5e-324', 5e-324],
        ['max-64', 1.7976931348623157e308],
        ['1e22', 1e22],
      ])) {
        const [best = '', ...rest] = c.floatForms(value);
        v.valid(`float-${name}`, `${value}`, {
          payload: best,
          nodes: [float(FLOAT, value)],
          ...(rest.length
            ? {
                encode: 'any-listed',
                encodings: rest.map((payload) => ({
                  payload,
                  why: payload.startsWith('fa') ? 'binary32' : 'binary64',
                })),
              }
            : { encode: 'bytes' }),
        });
      }
      for (const [name, value] of /** @type {[string, number][]} */ ([
        ['minus-0', -0],
        ['infinity', Infinity],
        ['minus-infinity', -Infinity],
        ['nan', NaN],
      ]))
        for (const payload of c.floatForms(value))
          v.valid(
            `float-${name}-${{ f9: 16, fa: 32, fb: 64 }[payload.slice(0, 2)]}`,
            `${name} in ${payload.length / 2 - 1} bytes`,
            { payload, nodes: [float(FLOAT, value)], flags: ['FloatSpecial'] },
          );
      for (const payload of ['f97e01', 'fa7fc00001', 'fbfff8000000000001'])
        v.valid(`nan-payload-${payload}`, 'a NaN with other bits', {
          payload,
          nodes: [float(FLOAT, NaN)],
          flags: ['FloatSpecial'],
        });
      for (const value of [0, 5, -5, 100000])
        v.acceptable(`float-as-integer-${String(value).replace('-', 'minus-')}`, `${value} as an integer for a float`, {
          payload: c.int(value),
          flags: ['NumberKind'],
          spec: ['core-1.2.2 C inferred'],
          outcomes: [
            accept([float(FLOAT, value)], 'the number is the same'),
            reject(refuse('bad-type'), 'a Float is of major type 7'),
          ],
        });
    },
  );
  group(
    'decimal',
    'Tagged fractions',
    { context: { ...CONTEXT, path: FLOAT }, flags: ['Tag'], spec: ['rfc8949 3.4.4 inferred'] },
    (v) => {
      const strict = reject(refuse('bad-type', 'unsupported'), 'no tag is foreseen for a Float');
      for (const [name, exponent, mantissa, value] of /** @type {[string, number, string, number][]} */ ([
        ['273-15', -2, '27315', 273.15],
        ['minus-0-1', -1, '-1', -0.1],
        ['1e22', 22, '1', 1e22],
        ['exact', 0, '7', 7],
      ]))
        v.acceptable(`decimal-${name}`, `decimal fraction ${mantissa}e${exponent}`, {
          payload: c.decimalFraction(exponent, mantissa),
          outcomes: [accept([float(FLOAT, value)], 'correctly rounded'), strict],
        });
      v.acceptable('bigfloat-1-5', 'bigfloat 3 * 2^-1', {
        payload: 'c5822003',
        outcomes: [accept([float(FLOAT, 1.5)], 'exact'), strict],
      });
    },
  );
  group(
    'number-kinds',
    'A number of the other kind',
    { context: CONTEXT, flags: ['NumberKind'], spec: ['core-1.2.2 C MUST'] },
    (v) => {
      for (const [name, payload, value] of /** @type {[string, string, number][]} */ ([
        ['1-0', c.half(1), 1],
        ['minus-2-0-32', c.single(-2), -2],
        ['100-0-64', c.double(100), 100],
      ]))
        v.acceptable(`integer-as-float-${name}`, `${value} as a float for an integer`, {
          payload,
          spec: ['core-1.2.2 C inferred'],
          outcomes: [
            accept([integer(INTEGER, value)], 'the number is the same'),
            reject(refuse('bad-type'), 'an Integer is of major type 0 or 1'),
          ],
        });
      for (const [name, payload] of [
        ['1-5', c.half(1.5)],
        ['nan', c.half(NaN)],
        ['infinity', c.half(Infinity)],
        ['1e300', c.double(1e300)],
      ])
        v.invalid(`integer-as-float-${name}`, `${name} for an integer`, {
          payload: payload ?? '',
          error: refuse('bad-type', 'bad-value', 'out-of-range'),
        });
      v.invalid('unsigned-as-float-minus-1-5', '-1.5 for an unsigned integer', {
        context: { path: UNSIGNED },
        payload: c.half(-1.5),
        error: refuse('bad-type', 'bad-value', 'out-of-range'),
      });
    },
  );
}

/** @param {Group} group */
function strings(group) {
  group(
    'text',
    'Text strings',
    { context: { ...CONTEXT, path: STRING }, flags: ['Text'], spec: [...SPEC, 'rfc8949 3.1 MUST'] },
    (v) => {
      const long = (/** @type {number} */ length) => 'abcdefghijklmnopqrstuvwxyz'.repeat(3000).slice(0, length);
      for (const length of [1, 23, 24, 255, 256, 1024])
        v.valid(`text-${length}`, `a text of ${length} bytes`, {
          payload: c.text(long(length)),
          nodes: [string(STRING, long(length))],
          encode: 'bytes',
        });
      for (const [name, value] of [
        ['nul', 'a\u0000b'],
        ['bom', '\ufeffx'],
        ['newline', 'a\r\nb'],
        ['combining', 'e\u0301'],
        ['digits', '100'],
      ])
        v.valid(`text-${name}`, `text ${JSON.stringify(value)}`, {
          payload: c.text(value ?? ''),
          nodes: [string(STRING, value ?? '')],
          encode: 'bytes',
        });
      v.acceptable('text-long-head', 'a text whose length has a byte too many', {
        payload: c.text('U', 1),
        flags: ['LongHead'],
        spec: ['rfc8949 4.1 inferred'],
        outcomes: [
          accept([string(STRING, 'U')], 'well-formed'),
          reject('not-well-formed', 'a reader of deterministic CBOR'),
        ],
      });
      for (const [name, bytes] of BAD_TEXT)
        v.invalid(`text-utf8-${name}`, `bad UTF-8: ${name}`, {
          payload: bytes ?? '',
          flags: ['BadUtf8'],
          spec: ['rfc8949 3.1 MUST', 'rfc3629 3 MUST'],
          error: refuse('invalid-utf8'),
        });
      v.invalid('text-chunk-splits-character', 'a chunk ends inside a character', {
        payload: '7f61c361a9ff',
        flags: ['BadUtf8', 'Indefinite'],
        spec: ['rfc8949 3.2.3 MUST'],
        error: refuse('invalid-utf8', 'not-well-formed'),
      });
    },
  );
  group(
    'indefinite',
    'Strings in chunks',
    {
      context: { ...CONTEXT, path: STRING },
      flags: ['Indefinite'],
      spec: ['core-1.2.2 7.5.3 MUST', 'rfc8949 3.2.3 MUST'],
    },
    (v) => {
      /** @type {[string, string, string, (path: string) => import('../lib/values.mjs').Node][]} */
      const forms = [
        ['two-chunks', STRING, c.textIndefinite('hel', 'lo'), (path) => string(path, 'hello')],
        ['empty-chunks', STRING, c.textIndefinite('', 'a', '', 'b', ''), (path) => string(path, 'ab')],
        ['no-chunk', STRING, c.textIndefinite(), (path) => string(path, '')],
        ['bytes', OPAQUE, c.bytesIndefinite('0102', '03'), (path) => opaque(path, '010203')],
        ['bytes-no-chunk', OPAQUE, c.bytesIndefinite(), (path) => opaque(path, '')],
      ];
      for (const [name, path, payload, node] of forms) {
        v.valid(`indefinite-server-${name}`, `${name}: a server takes strings of indefinite length`, {
          context: { path, role: 'server' },
          payload,
          nodes: [node(path)],
        });
        v.acceptable(`indefinite-client-${name}`, `${name}: read by a client`, {
          context: { path, role: 'client', operation: 'write-replace' },
          payload,
          spec: ['rfc8949 3.2.3 inferred'],
          outcomes: [
            accept([node(path)], 'well-formed'),
            reject(refuse('unsupported', 'not-well-formed', 'bad-type'), 'small clients do without'),
          ],
        });
      }
    },
  );
  group('opaque', 'Byte strings', { context: { ...CONTEXT, path: OPAQUE }, flags: ['Opaque'], spec: SPEC }, (v) => {
    for (const length of [1, 23, 24, 255, 256]) {
      const bytes = Array.from({ length }, (_, i) => (i & 255).toString(16).padStart(2, '0')).join('');
      v.valid(`bytes-${length}`, `${length} bytes`, {
        payload: c.bytes(bytes),
        nodes: [opaque(OPAQUE, bytes)],
        encode: 'bytes',
      });
    }
    v.valid('bytes-that-are-cbor', 'bytes that would be a map', {
      payload: c.bytes('a10102'),
      nodes: [opaque(OPAQUE, 'a10102')],
      encode: 'bytes',
    });
  });
}

/** @param {Group} group */
function others(group) {
  group('boolean', 'Booleans', { context: { ...CONTEXT, path: BOOLEAN }, flags: ['WrongType'], spec: SPEC }, (v) => {
    for (const [name, payload] of [
      ['0', '00'],
      ['1', '01'],
      ['text', '6474727565'],
      ['null', 'f6'],
      ['bytes', '4101'],
      ['float', 'f93c00'],
    ])
      v.invalid(`boolean-as-${name}`, `${name} for a boolean`, { payload: payload ?? '', error: refuse('bad-type') });
  });
  group(
    'time',
    'Times',
    { context: { ...CONTEXT, path: TIME }, flags: ['TimeTag'], spec: ['core-1.2.2 7.5.3 MUST', 'rfc8949 3.4.2 MUST'] },
    (v) => {
      for (const value of [0, 1367491215, 4294967296, -1])
        v.valid(`time-untagged-${String(value).replace('-', 'minus-')}`, `${value} without a tag`, {
          payload: c.int(value),
          nodes: [time(TIME, value)],
        });
      for (const value of [0, 1367491215, 4294967296, -1])
        v.valid(`time-tag-1-${String(value).replace('-', 'minus-')}`, `${value} under tag 1`, {
          payload: c.tag(1, c.int(value)),
          nodes: [time(TIME, value)],
        });
      for (const [name, text, seconds] of /** @type {[string, string, number][]} */ ([
        ['utc', '2023-11-14T22:13:20Z', 1700000000],
        ['offset', '2023-11-14T23:13:20+01:00', 1700000000],
        ['epoch', '1970-01-01T00:00:00Z', 0],
        ['leap-day', '2024-02-29T12:00:00Z', 1709208000],
      ]))
        v.valid(`time-tag-0-${name}`, `${text} under tag 0`, {
          payload: c.tag(0, c.text(text)),
          nodes: [time(TIME, seconds)],
          spec: ['core-1.2.2 7.5.3 MUST', 'rfc8949 3.4.1 MUST', 'rfc3339 5.6 MUST'],
        });
      v.acceptable('time-tag-0-fraction', 'a fraction of a second', {
        payload: c.tag(0, c.text('2023-11-14T22:13:20.5Z')),
        spec: ['rfc3339 5.6 inferred'],
        outcomes: [
          accept([time(TIME, 1700000000)], 'cut to seconds'),
          reject(refuse('bad-value', 'bad-type'), 'a Time has whole seconds'),
        ],
      });
      v.acceptable('time-tag-0-unknown-offset', 'offset -00:00', {
        payload: c.tag(0, c.text('2023-11-14T22:13:20-00:00')),
        spec: ['rfc3339 4.3 inferred'],
        outcomes: [
          accept([time(TIME, 1700000000)], 'UTC, local offset unknown'),
          reject(refuse('bad-value'), 'not taken by some parsers'),
        ],
      });
      v.acceptable('time-tag-1-float', 'a float under tag 1', {
        payload: c.tag(1, c.double(1700000000)),
        spec: ['rfc8949 3.4.2 inferred'],
        outcomes: [
          accept([time(TIME, 1700000000)], 'whole seconds'),
          reject(refuse('bad-type'), 'a Time is an integer'),
        ],
      });
      for (const [name, text] of [
        ['no-offset', '2023-11-14T22:13:20'],
        ['date-only', '2023-11-14'],
        ['month-13', '2023-13-14T22:13:20Z'],
        ['number', '1700000000'],
        ['empty', ''],
        ['february-30', '2023-02-30T00:00:00Z'],
      ])
        v.invalid(`time-tag-0-bad-${name}`, `${JSON.stringify(text)} under tag 0`, {
          payload: c.tag(0, c.text(text ?? '')),
          flags: ['TimeTag', 'BadTagContent'],
          spec: ['rfc8949 3.4.1 MUST', 'rfc3339 5.6 MUST'],
          error: refuse('bad-value', 'bad-type', 'not-well-formed'),
        });
      for (const [name, item] of [
        ['integer-under-tag-0', c.tag(0, c.int(1700000000))],
        ['text-under-tag-1', c.tag(1, c.text('1700000000'))],
        ['bytes-under-tag-1', c.tag(1, c.bytes('6553f100'))],
      ])
        v.invalid(`time-${name}`, name ?? '', {
          payload: item ?? '',
          flags: ['TimeTag', 'BadTagContent'],
          spec: ['rfc8949 3.4.1 MUST', 'rfc8949 3.4.2 MUST'],
          error: refuse('bad-type', 'bad-value', 'not-well-formed'),
        });
      v.invalid('time-float-1-5', 'a time of one and a half seconds', {
        payload: c.half(1.5),
        spec: ['core-1.2.2 C MUST'],
        flags: ['WrongType'],
        error: refuse('bad-type', 'bad-value'),
      });
    },
  );
  group(
    'objlnk',
    'Object links',
    {
      context: { ...CONTEXT, path: OBJLNK },
      flags: ['ObjectLink'],
      spec: ['core-1.2.2 7.5.3 MUST', 'core-1.2.2 C MUST'],
    },
    (v) => {
      for (const link of ['0:0', '10:0', '65534:65534'])
        v.valid(`objlnk-${link.replace(':', '-')}`, `link ${link}`, {
          payload: c.text(link),
          nodes: [objlnk(OBJLNK, link)],
          encode: 'bytes',
        });
      for (const [name, link] of [
        ['no-instance', '3:'],
        ['no-object', ':0'],
        ['no-colon', '3'],
        ['65536', '65536:0'],
        ['instance-65536', '0:65536'],
        ['negative', '-1:0'],
        ['blank', '3:0 '],
        ['three', '3:0:1'],
        ['hex', 'FFFF:FFFF'],
        ['slash', '/3/0'],
        ['empty', ''],
      ])
        v.invalid(`objlnk-bad-${name}`, `link ${JSON.stringify(link)}`, {
          payload: c.text(link ?? ''),
          error: refuse('bad-value', 'out-of-range'),
        });
      v.acceptable('objlnk-3-65535', 'any instance of object 3', {
        payload: c.text('3:65535'),
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          accept([objlnk(OBJLNK, '3:65535')], 'both parts have 16 bits'),
          reject('bad-value', 'the reserved identifier stands in the null link alone'),
        ],
      });
      v.invalid('objlnk-array', 'a link as an array', { payload: '820300', error: refuse('bad-type') });
      v.invalid('objlnk-bytes', 'a link as the bytes of TLV', {
        payload: c.bytes('00030000'),
        error: refuse('bad-type'),
      });
      v.invalid('objlnk-integer', 'a link as a number', { payload: '03', error: refuse('bad-type') });
      v.acceptable('objlnk-trailing-nul', 'a terminator, seen in the field', {
        payload: c.text('3:0\u0000'),
        flags: ['ObjectLink', 'FieldDeviation'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [reject(refuse('bad-value'), 'no part of a link'), accept([objlnk(OBJLNK, '3:0')], 'tolerated')],
      });
      v.acceptable('objlnk-leading-zero', 'leading zeros', {
        payload: c.text('03:00'),
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          accept([objlnk(OBJLNK, '3:0')], 'the same numbers'),
          reject(refuse('bad-value'), 'not the canonical form'),
        ],
      });
      v.valid('corelnk-two', 'a Corelnk', {
        context: { path: CORELNK },
        payload: c.text('</3/0>,</1/0/1>'),
        nodes: [corelnk(CORELNK, '</3/0>,</1/0/1>')],
        encode: 'bytes',
      });
    },
  );
  group(
    'wrong-type',
    'A value of another type',
    { context: CONTEXT, flags: ['WrongType'], spec: ['core-1.2.2 C MUST', 'core-1.2.2 7.5.3 MUST'] },
    (v) => {
      for (const [name, path, item] of [
        ['text-for-integer', INTEGER, c.text('5')],
        ['bytes-for-integer', INTEGER, '4105'],
        ['true-for-integer', INTEGER, 'f5'],
        ['null-for-integer', INTEGER, 'f6'],
        ['text-for-unsigned', UNSIGNED, c.text('5')],
        ['text-for-float', FLOAT, c.text('1.5')],
        ['true-for-float', FLOAT, 'f5'],
        ['bytes-for-float', FLOAT, '443fc00000'],
        ['null-for-float', FLOAT, 'f6'],
        ['integer-for-string', STRING, '05'],
        ['bytes-for-string', STRING, '4141'],
        ['true-for-string', STRING, 'f5'],
        ['null-for-string', STRING, 'f6'],
        ['text-for-opaque', OPAQUE, c.text('AQI=')],
        ['integer-for-opaque', OPAQUE, '05'],
        ['null-for-opaque', OPAQUE, 'f6'],
        ['text-for-time', TIME, c.text('1700000000')],
        ['true-for-time', TIME, 'f5'],
        ['null-for-time', TIME, 'f6'],
        ['bytes-for-corelnk', CORELNK, c.bytes('3c2f3e')],
        ['integer-for-corelnk', CORELNK, '05'],
      ])
        v.invalid(name, name?.replaceAll('-', ' ') ?? '', {
          context: { path: path ?? '' },
          payload: item ?? '',
          error: refuse('bad-type'),
        });
    },
  );
  group(
    'levels',
    'What has no single value',
    { context: CONTEXT, flags: ['SingleValueOnly'], spec: ['core-1.2.2 7.5.3 MUST', 'core-1.1.1 7.4.3 MUST'] },
    (v) => {
      v.valid('resource-instance', 'a resource instance', {
        context: { path: `${BASE}/1120/3` },
        payload: '05',
        nodes: [integer(`${BASE}/1120/3`, 5)],
        encode: 'bytes',
      });
      v.invalid('multiple-resource', 'a multiple resource', {
        context: { path: `${BASE}/1120` },
        payload: '05',
        error: {
          class: 'unsupported',
          alsoAccept: ['bad-structure', 'bad-type', 'bad-path'],
          coapCode: ['4.00', '4.06', '4.15'],
        },
      });
      v.invalid('object-instance', 'an object instance', {
        context: { path: BASE },
        payload: '05',
        error: {
          class: 'unsupported',
          alsoAccept: ['bad-structure', 'bad-type', 'bad-path'],
          coapCode: ['4.00', '4.06', '4.15'],
        },
      });
      v.invalid('object', 'an object', {
        context: { path: '/3442' },
        payload: '05',
        error: {
          class: 'unsupported',
          alsoAccept: ['bad-structure', 'bad-type', 'bad-path'],
          coapCode: ['4.00', '4.06', '4.15'],
        },
      });
      v.invalid('map-for-instance', 'an object instance as a map', {
        context: { path: BASE },
        payload: 'a1187805',
        error: {
          class: 'unsupported',
          alsoAccept: ['bad-structure', 'bad-type', 'bad-path'],
          coapCode: ['4.00', '4.06', '4.15'],
        },
      });
      for (const [name, path, nodes] of /** @type {[string, string, import('../lib/values.mjs').Node[]][]} */ ([
        ['multiple', `${BASE}/1120`, [integer(`${BASE}/1120/0`, 1), integer(`${BASE}/1120/1`, 2)]],
        ['instance', BASE, [integer(INTEGER, 1), string(STRING, 'a')]],
        ['nothing', INTEGER, []],
      ]))
        v.refuses(`encode-${name}`, `${name} cannot be one item`, { context: { path }, nodes, error: 'not-encodable' });
    },
  );
}

/** @param {Group} group */
function malformed(group) {
  group(
    'not-well-formed',
    'No CBOR',
    { context: CONTEXT, flags: ['NotWellFormed'], spec: ['rfc8949 3 MUST', 'rfc8949 F MUST'] },
    (v) => {
      for (const { name, comment, item, error } of ILL_FORMED)
        v.invalid(name, comment, { payload: item, error: { ...error, coapCode: ['4.00'] } });
    },
  );
  group(
    'no-value',
    'Items that are no value',
    { context: CONTEXT, flags: ['NoValue'], spec: ['core-1.2.2 7.5.3 MUST'] },
    (v) => {
      for (const { name, comment, item, error } of NO_VALUE)
        v.invalid(`value-${name}`, comment, { payload: item, error: { ...error, coapCode: ['4.00'] } });
      v.acceptable('self-described', 'tag 55799 in front', {
        payload: 'd9d9f705',
        flags: ['Tag'],
        spec: ['rfc8949 3.4.6 inferred'],
        outcomes: [
          accept([integer(INTEGER, 5)], 'the tag changes nothing'),
          reject(refuse('bad-type', 'unsupported'), 'no tag is foreseen'),
        ],
      });
      v.acceptable('unknown-tag', 'tag 1000 in front', {
        payload: 'd903e805',
        flags: ['Tag'],
        spec: ['rfc8949 5.2.1 inferred'],
        outcomes: [
          reject(refuse('bad-type', 'unsupported'), 'meaning unknown'),
          accept([integer(INTEGER, 5)], 'unknown tags may be passed over'),
        ],
      });
    },
  );
  group('truncated', 'Cut items', { context: CONTEXT, flags: ['Truncated'], spec: ['rfc8949 3 MUST'] }, (v) => {
    const cut = refuse('truncated', 'not-well-formed');
    v.invalid('empty', 'no byte at all', { payload: '', error: refuse('truncated', 'bad-structure') });
    const items = /** @type {[string, string, string][]} */ ([
      ['uint8', INTEGER, '18ff'],
      ['uint16', INTEGER, '190100'],
      ['uint32', INTEGER, '1a00010000'],
      ['uint64', INTEGER, '1b0000000100000000'],
      ['half', FLOAT, 'f93c00'],
      ['single', FLOAT, 'fa3fc00000'],
      ['text', STRING, '63616263'],
      ['bytes', OPAQUE, '43010203'],
    ]);
    for (const [name, path, item] of items)
      for (const length of new Set([1, item.length / 2 - 1]))
        v.invalid(`cut-${name}-${length}`, `${length} of the ${item.length / 2} bytes of ${item}`, {
          context: { path },
          payload: item.slice(0, 2 * length),
          error: cut,
        });
    for (const length of [1, 2, 3, 4, 5, 6, 7, 8])
      v.invalid(`cut-double-${length}`, `${length} of the 9 bytes of a double`, {
        context: { path: FLOAT },
        payload: 'fb40354ccccccccccd'.slice(0, 2 * length),
        error: cut,
      });
    for (const [name, path, payload] of [
      ['chunks-without-break', STRING, '7f6161'],
      ['indefinite-text-nothing', STRING, '7f'],
      ['tag-alone', TIME, 'c1'],
      ['length-2p63', STRING, '7b7fffffffffffffff61'],
      ['length-2p64-bytes', OPAQUE, '5bffffffffffffffff00'],
      ['length-2p32', STRING, '7affffffff6161'],
    ])
      v.invalid(`cut-${name}`, name?.replaceAll('-', ' ') ?? '', {
        context: { path: path ?? '' },
        payload: payload ?? '',
        error: cut,
      });
  });
  group(
    'trailing',
    'More than one item',
    { context: CONTEXT, flags: ['TrailingData'], spec: ['core-1.2.2 7.5.3 MUST', 'rfc8949 5.3.1 SHOULD'] },
    (v) => {
      const more = refuse('trailing-data', 'bad-structure', 'not-well-formed');
      for (const [name, payload] of [
        ['zero', '0500'],
        ['two-integers', '0506'],
        ['break', '05ff'],
        ['half-item', '0518'],
        ['newline', '050a'],
        ['null', '05f6'],
      ])
        v.invalid(`trailing-${name}`, `an integer, then ${name}`, { payload: payload ?? '', error: more });
      v.invalid('trailing-text', 'a text, then a byte', { context: { path: STRING }, payload: '615500', error: more });
      v.invalid('trailing-float', 'a float, then a byte', {
        context: { path: FLOAT },
        payload: 'f93c0000',
        error: more,
      });
    },
  );
}

export default family(
  {
    format: 'cbor',
    contentFormat: 60,
    header: ['One CBOR item for one value: Core 1.1.1 §7.4.3, Core 1.2.2 §7.5.3; values Appendix C; RFC 8949.'],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      IntegerHead: { kind: 'numeric', description: 'each size of the argument' },
      LongHead: { kind: 'ambiguous-spec', description: 'a longer argument than needed: well-formed, not preferred' },
      Int64: {
        kind: 'numeric',
        description: 'exact beyond 2^53',
        effect: 'a decoder that goes through a double loses the last digits',
      },
      OutOfRange: { kind: 'limit', description: 'a number beyond the type' },
      FloatWidth: { kind: 'numeric', description: 'binary16, 32 and 64' },
      FloatSpecial: { kind: 'numeric', description: 'infinities, NaN, negative zero' },
      NumberKind: { kind: 'type-mismatch', description: 'integer for float and float for integer' },
      Tag: { kind: 'ambiguous-spec', description: 'tags that LwM2M does not name' },
      TimeTag: { kind: 'edge', description: 'tags 0 and 1', links: ['OMA#537'] },
      BadTagContent: { kind: 'malformed', description: 'a tag around what it does not allow' },
      Text: { kind: 'unicode', description: 'text strings; lengths count bytes' },
      BadUtf8: { kind: 'unicode', description: 'text that is no UTF-8' },
      Indefinite: { kind: 'edge', description: 'strings of indefinite length' },
      Opaque: { kind: 'basic', description: 'byte strings' },
      ObjectLink: { kind: 'edge', description: 'object links as text' },
      FieldDeviation: { kind: 'interop-deviation', description: 'seen from real implementations' },
      WrongType: { kind: 'type-mismatch', description: 'an item of another type than the resource' },
      SingleValueOnly: {
        kind: 'path',
        description: 'the format carries one value of one resource',
        links: ['OMA#585'],
      },
      NotWellFormed: { kind: 'malformed', description: 'bytes that are no CBOR' },
      NoValue: { kind: 'malformed', description: 'CBOR that is no value' },
      Truncated: { kind: 'malformed', description: 'the payload ends inside an item' },
      TrailingData: { kind: 'malformed', description: 'bytes after the item' },
    },
    models: ['test'],
  },
  ({ group }) => {
    shared(group);
    integers(group);
    floats(group);
    strings(group);
    others(group);
    malformed(group);
  },
);
