/** One value of each data type at its edges. */
import { accept, reject } from '../../lib/family.mjs';
import { boolean, corelnk, float, integer, objlnk, opaque, string, time, unsigned } from '../../lib/values.mjs';
import { bigEndian, float32, float64, utf8 } from '../../lib/bytes.mjs';
import { SINGLE } from '../../lib/shared.mjs';
import { multiple, resource, resourceInstance, signed, unsignedBytes } from '../../emit/tlv.mjs';
import { tlvValue, wideFloat } from '../../emit/tlv-value.mjs';

const BASE = '/3442/0';
const CONTEXT = { model: 'test', path: BASE, operation: 'read', role: 'any' };
const TYPES = ['core-1.2.2 C MUST', 'core-1.1.1 C MUST'];
const ids = (/** @type {string} */ path) => path.split('/').slice(1).map(Number);
const [INTEGER, UNSIGNED, FLOAT, TIME] = [120, 125, 130, 160].map((id) => `${BASE}/${id}`);

/** @typedef {(id: string, description: string, defaults: import('../../lib/family.mjs').GroupDefaults, write: (v: any) => void) => void} Group */

/** A sender that thinks of signed numbers takes one width more where the first bit is set. @param {number} id @param {number | string} value */
function unsignedForms(id, value) {
  const bytes = unsignedBytes(value);
  const width = bytes.length / 2;
  if (parseInt(bytes.slice(0, 1), 16) < 8 || width === 8) return { encode: 'bytes' };
  return {
    encode: 'any-listed',
    encodings: [
      {
        payload: resource(id, bigEndian(BigInt(value), 2 * width)),
        why: 'a width more, as senders of signed numbers do',
      },
    ],
  };
}

/** @param {Group} group */
function shared(group) {
  group(
    'shared-single',
    'Values that other formats carry too, read as a resource',
    { context: CONTEXT, flags: ['Basic'], spec: TYPES },
    (v) => {
      for (const [id, { comment, path, nodes }] of Object.entries(SINGLE)) {
        const node = nodes[0];
        if (!node) continue;
        const payload = resource(ids(path)[2] ?? 0, tlvValue(node));
        const wide = resource(ids(path)[2] ?? 0, node.type === 'float' ? wideFloat(node) : tlvValue(node));
        v.valid(`single-${id}`, comment, {
          context: { path },
          payload,
          nodes,
          equivalent: id,
          ...(node.type === 'unsigned'
            ? unsignedForms(125, String(node.value))
            : wide === payload
              ? { encode: 'bytes' }
              : { encode: 'any-listed', encodings: [{ payload: wide, why: '8 bytes' }] }),
        });
      }
    },
  );
}

/** Every edge of a width: the largest that fits and the first that does not. */
const EDGES = [
  -2,
  2,
  126,
  -127,
  255,
  256,
  -255,
  -256,
  32767,
  32768,
  -32767,
  -32768,
  -32769,
  65535,
  65536,
  8388607,
  8388608,
  16777216,
  -8388609,
  2147483646,
  -2147483647,
  -2147483649,
  4294967295,
  4294967296,
  '1099511627775',
  '9007199254740991',
  '9007199254740992',
  '-9007199254740993',
  '9223372036854775806',
  '-9223372036854775807',
];

