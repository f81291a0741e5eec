import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/bytes.js';
import { modelOf } from '../../model/definition.js';
import { pathOf } from '../../model/path.js';
import {
  boolean,
  corelnk,
  float,
  integer,
  objlnk,
  opaque,
  text,
  time,
  unsigned,
  type Entry,
  type ResourceType,
  type Value,
} from '../../model/value.js';
import { cbor } from './codec.js';
import { TYPES, resource } from '../testing/definitions.js';

/** Object 9: one resource for each type, 0 to 9, and the same as multiple resources, 10 to 19. */
const model = modelOf([
  {
    id: 9,
    name: 'Every type',
    version: '1.0',
    enabler: '1.0',
    multiple: true,
    mandatory: false,
    urn: '',
    resources: TYPES.flatMap((type, id) => [resource(id, type, false), resource(id + 10, type, true)]),
  },
]);

const idOf = (type: ResourceType): number => TYPES.indexOf(type);

const decodeAs = (type: ResourceType | undefined, digits: string, lenient: readonly string[] = []) =>
  cbor.decode(fromHex(digits)!, {
    path: [9, 0, type ? idOf(type) : 99],
    model,
    lenient: new Set(lenient),
  });

const valueOf = (type: ResourceType | undefined, digits: string, lenient: readonly string[] = []): Value | string => {
  const result = decodeAs(type, digits, lenient);
  return result.ok ? result.value[0]!.value! : `${result.problem.code}@${result.problem.at}`;
};

const encoded = (value: Value, ...style: string[]): string => {
  const result = cbor.encode([{ path: [9, 0, idOf(value.type)], value }], {
    path: [9, 0, idOf(value.type)],
    model,
    ...(style.length > 0 && { style: new Set(style) }),
  });
  return result.ok ? toHex(result.value) : result.problem.code;
};

const DEADBEEF = fromHex('deadbeef')!;

