import { accept, family, reject } from '../lib/family.mjs';
import {
  behind,
  boolean,
  corelnk,
  emptyInstance,
  emptyMultiple,
  float,
  integer,
  none,
  objlnk,
  opaque,
  string,
  time,
  unsigned,
} from '../lib/values.mjs';
import { EMPTY, SEVERAL, SINGLE } from '../lib/shared.mjs';
import * as c from '../emit/cbor.mjs';
import { flat, idsOf, keyOf, nested, nestedBelow } from '../emit/lwm2m-cbor.mjs';
import { BAD_TEXT, ILL_FORMED, NO_VALUE } from './cbor/items.mjs';

const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any', enabler: ['1.2'] };
const TEST = { model: 'test', path: '/3442/0', operation: 'read', role: 'any', enabler: ['1.2'] };
const SPEC = ['core-1.2.2 7.5.4 MUST'];
const BASE = '/3442/0';
const [STRING, INTEGER, UNSIGNED, FLOAT, BOOLEAN, OPAQUE, TIME, OBJLNK, CORELNK] =
  /** @type {[string, string, string, string, string, string, string, string, string]} */ (
    [110, 120, 125, 130, 140, 150, 160, 170, 180].map((id) => `${BASE}/${id}`)
  );
const BATTERY = [integer('/3/0/9', 100)];
/** @param {string} error @param {...string} alsoAccept */
const refuse = (error, ...alsoAccept) => ({
  class: error,
  ...(alsoAccept.length ? { alsoAccept } : {}),
  coapCode: ['4.00'],
});
const slug = (/** @type {unknown} */ value) => String(value).replace('-', 'minus-');
/** One array key, one item. @param {string} path @param {string} item */
const entry = (path, item) => c.map([keyOf(idsOf(path)), item]);

/** @typedef {(id: string, description: string, defaults: import('../lib/family.mjs').GroupDefaults, write: (v: any) => void) => void} Group */