/** @param {Group} group */
function integers(group) {
  group(
    'integer-edges',
    'Signed integers at each edge of a width',
    { context: { ...CONTEXT, path: INTEGER }, flags: ['IntegerWidth'], spec: TYPES },
    (v) => {
      for (const value of EDGES)
        v.valid(
          `integer-edge-${String(value).replace('-', 'minus-')}`,
          `${value} in ${signed(value).length / 2} bytes`,
          {
            payload: resource(120, signed(value)),
            nodes: [integer(INTEGER ?? '', value)],
            encode: 'bytes',
            ...(String(value).length > 15 ? { flags: ['Int64'] } : {}),
          },
        );
      for (const [value, width] of /** @type {const} */ ([
        [100, 2],
        [100, 4],
        [100, 8],
        [-1, 2],
        [-1, 4],
        [-1, 8],
        [0, 4],
        [40000, 8],
      ]))
        v.valid(
          `integer-wide-${String(value).replace('-', 'minus-')}-in-${width}`,
          `${value} in ${width} bytes: senders SHOULD be short, receivers take all four widths`,
          {
            payload: resource(120, bigEndian(value, width)),
            nodes: [integer(INTEGER ?? '', value)],
            flags: ['WiderThanNeeded'],
          },
        );
    },
  );
  group(
    'unsigned-edges',
    'Unsigned integers',
    { context: { ...CONTEXT, path: UNSIGNED, enabler: ['1.1', '1.2'] }, flags: ['Unsigned'], spec: TYPES },
    (v) => {
      for (const value of [
        1,
        127,
        128,
        256,
        32768,
        65536,
        2147483648,
        4294967296,
        '9223372036854775807',
        '9223372036854775808',
        '18446744073709551614',
      ])
        v.valid(`unsigned-edge-${value}`, `${value}`, {
          payload: resource(125, unsignedBytes(value)),
          nodes: [unsigned(UNSIGNED ?? '', value)],
          ...unsignedForms(125, value),
        });
      for (const [value, width] of /** @type {const} */ ([
        [128, 2],
        [255, 2],
        [1, 4],
        [4294967295, 8],
      ]))
        v.valid(
          `unsigned-wide-${value}-in-${width}`,
          `${value} in ${width} bytes, as a sender does that thinks of signed numbers`,
          {
            payload: resource(125, bigEndian(value, width)),
            nodes: [unsigned(UNSIGNED ?? '', value)],
            flags: ['Unsigned', 'WiderThanNeeded'],
          },
        );
      v.valid('same-bytes-signed', 'ff for a signed resource is -1', {
        context: { path: INTEGER },
        payload: resource(120, 'ff'),
        nodes: [integer(INTEGER ?? '', -1)],
      });
      v.valid('same-bytes-signed-8', 'eight bytes ff for a signed resource', {
        context: { path: INTEGER },
        payload: resource(120, 'ffffffffffffffff'),
        nodes: [integer(INTEGER ?? '', -1)],
        flags: ['Unsigned', 'WiderThanNeeded'],
      });
    },
  );
  group(
    'bad-integer-widths',
    'Integers, unsigned integers and times of 0, 3, 5, 6, 7, 9 and 16 bytes',
    { context: CONTEXT, flags: ['IntegerWidth'], spec: TYPES },
    (v) => {
      for (const [type, id] of /** @type {const} */ ([
        ['integer', 120],
        ['unsigned', 125],
        ['time', 160],
      ]))
        for (const width of type === 'unsigned' ? [0, 3, 9] : [0, 3, 5, 6, 7, 9, 16])
          v.invalid(`${type}-of-${width}-bytes`, `${type} of ${width} bytes`, {
            context: { path: `${BASE}/${id}` },
            payload: resource(id, bigEndian(0x0102030405060708n, 16).slice(-2 * width || 32)),
            error: { class: 'bad-length', coapCode: ['4.00'] },
          });
      for (const width of [0, 3, 5, 9])
        v.invalid(`instance-integer-of-${width}-bytes`, `integer of ${width} bytes in a resource instance`, {
          context: { path: `${BASE}/1120` },
          payload: multiple(1120, resourceInstance(0, bigEndian(0x0102030405060708n, 16).slice(-2 * width || 32))),
          error: { class: 'bad-length', coapCode: ['4.00'] },
        });
    },
  );
  group('time', 'Times', { context: { ...CONTEXT, path: TIME }, flags: ['IntegerWidth'], spec: TYPES }, (v) => {
    for (const value of [0, 1, 1367491215, 2147483647, 2147483648, 4294967295, 4294967296, -2147483648, '253402300799'])
      v.valid(`time-${String(value).replace('-', 'minus-')}`, `${value} s`, {
        payload: resource(160, signed(value)),
        nodes: [time(TIME ?? '', value)],
        encode: 'bytes',
      });
    v.valid('time-1700000000-in-8', 'a present time in eight bytes', {
      payload: resource(160, bigEndian(1700000000, 8)),
      nodes: [time(TIME ?? '', 1700000000)],
      flags: ['WiderThanNeeded'],
    });
  });
}