describe('a value in CBOR', () => {
  it.each<[Value, string]>([
    [integer(0), '00'],
    [integer(23), '17'],
    [integer(24), '1818'],
    [integer(256), '190100'],
    [integer(65536), '1a00010000'],
    [integer(86400), '1a00015180'],
    [integer(2 ** 32), '1b0000000100000000'],
    [integer(2n ** 53n + 1n), '1b0020000000000001'],
    [integer(2n ** 63n - 1n), '1b7fffffffffffffff'],
    [integer(-1), '20'],
    [integer(-25), '3818'],
    [integer(-300), '39012b'],
    [integer(-(2n ** 63n)), '3b7fffffffffffffff'],
    [unsigned(0), '00'],
    [unsigned(2n ** 64n - 1n), '1bffffffffffffffff'],
    [float(21.5), 'f94d60'],
    [float(100000), 'fa47c35000'],
    [float(21.3), 'fb40354ccccccccccd'],
    [float(-0), 'f98000'],
    [float(Infinity), 'f97c00'],
    [float(NaN), 'f97e00'],
    [boolean(true), 'f5'],
    [boolean(false), 'f4'],
    [text('U'), '6155'],
    [text(''), '60'],
    [text('😀'), '64f09f9880'],
    [opaque(DEADBEEF), '44deadbeef'],
    [opaque(new Uint8Array(0)), '40'],
    [time(1700000000), '1a6553f100'],
    [time(-1), '20'],
    [objlnk(10, 0), '6431303a30'],
    [objlnk(65535, 65535), '6b36353533353a3635353335'],
    [corelnk('</3/0>'), '663c2f332f303e'],
  ])('%o is %s', (value, digits) => {
    expect(encoded(value)).toBe(digits);
    expect(valueOf(value.type, digits)).toEqual(value);
  });

  it.each<[ResourceType, string, Value]>([
    ['integer', '1b0000000000000005', integer(5)],
    ['integer', '1800', integer(0)],
    ['integer', 'f94900', integer(10)],
    ['integer', 'c482020a', integer(1000)],
    ['float', '05', float(5)],
    ['float', '1bffffffffffffffff', float(2 ** 64)],
    ['float', 'c48221196ab3', float(273.15)],
    ['float', 'c49f21196ab3ff', float(273.15)],
    ['float', 'c48221c2426ab3', float(273.15)],
    ['float', 'c48220c34100', float(-0.1)],
    ['float', 'f90001', float(2 ** -24)],
    ['float', 'f97e01', float(NaN)],
    ['string', '7f61416142ff', text('AB')],
    ['string', '7fff', text('')],
    ['opaque', '5f42010241ffff', opaque(Uint8Array.of(1, 2, 255))],
    ['time', 'c11a6553f100', time(1700000000)],
    ['time', 'c120', time(-1)],
    ['time', 'c1fb41d954fc40000000', time(1700000000)],
    ['time', 'c074323032332d31312d31345432323a31333a32305a', time(1700000000)],
    ['time', 'f95640', time(100)],
  ])('is read as %s from %s too', (type, digits, expected) => {
    expect(valueOf(type, digits)).toEqual(expected);
  });

  it.each<[ResourceType, string, string]>([
    ['integer', '1bffffffffffffffff', 'out-of-range@0'],
    ['integer', '3b8000000000000000', 'out-of-range@0'],
    ['integer', 'fb43e0000000000000', 'out-of-range@0'],
    ['unsigned', '20', 'out-of-range@0'],
    ['time', '1b8000000000000000', 'out-of-range@0'],
    ['integer', 'c249010000000000000000', 'bad-type@0'],
    ['integer', 'f93e00', 'bad-type@0'],
    ['integer', 'f97e00', 'bad-type@0'],
    ['integer', 'f97c00', 'bad-type@0'],
    ['integer', 'c4822019000f', 'bad-type@0'],
    ['integer', 'c11a6553f100', 'bad-type@0'],
    ['integer', '6135', 'bad-type@0'],
    ['integer', 'f5', 'bad-type@0'],
    ['integer', 'f6', 'bad-type@0'],
    ['integer', 'f7', 'bad-type@0'],
    ['integer', 'e0', 'bad-type@0'],
    ['integer', '8105', 'bad-type@0'],
    ['integer', 'a0', 'bad-type@0'],
    ['string', '4141', 'bad-type@0'],
    ['string', '05', 'bad-type@0'],
    ['opaque', '624151', 'bad-type@0'],
    ['boolean', '01', 'bad-type@0'],
    ['float', 'f5', 'bad-type@0'],
    ['float', 'c5822003', 'bad-type@0'],
    ['float', 'c483010203', 'bad-structure@1'],
    ['float', 'c49f01020304ff', 'bad-structure@1'],
    ['float', 'c48101', 'bad-structure@1'],
    ['float', 'c405', 'bad-type@1'],
    ['float', 'c482f93c0001', 'bad-type@2'],
    ['float', 'c48201f5', 'bad-type@3'],
    ['float', 'c48201c205', 'bad-type@4'],
    ['float', `c48201c25841${'11'.repeat(65)}`, 'unsupported@3'],
    ['float', 'c4821903e801', 'out-of-range@0'],
    ['time', 'c1f93e00', 'bad-type@1'],
    ['time', 'c1c100', 'bad-type@1'],
    ['time', 'c16131', 'bad-type@1'],
    ['time', 'c005', 'bad-type@1'],
    ['time', 'c069796573746572646179', 'bad-value@1'],
    ['time', '6a31373030303030303030', 'bad-type@0'],
    ['objlnk', '6736353533363a30', 'bad-value@0'],
    ['objlnk', '6430333a30', 'bad-value@0'],
    ['objlnk', '623a30', 'bad-value@0'],
    ['objlnk', '60', 'bad-value@0'],
    ['objlnk', '820300', 'bad-type@0'],
    ['none', '05', 'bad-type@0'],
    ['none', 'f6', 'bad-type@0'],
    ['integer', '', 'truncated@0'],
    ['integer', '0500', 'trailing-data@1'],
    ['integer', '0505', 'trailing-data@1'],
    ['integer', '1c', 'not-well-formed@0'],
    ['integer', 'ff', 'not-well-formed@0'],
    ['string', '62c328', 'invalid-utf8@1'],
    ['integer', 'd9d9f705', 'bad-type@0'],
  ])('of type %s is refused as %s: %s', (type, digits, expected) => expect(valueOf(type, digits)).toBe(expected));

  it.each<[string, Value]>([
    ['05', integer(5)],
    ['1b8000000000000000', unsigned(2n ** 63n)],
    ['20', integer(-1)],
    ['f94900', float(10)],
    ['c4822105', float(0.05)],
    ['6131', text('1')],
    ['4131', opaque(Uint8Array.of(0x31))],
    ['f4', boolean(false)],
    ['c105', time(5)],
  ])('without a model: %s tells that it is %o', (digits, expected) =>
    expect(valueOf(undefined, digits)).toEqual(expected),
  );

  it.each([
    ['3b8000000000000000', 'out-of-range@0'],
    ['f6', 'bad-type@0'],
  ])('without a model: %s is no value', (digits, expected) => expect(valueOf(undefined, digits)).toBe(expected));

  it('says what was expected', () => {
    const result = decodeAs('integer', '6135');
    expect(!result.ok && result.problem).toEqual({
      code: 'bad-type',
      message: '/9/0/1 is an integer, not text',
      at: 0,
      hint: 'expected an integer',
    });
  });

  it.each([
    ['hex-null-link', 'objlnk', '69464646463a46464646', objlnk(65535, 65535)],
    ['link-trailing-nul', 'objlnk', '64333a3000', objlnk(3, 0)],
    ['self-described', 'integer', 'd9d9f705', integer(5)],
  ] as const)('may be %s where that is allowed', (leniency, type, digits, expected) => {
    expect(typeof valueOf(type, digits)).toBe('string');
    expect(valueOf(type, digits, [leniency])).toEqual(expected);
  });

  it.each<[string, Value, string]>([
    ['float64', float(21.5), 'fb4035800000000000'],
    ['float32', float(21.5), 'fa41ac0000'],
    ['float32', float(21.3), 'fb40354ccccccccccd'],
    ['float-as-integer', float(20), '14'],
    ['float-as-integer', float(-0), 'f98000'],
    ['decimal-fraction', float(273.15), 'c48221196ab3'],
    ['long-heads', integer(5), '1805'],
    ['long-heads', integer(2 ** 32), '1b0000000100000000'],
    ['chunked-strings', text('éa'), '7f60' + '63c3a961' + 'ff'],
    ['chunked-strings', opaque(DEADBEEF), '5f42dead42beefff'],
    ['tagged-time', time(1700000000), 'c11a6553f100'],
    ['dated-time', time(1700000000), 'c074323032332d31312d31345432323a31333a32305a'],
    ['integer-as-float', integer(10), 'f94900'],
    ['integer-as-float', integer(2n ** 53n + 1n), '1b0020000000000001'],
    ['bignum', integer(5), 'c24105'],
    ['bignum', integer(-257), 'c3420100'],
    ['boolean-as-integer', boolean(true), '01'],
    ['opaque-as-text', opaque(DEADBEEF), '686465616462656566'],
    ['hex-null-link', objlnk(65535, 65535), '69464646463a46464646'],
    ['link-trailing-nul', objlnk(3, 0), '64333a3000'],
    ['link-as-bytes', objlnk(66, 258), '4400420102'],
    ['undefined-value', text('a'), 'f7'],
    ['bad-utf8', text('a'), '6261c3'],
    ['reserved-head', integer(5), '1c'],
    ['trailing-byte', integer(5), '0500'],
    ['truncated', integer(500), '1901'],
    ['self-described', integer(5), 'd9d9f705'],
  ])('is written with the style %s: %o is %s', (style, value, expected) =>
    expect(encoded(value, style)).toBe(expected),
  );

  it.each<[Value]>([
    [integer(2n ** 63n)],
    [integer(-(2n ** 63n) - 1n)],
    [unsigned(-1)],
    [unsigned(2n ** 64n)],
    [time(2n ** 63n)],
    [objlnk(65536, 0)],
    [objlnk(1, -1)],
    [text('\ud800')],
  ])('is refused where CBOR or its type has no place for it: %o', (value) =>
    expect(encoded(value)).toBe('not-encodable'),
  );

  it('is refused as a date outside the years 0 to 9999', () => {
    expect(encoded(time(2n ** 40n), 'dated-time')).toBe('not-encodable');
  });
});