/** @param {Group} group */
function shared(group) {
  group(
    'shared-single',
    'Values that other formats carry too',
    { context: TEST, flags: ['Basic', 'Layout'], spec: SPEC },
    (v) => {
      for (const [id, { comment, path, nodes }] of Object.entries(SINGLE)) {
        const node = nodes[0];
        if (!node) continue;
        v.valid(`single-${id}`, comment, {
          context: { path },
          payload: flat(nodes),
          nodes,
          equivalent: id,
          encode: 'semantic',
          encodings: [
            { payload: nested(nodes), why: 'one map for each level' },
            { payload: nestedBelow(nodes, 2), why: 'array key down to the instance' },
            ...c.otherItems(node).map(({ item, why }) => ({ payload: entry(path, item), why })),
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
          context: { model, path, operation: 'read', role: 'any', enabler: ['1.2'] },
          payload: nestedBelow(nodes, idsOf(path).length),
          nodes,
          equivalent: id,
          encode: 'semantic',
          encodings: [
            { payload: nested(nodes), why: 'one map for each level' },
            { payload: flat(nodes), why: 'an array key for each value' },
            { payload: nested(nodes, c.mapIndefinite), why: 'maps of indefinite length' },
            {
              payload: nestedBelow(nodes, idsOf(path).length, c.mapIndefinite),
              why: 'array key, maps of indefinite length',
            },
          ],
        });
      for (const [id, { comment, model, path, nodes }] of Object.entries(EMPTY))
        v.valid(`several-${id}`, comment, {
          context: { model, path, operation: 'read', role: 'any', enabler: ['1.2'] },
          payload: nestedBelow(nodes, 3),
          nodes,
          equivalent: id,
          flags: ['EmptyMap'],
        });
    },
  );
}

/** @param {Group} group */
function layouts(group) {
  group('layouts', 'Keys', { context: DEVICE, flags: ['Layout'], spec: SPEC }, (v) => {
    const key = (/** @type {number[]} */ ...ids) => c.array(...ids.map((id) => c.int(id)));
    for (const [name, payload] of [
      ['array-3', 'a1830300091864'],
      ['maps', 'a103a100a1091864'],
      ['array-2', 'a1820300a1091864'],
      ['array-below', 'a103a18200091864'],
      ['arrays-of-one', 'a18103a18100a181091864'],
      ['indefinite-outer', 'bf830300091864ff'],
      ['indefinite-all', 'bf03bf00bf091864ffffff'],
      ['indefinite-key', 'a19f030009ff1864'],
      ['indefinite-key-in-indefinite', 'bf9f030009ff1864ff'],
      ['indefinite-inner', 'a1820300bf091864ff'],
    ])
      v.valid(`layout-${name}`, `/3/0/9, ${(name ?? '').replaceAll('-', ' ')}`, {
        payload: payload ?? '',
        nodes: BATTERY,
        flags: (name ?? '').startsWith('indefinite') ? ['Layout', 'Indefinite'] : ['Layout'],
      });
    const multiple = [integer('/3/0/6/0', 1), integer('/3/0/6/1', 5)];
    for (const [name, payload] of [
      ['nested', c.map([key(3, 0, 6), c.map(['00', '01'], ['01', '05'])])],
      ['flat', c.map([key(3, 0, 6, 0), '01'], [key(3, 0, 6, 1), '05'])],
      ['mixed', c.map([key(3, 0, 6), c.map(['00', '01'])], [key(3, 0, 6, 1), '05'])],
      ['array-below-map', c.map(['03', c.map([key(0, 6), c.map(['00', '01'], ['01', '05'])])])],
      ['arrays-inside', c.map(['03', c.map([key(0, 6, 0), '01'], [key(0, 6, 1), '05'])])],
    ])
      v.valid(`multiple-${name}`, `two resource instances, ${(name ?? '').replaceAll('-', ' ')}`, {
        payload: payload ?? '',
        nodes: multiple,
      });
    v.valid('depths-mixed', 'top-level keys of two depths', {
      payload: c.map([key(3, 0), c.map(['00', c.text('a')])], [key(3, 0, 9), '1864']),
      nodes: [string('/3/0/0', 'a'), ...BATTERY],
    });
    v.valid('instance-in-two-parts', 'one instance under two keys', {
      payload: c.map([key(3, 0), c.map(['09', '1864'])], [key(3, 0, 10), '0f']),
      nodes: [...BATTERY, integer('/3/0/10', 15)],
    });
    v.valid('two-objects', 'two objects', {
      context: { model: 'core', path: '/', operation: 'send', role: 'server' },
      payload: c.map(
        ['01', c.map(['00', c.map(['01', '190258'])])],
        ['03', c.map(['00', c.map(['0e', c.text('+02:00')])])],
      ),
      nodes: [integer('/1/0/1', 600), string('/3/0/14', '+02:00')],
      encode: 'semantic',
    });
    v.valid('two-instances', 'two instances', {
      context: { model: 'temp', path: '/3303' },
      payload: c.map([
        c.int(3303),
        c.map(['00', c.map([c.int(5700), c.half(21.5)])], ['01', c.map([c.int(5700), c.half(22)])]),
      ]),
      nodes: [float('/3303/0/5700', 21.5), float('/3303/1/5700', 22)],
      encode: 'semantic',
    });
    for (const id of [0, 23, 24, 255, 256, 65534])
      v.valid(`resource-id-${id}`, `resource ${id}`, {
        context: { model: 'widths', path: '/42769/0' },
        payload: entry(`/42769/0/${id}`, '07'),
        nodes: [integer(`/42769/0/${id}`, 7)],
        encode: 'semantic',
        flags: ['Basic'],
      });
    for (const id of [24, 256, 65534])
      v.valid(`instance-id-${id}`, `instance ${id}`, {
        context: { model: 'widths', path: '/42769' },
        payload: entry(`/42769/${id}/24`, '07'),
        nodes: [integer(`/42769/${id}/24`, 7)],
        encode: 'semantic',
        flags: ['Basic'],
      });
    v.valid('keys-unordered', 'keys not in ascending order', {
      payload: c.map([key(3, 0, 10), '0f'], [key(3, 0, 9), '1864']),
      nodes: [integer('/3/0/10', 15), ...BATTERY],
    });
    v.acceptable('key-long-head', 'resource 9 in two bytes', {
      payload: 'a183030018091864',
      flags: ['LongHead'],
      spec: ['rfc8949 4.1 inferred'],
      outcomes: [accept(BATTERY, 'well-formed'), reject(refuse('not-well-formed'), 'a reader of deterministic CBOR')],
    });
    v.acceptable('value-long-head', '100 in three bytes', {
      payload: 'a183030009190064',
      flags: ['LongHead'],
      spec: ['rfc8949 4.1 inferred'],
      outcomes: [accept(BATTERY, 'well-formed'), reject(refuse('not-well-formed'), 'a reader of deterministic CBOR')],
    });
  });
  group(
    'levels',
    'Each level of the request path',
    { context: { ...DEVICE, path: '/' }, flags: ['Basic'], spec: SPEC },
    (v) => {
      for (const path of ['/', '/3', '/3/0', '/3/0/6', '/3/0/6/1'])
        v.valid(`level-${path.split('/').filter(Boolean).length}`, `request for ${path}`, {
          context: { path },
          payload: 'a1840300060105',
          nodes: [integer('/3/0/6/1', 5)],
        });
    },
  );
  group(
    'create',
    'Create',
    {
      context: { model: 'temp', path: '/3303', operation: 'create', role: 'client', enabler: ['1.2'] },
      flags: ['Create'],
      spec: ['core-1.2.2 6.3.6 MUST', 'core-1.2.2 7.5.4 MUST'],
    },
    (v) => {
      v.valid('create-with-id', 'instance 0', {
        payload: 'a1190ce7a100a1191644fa41ac0000',
        nodes: [float('/3303/0/5700', 21.5)],
      });
      v.valid('create-without-id', 'instance 65535: the client chooses', {
        payload: 'a1190ce7a119ffffa1191644fa41ac0000',
        nodes: [float('/3303/65535/5700', 21.5)],
      });
      v.acceptable('create-relative', 'keys from the instance on, as 1.2.0 allowed', {
        payload: 'a100a1191644f94d60',
        spec: ['core-1.2.2 7.5.4 inferred'],
        flags: ['Create', 'Relative'],
        outcomes: [
          accept([float('/3303/0/5700', 21.5)], 'below the request path'),
          reject(refuse('outside-base', 'bad-type', 'bad-structure', 'bad-path'), 'keys start with the object'),
        ],
      });
      v.acceptable('write-relative', 'a Write with keys from the resource on', {
        context: { model: 'device', path: '/3/0', operation: 'write-update' },
        payload: c.map(['0e', c.text('+02:00')]),
        spec: ['core-1.2.2 7.5.4 inferred'],
        flags: ['Relative'],
        outcomes: [
          accept([string('/3/0/14', '+02:00')], 'below the request path'),
          reject(refuse('outside-base', 'bad-type', 'bad-structure', 'bad-path'), 'keys start with the object'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function values(group) {
  group(
    'numbers',
    'Integers and floats',
    { context: { ...TEST, path: INTEGER }, flags: ['Number'], spec: ['core-1.2.2 7.5.4 MUST', 'core-1.2.2 C MUST'] },
    (v) => {
      for (const value of [23, 24, 256, 65536, 4294967296, -24, -25, -257, '-9007199254740993', '9007199254740992'])
        v.valid(`integer-${slug(value)}`, `${value}`, {
          payload: entry(INTEGER, c.int(value)),
          nodes: [integer(INTEGER, value)],
          encode: 'semantic',
        });
      for (const value of ['9223372036854775808', '-9223372036854775809'])
        v.invalid(`integer-beyond-int64-${slug(value)}`, `${value}`, {
          payload: entry(INTEGER, c.int(value)),
          flags: ['OutOfRange'],
          error: refuse('out-of-range', 'bad-type', 'bad-value'),
        });
      v.invalid('unsigned-minus-1', '-1 for an unsigned integer', {
        context: { path: UNSIGNED },
        payload: entry(UNSIGNED, c.int(-1)),
        flags: ['OutOfRange'],
        error: refuse('out-of-range', 'bad-type', 'bad-value'),
      });
      v.valid('unsigned-2p63', '2^63', {
        context: { path: UNSIGNED },
        payload: entry(UNSIGNED, c.int('9223372036854775808')),
        nodes: [unsigned(UNSIGNED, '9223372036854775808')],
        encode: 'semantic',
      });
      v.invalid('bignum', 'a bignum of 65 bits', {
        payload: entry(INTEGER, 'c249010000000000000000'),
        flags: ['OutOfRange'],
        error: refuse('bad-type', 'out-of-range', 'unsupported'),
      });
      v.acceptable('integer-as-float', '100.0 for an integer', {
        payload: entry(INTEGER, c.half(100)),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          accept([integer(INTEGER, 100)], 'the number is the same'),
          reject(refuse('bad-type', 'bad-value'), 'an Integer is of major type 0 or 1'),
        ],
      });
      v.invalid('integer-as-1-5', '1.5 for an integer', {
        payload: entry(INTEGER, c.half(1.5)),
        flags: ['NumberKind'],
        error: refuse('bad-type', 'bad-value'),
      });
      for (const [name, value] of /** @type {[string, number][]} */ ([
        ['65504', 65504],
        ['min-subnormal-16', 5.960464477539063e-8],
        ['pi-32', Math.fround(Math.PI)],
        ['21-3', 21.3],
        ['5e-324', 5e-324],
        ['max-64', 1.7976931348623157e308],
      ])) {
        const node = float(FLOAT, value);
        const others = c.otherItems(node).map(({ item, why }) => ({ payload: entry(FLOAT, item), why }));
        v.valid(`float-${name}`, `${value}`, {
          context: { path: FLOAT },
          payload: flat([node]),
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
        v.valid(`float-${name}`, name.replaceAll('-', ' '), {
          context: { path: FLOAT },
          payload: entry(FLOAT, c.half(value)),
          nodes: [float(FLOAT, value)],
          flags: ['FloatSpecial'],
        });
      v.valid('float-as-integer', '5 for a float', {
        context: { path: FLOAT },
        payload: entry(FLOAT, '05'),
        nodes: [float(FLOAT, 5)],
        flags: ['NumberKind'],
      });
      v.acceptable('float-decimal', 'decimal fraction 27315e-2', {
        context: { path: FLOAT },
        payload: entry(FLOAT, c.decimalFraction(-2, 27315)),
        flags: ['Tag'],
        spec: ['core-1.2.2 7.5.4 inferred'],
        outcomes: [
          accept([float(FLOAT, 273.15)], 'correctly rounded'),
          reject(refuse('bad-type', 'unsupported'), 'not in the grammar'),
        ],
      });
    },
  );
  group(
    'other-types',
    'Texts, bytes, booleans, times, links',
    { context: TEST, flags: ['Basic'], spec: ['core-1.2.2 7.5.4 MUST', 'core-1.2.2 C MUST'] },
    (v) => {
      const server = { ...TEST, role: 'server' };
      for (const [
        name,
        path,
        item,
        node,
      ] of /** @type {[string, string, string, import('../lib/values.mjs').Node][]} */ ([
        ['text-chunks', STRING, c.textIndefinite('he', '', 'llo'), string(STRING, 'hello')],
        ['text-no-chunk', STRING, c.textIndefinite(), string(STRING, '')],
        ['bytes-chunks', OPAQUE, c.bytesIndefinite('01', '0203'), opaque(OPAQUE, '010203')],
      ]))
        v.valid(name, name.replace('-', ' in '), {
          context: { ...server, path },
          payload: entry(path, item),
          nodes: [node],
          flags: ['Indefinite'],
          spec: ['core-1.2.2 7.5.4 MUST', 'rfc8949 3.2.3 MUST'],
        });
      for (const [name, item] of BAD_TEXT)
        v.invalid(`text-utf8-${name}`, `bad UTF-8: ${name}`, {
          context: { path: STRING },
          payload: entry(STRING, item ?? ''),
          flags: ['BadUtf8'],
          spec: ['rfc8949 3.1 MUST'],
          error: refuse('invalid-utf8'),
        });
      for (const value of [0, -1, 4294967296])
        v.valid(`time-${slug(value)}`, `time ${value}`, {
          context: { path: TIME },
          payload: entry(TIME, c.int(value)),
          nodes: [time(TIME, value)],
          encode: 'semantic',
        });
      v.valid('time-tag-1', 'tag 1', {
        context: { path: TIME },
        payload: entry(TIME, c.tag(1, c.int(1700000000))),
        nodes: [time(TIME, 1700000000)],
        flags: ['TimeTag'],
      });
      v.valid('time-tag-0', 'tag 0', {
        context: { path: TIME },
        payload: entry(TIME, c.tag(0, c.text('2023-11-14T22:13:20Z'))),
        nodes: [time(TIME, 1700000000)],
        flags: ['TimeTag'],
      });
      v.acceptable('time-float', 'a whole float', {
        context: { path: TIME },
        payload: entry(TIME, c.double(1700000000)),
        flags: ['NumberKind'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          accept([time(TIME, 1700000000)], 'the number is the same'),
          reject(refuse('bad-type'), 'a Time is an integer'),
        ],
      });
      v.invalid('time-tag-0-bad', 'tag 0 around no date', {
        context: { path: TIME },
        payload: entry(TIME, c.tag(0, c.text('yesterday'))),
        flags: ['TimeTag'],
        spec: ['rfc8949 3.4.1 MUST'],
        error: refuse('bad-value', 'bad-type', 'not-well-formed'),
      });
      for (const [name, link] of [
        ['65536', '65536:0'],
        ['no-instance', '3:'],
        ['trailing-nul', '3:0\u0000'],
        ['hex', 'FFFF:FFFF'],
        ['empty', ''],
      ])
        v.invalid(`objlnk-bad-${name}`, `link ${JSON.stringify(link)}`, {
          context: { path: OBJLNK },
          payload: entry(OBJLNK, c.text(link ?? '')),
          flags: ['ObjectLink'],
          error: refuse('bad-value', 'out-of-range'),
        });
      v.invalid('objlnk-array', 'a link as an array', {
        context: { path: OBJLNK },
        payload: entry(OBJLNK, '820300'),
        flags: ['ObjectLink'],
        error: refuse('bad-type', 'bad-structure'),
      });
      v.valid('objlnk-11-0', 'link 11:0', {
        context: { path: OBJLNK },
        payload: entry(OBJLNK, c.text('11:0')),
        nodes: [objlnk(OBJLNK, '11:0')],
        encode: 'semantic',
        flags: ['ObjectLink'],
      });
      for (const [name, path, item] of [
        ['text-for-integer', INTEGER, c.text('5')],
        ['true-for-integer', INTEGER, 'f5'],
        ['bytes-for-integer', INTEGER, '4105'],
        ['integer-for-string', STRING, '05'],
        ['bytes-for-string', STRING, '4141'],
        ['text-for-opaque', OPAQUE, c.text('AQI=')],
        ['integer-for-boolean', BOOLEAN, '01'],
        ['text-for-float', FLOAT, c.text('1.5')],
        ['text-for-time', TIME, c.text('1700000000')],
        ['bytes-for-corelnk', CORELNK, '413c'],
        ['true-for-float', FLOAT, 'f5'],
      ])
        v.invalid(name ?? '', (name ?? '').replaceAll('-', ' '), {
          context: { path },
          payload: entry(path ?? '', item ?? ''),
          flags: ['WrongType'],
          error: refuse('bad-type'),
        });
      v.valid('every-type-multiple', 'instances of several types', {
        payload: c.map([
          '190d72',
          c.map([
            '00',
            c.map(
              [c.int(1110), c.map(['00', c.text('a')], ['07', c.text('')])],
              [c.int(1140), c.map(['00', c.TRUE], ['01', c.FALSE])],
              [c.int(1150), c.map(['00', '4101'])],
            ),
          ]),
        ]),
        nodes: [
          string(`${BASE}/1110/0`, 'a'),
          string(`${BASE}/1110/7`, ''),
          boolean(`${BASE}/1140/0`, true),
          boolean(`${BASE}/1140/1`, false),
          opaque(`${BASE}/1150/0`, '01'),
        ],
        encode: 'semantic',
      });
      v.valid('corelnk-two', 'a Corelnk of two links', {
        context: { path: CORELNK },
        payload: entry(CORELNK, c.text('</3/0>,</1/0/1>')),
        nodes: [corelnk(CORELNK, '</3/0>,</1/0/1>')],
        encode: 'semantic',
      });
    },
  );
  group(
    'null',
    'Null',
    {
      context: { ...DEVICE, model: 'core', path: '/', operation: 'write-composite', role: 'client' },
      flags: ['Null'],
      spec: ['core-1.2.2 7.5.4 MUST'],
    },
    (v) => {
      v.valid('null-resource-instance', 'a resource instance is deleted', {
        payload: c.map([keyOf([2, 0, 2, 127]), c.NULL]),
        nodes: [none('/2/0/2/127')],
      });
      v.valid('null-and-value', 'one deleted, one set', {
        payload: c.map([keyOf([2, 0, 2]), c.map(['187f', c.NULL], ['190136', '07'])]),
        nodes: [none('/2/0/2/127'), integer('/2/0/2/310', 7)],
      });
      v.acceptable('null-single', 'null for a single resource in a Read', {
        context: { ...DEVICE },
        payload: entry('/3/0/9', c.NULL),
        spec: ['core-1.2.2 7.5.4 inferred'],
        outcomes: [
          reject(refuse('bad-type'), 'a resource has a value'),
          accept([none('/3/0/9')], 'left to the layer above'),
        ],
      });
      v.acceptable('null-executable', 'null for an executable in a Read', {
        context: { ...DEVICE },
        payload: entry('/3/0/4', c.NULL),
        spec: ['core-1.2.2 7.5.4 inferred'],
        outcomes: [
          accept([none('/3/0/4')], 'the type is none'),
          accept([], 'no value'),
          reject(refuse('bad-type'), 'executables are not read'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function structure(group) {
  group('empty', 'Maps without entries', { context: DEVICE, flags: ['EmptyMap'], spec: SPEC }, (v) => {
    v.acceptable('empty-top', 'an empty map', {
      payload: 'a0',
      spec: ['core-1.2.2 7.5.4 inferred'],
      outcomes: [
        accept([], 'no values'),
        accept([emptyInstance('/3/0')], 'an empty instance'),
        reject(refuse('bad-structure'), 'a map has entries'),
      ],
    });
    v.acceptable('empty-top-indefinite', 'an empty map of indefinite length', {
      payload: 'bfff',
      spec: ['core-1.2.2 7.5.4 inferred'],
      outcomes: [
        accept([], 'no values'),
        accept([emptyInstance('/3/0')], 'an empty instance'),
        reject(refuse('bad-structure'), 'a map has entries'),
      ],
    });
    v.acceptable('empty-instance', 'an instance without resources', {
      context: { model: 'access', path: '/2' },
      payload: 'a18202' + '05a0',
      spec: ['core-1.2.2 7.5.4 inferred'],
      outcomes: [
        accept([emptyInstance('/2/5')], 'an empty instance'),
        accept([], 'no values'),
        reject(refuse('bad-structure'), 'a map has entries'),
      ],
    });
    v.valid('empty-multiple-beside', 'an empty multiple resource beside a value', {
      payload: c.map([keyOf([3, 0]), c.map(['06', 'a0'], ['09', '1864'])]),
      nodes: [emptyMultiple('/3/0/6'), ...BATTERY],
    });
  });
  group(
    'levels-wrong',
    'A value where none can be, a map where none can be',
    { context: DEVICE, flags: ['WrongLevel'], spec: SPEC },
    (v) => {
      const structureError = refuse('bad-structure', 'bad-type', 'bad-path', 'too-deep');
      v.invalid('value-at-object', 'a value for an object', {
        context: { path: '/3' },
        payload: 'a10305',
        error: structureError,
      });
      v.invalid('value-at-instance', 'a value for an instance', { payload: 'a182030005', error: structureError });
      v.invalid('value-at-instance-nested', 'the same in maps', { payload: 'a103a10005', error: structureError });
      v.invalid('map-below-resource-instance', 'a fifth level', {
        payload: 'a18403000600a10005',
        error: refuse('too-deep', 'bad-structure', 'bad-type', 'bad-path'),
      });
      v.invalid('key-of-five', 'an array key of five identifiers', {
        payload: 'a185030006000005',
        error: refuse('too-deep', 'bad-structure', 'bad-path'),
      });
      v.invalid('keys-of-five-together', 'keys of three and two', {
        payload: 'a183030006a182000005',
        error: refuse('too-deep', 'bad-structure', 'bad-path'),
      });
      v.invalid('map-for-single', 'a map for a single resource', {
        payload: 'a183030009a1001864',
        error: structureError,
      });
      v.invalid('instance-key-for-single', 'a resource instance of a single resource', {
        payload: 'a184030009001864',
        error: structureError,
      });
      v.invalid('value-for-multiple', 'a value for a multiple resource', {
        payload: 'a18303000605',
        error: structureError,
      });
      v.invalid('empty-map-for-single', 'an empty map for a single resource', {
        payload: 'a183030009a0',
        error: structureError,
      });
      v.invalid('single-and-multiple', 'a resource as value and as map', {
        payload: 'a28303000601840300060002',
        error: refuse('bad-type', 'duplicate', 'bad-structure'),
      });
      v.invalid('empty-key', 'an array key without identifiers', { payload: 'a18005', error: structureError });
      v.invalid('empty-key-indefinite', 'the same of indefinite length', {
        payload: 'a19fff05',
        error: structureError,
      });
      v.invalid('empty-key-below', 'an empty array key below a good one', {
        payload: 'a1820300a18005',
        error: structureError,
      });
    },
  );
  group('keys', 'Keys that are no identifiers', { context: DEVICE, flags: ['BadKey'], spec: SPEC }, (v) => {
    const key = refuse('bad-structure', 'bad-type', 'bad-path', 'out-of-range');
    for (const [name, item] of [
      ['negative', '20'],
      ['float', 'f94200'],
      ['bytes', '4103'],
      ['true', 'f5'],
      ['null', 'f6'],
      ['undefined', 'f7'],
      ['map', 'a0'],
      ['tagged', 'c103'],
      ['bignum', 'c24103'],
    ]) {
      v.invalid(`key-${name}-top`, `a ${name} key at the top`, { payload: `a1${item}a100a1091864`, error: key });
      v.invalid(`key-${name}-below`, `a ${name} key below the instance`, {
        payload: `a1820300a1${item}1864`,
        error: key,
      });
      v.invalid(`key-${name}-in-array`, `a ${name} inside an array key`, {
        payload: `a1830300${item}1864`,
        error: key,
      });
    }
    v.invalid('key-text-below', 'a text key below the object', { payload: 'a103a16130a1091864', error: key });
    v.invalid('key-text-in-array', 'a text in second place of an array key', {
      payload: 'a18303613009' + '1864',
      error: key,
    });
    v.invalid('key-nested-array', 'an array inside an array key', { payload: 'a1820381' + '00a1091864', error: key });
    for (const [name, payload] of [
      ['object', 'a11a00010000a100a1091864'],
      ['instance', 'a103a11a00010000a1091864'],
      ['resource', 'a18303001a00010000' + '1864'],
      ['resource-instance', 'a1840300061a0001000005'],
      ['2p32', 'a18303001b0000000100000009' + '1864'],
    ])
      v.invalid(`id-65536-${name}`, `an identifier above 65535 for ${name}`, {
        payload: payload ?? '',
        error: refuse('out-of-range', 'bad-path', 'outside-base'),
      });
    v.acceptable('id-65535', 'the reserved identifier as resource', {
      payload: 'a183030019ffff01',
      flags: ['ReservedId'],
      spec: ['core-1.2.2 7.4 inferred'],
      outcomes: [
        reject(refuse('out-of-range', 'bad-path'), 'MAX_ID names no resource'),
        accept([], 'skipped'),
        accept([integer('/3/0/65535', 1)], 'left to the layer above'),
      ],
    });
    v.acceptable('instance-65535-read', 'the reserved identifier as instance, outside of Create', {
      context: { path: '/3' },
      payload: 'a103a119ffffa1091864',
      flags: ['ReservedId'],
      spec: ['core-1.2.2 7.5.4 inferred'],
      outcomes: [
        reject(refuse('out-of-range', 'bad-path'), 'only Create has it'),
        accept([integer('/3/65535/9', 100)], 'left to the layer above'),
      ],
    });
  });
  group(
    'duplicates',
    'One path twice',
    { context: DEVICE, flags: ['Duplicate'], spec: ['core-1.2.2 7.5.4 MUST', 'rfc8949 5.6 MUST'] },
    (v) => {
      const twice = refuse('duplicate', 'bad-structure', 'not-well-formed');
      for (const [name, payload] of [
        ['equal-keys', 'a28303000905' + '8303000906'],
        ['equal-keys-equal-values', 'a28303000905' + '8303000905'],
        ['array-and-maps', 'a28303000905' + '03a100a10906'],
        ['map-keys', 'a1820300a209050906'],
        ['object-key', 'a203a100a1090503a100a1090' + '6'],
        ['array-of-one-and-id', 'a2038100'.slice(0, 2) + '03a100a10905' + '8103a100a10906'],
        ['indefinite-key', 'a28303000905' + '9f030009ff06'],
        ['resource-instance', 'a284030006000183030006a10002'],
        ['long-head', 'a28303000905' + '830300180906'],
      ])
        v.invalid(`duplicate-${name}`, (name ?? '').replaceAll('-', ' '), { payload: payload ?? '', error: twice });
    },
  );
  group('outside', 'Paths outside the request', { context: DEVICE, flags: ['OutsidePath'], spec: SPEC }, (v) => {
    const outside = refuse('outside-base', 'bad-path', 'bad-structure', 'bad-type');
    v.invalid('outside-object', 'another object', {
      context: { model: 'core' },
      payload: 'a1830100011864',
      error: outside,
    });
    v.invalid('outside-instance', 'another instance', { payload: 'a1830301091864', error: outside });
    v.invalid('outside-resource', 'another resource', {
      context: { path: '/3/0/9' },
      payload: 'a18303000a05',
      error: outside,
    });
    v.invalid('outside-resource-instance', 'another resource instance', {
      context: { path: '/3/0/6/1' },
      payload: 'a1840300060005',
      error: outside,
    });
    v.invalid('outside-second', 'the second of two', {
      context: { path: '/3/0/9' },
      payload: 'a28303000905' + '8303000a06',
      error: outside,
    });
  });
  group(
    'gateway',
    'Devices behind a gateway',
    {
      context: { ...DEVICE, path: '/', operation: 'send', role: 'server' },
      flags: ['GatewayPrefix'],
      spec: ['gateway-1.1.1 6.3 inferred'],
    },
    (v) => {
      const plain = reject(refuse('bad-structure', 'bad-type', 'bad-path'), 'no gateway here');
      v.acceptable('gateway-key', 'a text key at the top', {
        payload: c.map([c.text('d01'), c.map([keyOf([3, 0, 9]), '1864'])]),
        outcomes: [accept([behind('d01', integer('/3/0/9', 100))], 'the text names the device'), plain],
      });
      v.acceptable('gateway-in-array', 'a text first in an array key', {
        payload: c.map([c.array(c.text('d01'), '03', '00', '09'), '1864']),
        outcomes: [accept([behind('d01', integer('/3/0/9', 100))], 'the text names the device'), plain],
      });
      v.acceptable('gateway-and-device', 'one path with and without the device', {
        payload: c.map([c.array(c.text('d01'), '03', '00', '09'), '1864'], [keyOf([3, 0, 9]), '1832']),
        outcomes: [accept([behind('d01', integer('/3/0/9', 100)), integer('/3/0/9', 50)], 'two paths'), plain],
      });
      v.invalid('gateway-twice', 'two texts', {
        payload: 'a18461646163' + '0300' + '05',
        spec: SPEC,
        error: refuse('bad-structure', 'bad-type', 'bad-path'),
      });
      v.invalid('gateway-not-first', 'a text behind an identifier', {
        payload: 'a18403636430310009' + '1864',
        spec: SPEC,
        error: refuse('bad-structure', 'bad-type', 'bad-path'),
      });
      v.invalid('gateway-empty', 'an empty text first in an array key', {
        payload: c.map([c.array(c.text(''), '03', '00', '09'), '1864']),
        spec: SPEC,
        error: refuse('bad-structure', 'bad-type', 'bad-path'),
      });
      v.invalid('gateway-integer-text', 'a text of digits first in an array key, which names no device', {
        payload: c.map([c.array(c.text('3'), '00', '09'), '1864']),
        spec: SPEC,
        error: refuse('bad-structure', 'bad-type', 'bad-path'),
      });
      v.invalid('gateway-alone', 'a text key with a value', {
        payload: 'a163643031' + '05',
        spec: SPEC,
        error: refuse('bad-structure', 'bad-type', 'bad-path'),
      });
    },
  );
}

/** @param {Group} group */
function malformed(group) {
  group('roots', 'What stands at the top', { context: DEVICE, flags: ['Root'], spec: SPEC }, (v) => {
    const structureError = refuse('bad-structure', 'bad-type', 'not-well-formed');
    for (const [name, payload] of [
      ['array', '8100'],
      ['empty-array', '80'],
      ['integer', '05'],
      ['text', '6161'],
      ['null', 'f6'],
      ['bytes', '4105'],
      ['true', 'f5'],
      ['senml', '81a200662f332f302f39021864'],
      ['float', 'f93c00'],
    ])
      v.invalid(`root-${name}`, `${name} at the top`, { payload: payload ?? '', error: structureError });
    v.acceptable('root-self-described', 'tag 55799 around the map', {
      payload: 'd9d9f7a1830300091864',
      flags: ['Tag'],
      spec: ['rfc8949 3.4.6 inferred'],
      outcomes: [accept(BATTERY, 'the tag changes nothing'), reject(structureError, 'the map is not at the top')],
    });
    v.invalid('empty-payload', 'no byte', {
      payload: '',
      flags: ['Truncated'],
      spec: ['rfc8949 3 MUST'],
      error: refuse('truncated', 'bad-structure'),
    });
  });
  group('values-wrong', 'Items that are no value', { context: DEVICE, flags: ['NoValue'], spec: SPEC }, (v) => {
    for (const { name, comment, item, error } of NO_VALUE.filter(({ name }) => name !== 'map-of-one'))
      v.invalid(`value-${name}`, comment, { payload: entry('/3/0/9', item), error: { ...error, coapCode: ['4.00'] } });
    v.invalid('value-array-of-map', 'an array around a map', {
      payload: 'a1830300' + '06' + '81a10001',
      error: refuse('bad-type', 'bad-structure'),
    });
    v.acceptable('value-unknown-tag', 'tag 1000 around a value', {
      payload: entry('/3/0/9', 'd903e81864'),
      flags: ['Tag'],
      spec: ['rfc8949 5.2.1 inferred'],
      outcomes: [reject(refuse('bad-type', 'unsupported'), 'meaning unknown'), accept(BATTERY, 'passed over')],
    });
  });
  group(
    'not-well-formed',
    'No CBOR',
    { context: DEVICE, flags: ['NotWellFormed'], spec: ['rfc8949 3 MUST', 'rfc8949 F MUST'] },
    (v) => {
      for (const { name, comment, item, error } of ILL_FORMED)
        v.invalid(`ill-${name}`, comment, {
          payload: entry('/3/0/9', item),
          error: {
            ...error,
            alsoAccept: [...new Set([...(error.alsoAccept ?? []), 'bad-type', 'truncated', 'bad-structure'])],
            coapCode: ['4.00'],
          },
        });
      v.invalid('break-in-definite', 'a break as key of a definite map', {
        payload: 'a1ff',
        error: refuse('not-well-formed', 'truncated', 'bad-structure', 'bad-type'),
      });
      v.invalid('break-for-value', 'a break for a value', {
        payload: 'bf83030009ff',
        error: refuse('not-well-formed', 'truncated', 'bad-structure', 'bad-type'),
      });
      v.invalid('break-in-definite-key', 'a break in a definite array key', {
        payload: 'a18303ff' + '0905',
        error: refuse('not-well-formed', 'truncated', 'bad-structure', 'bad-type'),
      });
    },
  );
  group('truncated', 'Cut maps', { context: DEVICE, flags: ['Truncated'], spec: ['rfc8949 3 MUST'] }, (v) => {
    const cut = refuse('truncated', 'not-well-formed', 'bad-structure');
    const whole = 'a103a100a4006445582d3106a20001010509185510' + '6155';
    for (let length = 1; length < whole.length / 2; length += 2)
      v.invalid(`prefix-${length}`, `the first ${length} of ${whole.length / 2} bytes of a Device`, {
        payload: whole.slice(0, 2 * length),
        error: cut,
      });
    for (const [name, payload] of [
      ['map-without-break', 'bf8303000905'],
      ['key-without-break', 'a19f030009'],
      ['inner-without-break', 'bf03bf00bf0905ffff'],
      ['count-too-high', 'a28303000905'],
      ['key-count-too-high', 'a184030009'],
      ['map-2p64', 'bbffffffffffffffff'],
      ['map-2p32', 'baffffffff'],
      ['key-2p64', 'a19bffffffffffffffff'],
      ['text-2p63', 'a1830300007b7fffffffffffffff61'],
    ])
      v.invalid(`cut-${name}`, (name ?? '').replaceAll('-', ' '), { payload: payload ?? '', error: cut });
  });
  group(
    'trailing',
    'Bytes after the map',
    { context: DEVICE, flags: ['TrailingData'], spec: ['core-1.2.2 7.5.4 MUST', 'rfc8949 5.3.1 SHOULD'] },
    (v) => {
      for (const [name, tail] of [
        ['zero', '00'],
        ['second-map', 'a18303000a0f'],
        ['break', 'ff'],
        ['half-item', '18'],
        ['null', 'f6'],
      ])
        v.invalid(`trailing-${name}`, `a map, then ${name}`, {
          payload: `a1830300091864${tail}`,
          error: refuse('trailing-data', 'not-well-formed', 'bad-structure'),
        });
      v.invalid('count-too-low', 'one entry announced, two there', {
        payload: 'a18303000905' + '83' + '03000a0f',
        error: refuse('trailing-data', 'not-well-formed'),
      });
    },
  );
  group('deep', 'Nesting', { context: DEVICE, flags: ['Deep'], spec: SPEC }, (v) => {
    for (const depth of [5, 16, 100, 1000])
      v.invalid(`maps-${depth}`, `${depth} maps inside one another`, {
        payload: `${'a100'.repeat(depth)}05`,
        error: refuse('too-deep', 'bad-structure', 'outside-base', 'bad-path'),
      });
    for (const depth of [2, 100])
      v.invalid(`arrays-${depth}`, `${depth} arrays inside one another as a value`, {
        payload: entry('/3/0/9', `${'81'.repeat(depth)}05`),
        error: refuse('bad-type', 'too-deep', 'bad-structure'),
      });
  });
  group(
    'not-encodable',
    'Nodes without LwM2M CBOR',
    { context: { ...TEST }, flags: ['NotEncodable'], spec: ['core-1.2.2 C MUST'] },
    (v) => {
      v.refuses('encode-integer-2p63', '2^63 is no Integer', {
        nodes: [integer(INTEGER, '9223372036854775808')],
        error: 'not-encodable',
      });
      v.refuses('encode-objlnk-65536', 'an object link beyond 16 bits', {
        nodes: [objlnk(OBJLNK, '65536:0')],
        error: 'not-encodable',
      });
      v.refuses('encode-id-65536', 'a resource beyond 16 bits', {
        nodes: [integer(`${BASE}/65536`, 1)],
        error: 'not-encodable',
      });
    },
  );
}

export default family(
  {
    format: 'lwm2m-cbor',
    contentFormat: 11544,
    header: [
      'LwM2M CBOR: Core 1.2.2 §7.5.4; values Appendix C; RFC 8949.',
      'No packaged implementation other than CBOR readers can confirm these: most are internal, and say so.',
      'An instance id 65535 in a decoded path of a Create stands for the one that the client chooses.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      Layout: { kind: 'canonical', description: 'several ways to split paths into keys' },
      Indefinite: { kind: 'edge', description: 'items of indefinite length, as streaming encoders write them' },
      LongHead: { kind: 'ambiguous-spec', description: 'a longer argument than needed: well-formed, not preferred' },
      Create: { kind: 'version', description: 'Create with and without an instance id' },
      Relative: {
        kind: 'ambiguous-spec',
        description: 'keys that start below the request path, as 1.2.0 allowed',
        links: ['OMA#541'],
      },
      Number: { kind: 'numeric', description: 'integers and floats at their edges' },
      NumberKind: { kind: 'type-mismatch', description: 'integer for float and float for integer' },
      OutOfRange: { kind: 'limit', description: 'a number beyond the type' },
      FloatSpecial: { kind: 'numeric', description: 'infinities, NaN, negative zero' },
      Tag: { kind: 'ambiguous-spec', description: 'tags that the format does not name' },
      TimeTag: { kind: 'edge', description: 'tags 0 and 1 on a Time' },
      BadUtf8: { kind: 'unicode', description: 'text that is no UTF-8' },
      ObjectLink: { kind: 'edge', description: 'object links as text' },
      WrongType: { kind: 'type-mismatch', description: 'an item of another type than the resource' },
      Null: { kind: 'version', description: 'null: no value, or a deletion' },
      EmptyMap: { kind: 'edge', description: 'a map without entries' },
      WrongLevel: {
        kind: 'malformed',
        description: 'values and maps on levels that cannot have them',
        effect: 'values at instance level are taken and lost',
      },
      BadKey: { kind: 'malformed', description: 'a key that is no identifier' },
      ReservedId: { kind: 'limit', description: 'identifier 65535' },
      Duplicate: {
        kind: 'malformed',
        description: 'one path twice',
        effect: 'both values are kept and the first or last one wins by chance',
      },
      OutsidePath: { kind: 'path', description: 'a path outside the request' },
      GatewayPrefix: { kind: 'version', description: 'devices behind a gateway' },
      Root: { kind: 'malformed', description: 'the payload is not a map' },
      NoValue: { kind: 'malformed', description: 'CBOR that is no value' },
      NotWellFormed: { kind: 'malformed', description: 'bytes that are no CBOR' },
      Truncated: { kind: 'malformed', description: 'the payload ends inside an item' },
      TrailingData: { kind: 'malformed', description: 'bytes after the map' },
      Deep: { kind: 'limit', description: 'nesting far beyond four levels', effect: 'the stack overflows' },
      NotEncodable: { kind: 'limit', description: 'nodes that have no LwM2M CBOR' },
    },
    models: ['device', 'test', 'widths', 'temp', 'access', 'core', 'links', 'server'],
  },
  ({ group }) => {
    shared(group);
    layouts(group);
    values(group);
    structure(group);
    malformed(group);
  },
);