/** @param {Group} group */
function floats(group) {
  group(
    'float',
    'Floats of four and eight bytes',
    { context: { ...CONTEXT, path: FLOAT }, flags: ['FloatWidth'], spec: [...TYPES, 'ieee754 3.4 MUST'] },
    (v) => {
      const pi = Math.fround(Math.PI);
      for (const [name, value] of /** @type {[string, number][]} */ ([
        ['zero', 0],
        ['one', 1],
        ['minus-one', -1],
        ['pi-32', pi],
        ['45-5', 45.5],
        ['max-32', 3.4028234663852886e38],
        ['min-normal-32', 1.1754943508222875e-38],
        ['exact-16777216', 16777216],
      ]))
        v.valid(`float-4-${name}`, `${value} in four bytes`, {
          payload: resource(130, float32(value)),
          nodes: [float(FLOAT ?? '', value)],
          encode: 'any-listed',
          encodings: [{ payload: resource(130, float64(value)), why: '8 bytes' }],
        });
      for (const [name, value] of /** @type {[string, number][]} */ ([
        ['21-3', 21.3],
        ['minus-40-1', -40.1],
        ['2p53-plus-1-rounded', 9007199254740992],
        ['16777217', 16777217],
        ['max-64', 1.7976931348623157e308],
        ['third', 1 / 3],
      ]))
        v.valid(`float-8-${name}`, `${value} in eight bytes`, {
          payload: resource(130, float64(value)),
          nodes: [float(FLOAT ?? '', value)],
          ...(Math.fround(value) === value ? {} : { encode: 'bytes' }),
        });
    },
  );
  group(
    'float-special',
    'Floats that a decimal reader gets wrong',
    { context: { ...CONTEXT, path: FLOAT }, flags: ['FloatSpecial'], spec: ['core-1.2.2 C MUST', 'ieee754 3.4 MUST'] },
    (v) => {
      for (const [name, value] of /** @type {[string, number][]} */ ([
        ['minus-zero', -0],
        ['infinity', Infinity],
        ['minus-infinity', -Infinity],
        ['nan', NaN],
      ])) {
        v.valid(`float-4-${name}`, `${name} in four bytes`, {
          payload: resource(130, float32(value)),
          nodes: [float(FLOAT ?? '', value)],
        });
        v.valid(`float-8-${name}`, `${name} in eight bytes`, {
          payload: resource(130, float64(value)),
          nodes: [float(FLOAT ?? '', value)],
        });
      }
      v.valid('float-8-subnormal', 'smallest positive binary64', {
        payload: resource(130, float64(5e-324)),
        nodes: [float(FLOAT ?? '', 5e-324)],
        encode: 'bytes',
      });
      v.valid('float-4-subnormal', 'smallest positive binary32', {
        payload: resource(130, float32(1.401298464324817e-45)),
        nodes: [float(FLOAT ?? '', 1.401298464324817e-45)],
      });
      v.valid('float-4-nan-payload', 'a NaN with other bits is NaN', {
        payload: resource(130, 'ffc12345'),
        nodes: [float(FLOAT ?? '', NaN)],
      });
    },
  );
  group('bad-float-widths', 'Floats of other widths', { context: CONTEXT, flags: ['FloatWidth'], spec: TYPES }, (v) => {
    for (const width of [0, 1, 2, 3, 5, 6, 7, 9, 16])
      v.invalid(`float-of-${width}-bytes`, `float of ${width} bytes`, {
        context: { path: FLOAT },
        payload: resource(130, '3f'.padEnd(2 * width, '0').slice(0, 2 * width)),
        error: { class: 'bad-length', coapCode: ['4.00'] },
      });
    for (const width of [0, 2, 5])
      v.invalid(`instance-float-of-${width}-bytes`, `float of ${width} bytes in a resource instance`, {
        context: { path: `${BASE}/1130` },
        payload: multiple(1130, resourceInstance(3, '3f'.padEnd(2 * width, '0').slice(0, 2 * width))),
        error: { class: 'bad-length', coapCode: ['4.00'] },
      });
  });
}