describe('CBOR', () => {
  it.each(['/', '/9', '/9/0', '/9/0/11'])('is no format for %s', (path) => {
    const context = { path: pathOf(path), model };
    const decoded = cbor.decode(Uint8Array.of(5), context);
    const written = cbor.encode([{ path: [9, 0, 1], value: integer(5) }], context);
    expect([!decoded.ok && decoded.problem.code, !written.ok && written.problem.code]).toEqual([
      'unsupported',
      'unsupported',
    ]);
  });

  it('is a format for a resource instance of a multiple resource only', () => {
    const decode = (path: string) => cbor.decode(Uint8Array.of(5), { path: pathOf(path), model });
    expect(decode('/9/0/11/3')).toEqual({ ok: true, value: [{ path: [9, 0, 11, 3], value: integer(5) }] });
    const single = decode('/9/0/1/0');
    expect(!single.ok && single.problem.code).toBe('bad-type');
  });

  it.each<[string, readonly Entry[]]>([
    ['nothing', []],
    [
      'two values',
      [
        { path: [9, 0, 1], value: integer(5) },
        { path: [9, 0, 1], value: integer(6) },
      ],
    ],
    ['no value', [{ path: [9, 0, 1] }]],
    ['another path', [{ path: [9, 0, 2], value: integer(5) }]],
    ['too deep a path', [{ path: [9, 0, 1, 0, 0], value: integer(5) }]],
    ['a negative identifier', [{ path: [9, 0, 1, -1], value: integer(5) }]],
  ])('cannot carry %s', (_, entries) => {
    const result = cbor.encode(entries, { path: [9, 0, 1] });
    expect(!result.ok && result.problem.code).toBe('not-encodable');
  });

  it('explains a payload', () => {
    const annotate = (digits: string, type: ResourceType) =>
      cbor.annotate(fromHex(digits)!, { path: [9, 0, idOf(type)], model });
    expect(annotate('c11a6553f100', 'time')).toEqual([
      { at: 0, length: 1, meaning: 'tag 1', depth: 0 },
      { at: 1, length: 5, meaning: '1700000000', depth: 1 },
    ]);
    expect(annotate('6135', 'integer')).toEqual([
      { at: 0, length: 2, meaning: '"5"', depth: 0 },
      { at: 0, length: 0, meaning: '! bad-type: /9/0/1 is an integer, not text; expected an integer', depth: 0 },
    ]);
    expect(annotate('0500', 'integer').map(({ meaning }) => meaning)).toEqual([
      '5',
      '! trailing-data: 1 byte after the end; expected nothing',
    ]);
    expect(annotate('', 'integer')).toEqual([
      {
        at: 0,
        length: 0,
        meaning: '! truncated: the payload ends where an item should start; expected another data item',
        depth: 0,
      },
    ]);
  });
});