/** @param {Group} group */
function booleansAndLinks(group) {
  group(
    'boolean',
    'Booleans',
    { context: { ...CONTEXT, path: `${BASE}/140` }, flags: ['BooleanValue'], spec: TYPES },
    (v) => {
      for (const byte of ['02', '7f', '80', 'ff'])
        v.invalid(`boolean-${byte}`, `a boolean of ${byte}`, {
          payload: resource(140, byte),
          error: { class: 'bad-value', coapCode: ['4.00'] },
        });
      for (const bytes of ['', '0001', '0000', '00000001'])
        v.invalid(
          `boolean-of-${bytes.length / 2}-bytes${bytes === '0000' ? '-zero' : ''}`,
          `a boolean of ${bytes.length / 2} bytes`,
          {
            payload: resource(140, bytes),
            error: { class: 'bad-length', alsoAccept: ['bad-value'], coapCode: ['4.00'] },
          },
        );
      v.valid('boolean-instances', 'booleans as resource instances', {
        context: { path: `${BASE}/1140` },
        payload: multiple(1140, resourceInstance(0, '01') + resourceInstance(1, '00')),
        nodes: [boolean(`${BASE}/1140/0`, true), boolean(`${BASE}/1140/1`, false)],
        encode: 'bytes',
      });
    },
  );
  group(
    'objlnk',
    'Object links',
    { context: { ...CONTEXT, path: `${BASE}/170` }, flags: ['ObjectLink'], spec: TYPES },
    (v) => {
      for (const link of ['0:0', '10:0', '255:256', '65534:65534'])
        v.valid(`objlnk-${link.replace(':', '-')}`, `link ${link}`, {
          payload: resource(170, tlvValue(objlnk('', link))),
          nodes: [objlnk(`${BASE}/170`, link)],
          encode: 'bytes',
        });
      v.acceptable('objlnk-3-65535', 'any instance of object 3', {
        payload: resource(170, '0003ffff'),
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          accept([objlnk(`${BASE}/170`, '3:65535')], 'both parts have 16 bits'),
          reject('bad-value', 'the reserved identifier stands in the null link alone'),
        ],
      });
      for (const bytes of ['', '03', '0003', '000300', '0003000000', '0003000000000000'])
        v.invalid(`objlnk-of-${bytes.length / 2}-bytes`, `an object link of ${bytes.length / 2} bytes`, {
          payload: resource(170, bytes),
          error: { class: 'bad-length', coapCode: ['4.00'] },
        });
      v.invalid('objlnk-as-text', 'an object link as text', {
        payload: resource(170, utf8('66:00')),
        error: { class: 'bad-length', coapCode: ['4.00'] },
      });
      v.valid('objlnk-instances', 'links as resource instances', {
        context: { path: `${BASE}/1170` },
        payload: multiple(1170, resourceInstance(0, '00420000') + resourceInstance(1, '00420001')),
        nodes: [objlnk(`${BASE}/1170/0`, '66:0'), objlnk(`${BASE}/1170/1`, '66:1')],
        encode: 'bytes',
      });
    },
  );
}

/** @param {Group} group */
function textAndBytes(group) {
  const STRING = `${BASE}/110`;
  const OPAQUE = `${BASE}/150`;
  group('text', 'Strings', { context: { ...CONTEXT, path: STRING }, flags: ['Text'], spec: TYPES }, (v) => {
    for (const [name, value] of [
      ['one-two-three-four', 'aé€😀'],
      ['combining', 'e\u0301'],
      ['nul', 'a\u0000b'],
      ['newline', 'a\r\nb\t'],
      ['bom', '\ufeffx'],
      ['rtl', 'שלום'],
      ['eight-bytes-four-characters', 'éééé'],
      ['seven-bytes', 'ABCDEFG'],
      ['eight-bytes', 'ABCDEFGH'],
      ['looks-numeric', '0042'],
    ])
      v.valid(`string-${name}`, `string ${JSON.stringify(value)}`, {
        payload: resource(110, utf8(value ?? '')),
        nodes: [string(STRING, value ?? '')],
        encode: 'bytes',
      });
    v.valid('string-trailing-nul', 'a terminator is part of the string', {
      payload: resource(110, `${utf8('U')}00`),
      nodes: [string(STRING, 'U\u0000')],
      flags: ['Text'],
    });
    for (const [name, bytes] of [
      ['overlong', 'c0af'],
      ['lone-continuation', '80'],
      ['surrogate', 'eda080'],
      ['cut', 'e282'],
      ['latin1', 'e9'],
    ])
      v.invalid(`string-utf8-${name}`, `a string with bad UTF-8: ${name}`, {
        payload: resource(110, bytes ?? ''),
        flags: ['BadUtf8'],
        spec: ['core-1.2.2 C MUST', 'rfc3629 3 MUST'],
        error: { class: 'invalid-utf8', coapCode: ['4.00'] },
      });
    v.valid('corelnk-two-links', 'a Corelnk of two links', {
      context: { path: `${BASE}/180`, enabler: ['1.1', '1.2'] },
      payload: resource(180, utf8('</3/0>,</1/0/1>')),
      nodes: [corelnk(`${BASE}/180`, '</3/0>,</1/0/1>')],
      encode: 'bytes',
    });
  });
  group(
    'opaque',
    'Opaque values',
    { context: { ...CONTEXT, path: OPAQUE }, flags: ['LooksLikeTlv'], spec: TYPES },
    (v) => {
      for (const [name, bytes] of [
        ['resource-tlv', 'c10964'],
        ['instance-tlv', '0300c10964'],
        ['all-ff', 'ffffffff'],
        ['one-zero', '00'],
        ['cbor', 'a10102'],
        ['truncated-tlv', 'c8ff'],
      ])
        v.valid(`opaque-${name}`, `opaque ${bytes}`, {
          payload: resource(150, bytes ?? ''),
          nodes: [opaque(OPAQUE, bytes ?? '')],
          encode: 'bytes',
        });
      v.valid('string-looks-like-tlv', 'a string whose bytes parse as a TLV', {
        context: { path: STRING },
        payload: resource(110, '4142'),
        nodes: [string(STRING, 'AB')],
        encode: 'bytes',
      });
      v.valid('opaque-instance-looks-like-tlv', 'a resource instance whose bytes parse as a TLV', {
        context: { path: `${BASE}/1150` },
        payload: multiple(1150, resourceInstance(0, '410001')),
        nodes: [opaque(`${BASE}/1150/0`, '410001')],
        encode: 'bytes',
      });
    },
  );
  group(
    'executable',
    'A value for a resource that has none',
    {
      context: { ...CONTEXT, path: '/3442/0', operation: 'write-update', role: 'client' },
      flags: ['WrongKind'],
      spec: ['core-1.2.2 C inferred'],
    },
    (v) => {
      v.acceptable('value-for-executable', 'resource 0 is executable', {
        payload: resource(120, '01') + resource(0, '01'),
        outcomes: [
          reject({ class: 'bad-type', coapCode: ['4.00', '4.05'] }, 'the type is none'),
          accept([integer(`${BASE}/120`, 1)], 'skipped like an unknown resource'),
          accept([integer(`${BASE}/120`, 1), opaque(`${BASE}/0`, '01')], 'left to the layer above, which answers 4.05'),
        ],
      });
    },
  );
}

/** @param {Group} group */
export function values(group) {
  shared(group);
  integers(group);
  floats(group);
  booleansAndLinks(group);
  textAndBytes(group);
}
