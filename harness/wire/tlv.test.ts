import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
import { modelOf, type Model } from '../model/definition.js';
import { formatPath, pathOf } from '../model/path.js';
import {
  boolean,
  corelnk,
  float,
  formatValue,
  integer,
  objlnk,
  opaque,
  text,
  time,
  unsigned,
  type Entry,
  type Value,
} from '../model/value.js';
import { tlvCodec } from './tlv.js';
import { VALUE_TYPES, hex, objectOf, resource } from './testing/definitions.js';

const device = objectOf(3, [
  ...[0, 1, 2, 3, 14, 16].map((id) => resource(id, 'string')),
  resource(4, 'none'),
  ...[6, 7, 8, 11].map((id) => resource(id, 'integer', true)),
  resource(9, 'integer'),
  resource(10, 'integer'),
  resource(13, 'time'),
]);
const model: Model = modelOf([
  device,
  objectOf(2, [resource(0, 'integer'), resource(1, 'integer'), resource(2, 'integer', true), resource(3, 'integer')]),
  objectOf(
    100,
    [...VALUE_TYPES, 'corelnk' as const].map((type, id) => resource(id, type)),
  ),
]);

const show = (entries: readonly Entry[]): string[] =>
  entries.map((entry) => `${formatPath(entry.path)}${entry.value ? ` ${formatValue(entry.value)}` : ''}`);

function decode(path: string, digits: string, lenient: readonly string[] = [], typed = true): string[] {
  const context = { path: pathOf(path), lenient: new Set(lenient), ...(typed && { model }) };
  const result = tlvCodec.decode(hex(digits), context);
  return result.ok ? show(result.value) : [`${result.problem.code} @${result.problem.at}`];
}

function encode(path: string, entries: readonly Entry[], style: readonly string[] = []): string {
  const result = tlvCodec.encode(entries, { path: pathOf(path), style: new Set(style) });
  return result.ok ? toHex(result.value) : `${result.problem.code} ${result.problem.place ?? ''}`;
}

const at = (path: string, value?: Value): Entry => ({ path: pathOf(path), ...(value && { value }) });
const ascii = (length: number): string => 'A'.repeat(length);
const many = (length: number): string => '41'.repeat(length);

/** Type id of object 100 above. */
const idOf: Readonly<Record<string, number>> = Object.fromEntries(
  [...VALUE_TYPES, 'corelnk'].map((type, id) => [type, id]),
);

describe('TLV of single values', () => {
  it.each<[Value, string]>([
    [integer(0), '00'],
    [integer(1), '01'],
    [integer(127), '7f'],
    [integer(128), '0080'],
    [integer(-1), 'ff'],
    [integer(-128), '80'],
    [integer(-129), 'ff7f'],
    [integer(255), '00ff'],
    [integer(300), '012c'],
    [integer(32767), '7fff'],
    [integer(32768), '00008000'],
    [integer(-32768), '8000'],
    [integer(-32769), 'ffff7fff'],
    [integer(86400), '00015180'],
    [integer(2147483647), '7fffffff'],
    [integer(-2147483648), '80000000'],
    [integer(2147483648), '0000000080000000'],
    [integer(-2147483649), 'ffffffff7fffffff'],
    [integer(9007199254740993n), '0020000000000001'],
    [integer(2n ** 63n - 1n), '7fffffffffffffff'],
    [integer(-(2n ** 63n)), '8000000000000000'],
    [unsigned(0), '00'],
    [unsigned(255), 'ff'],
    [unsigned(256), '0100'],
    [unsigned(65535), 'ffff'],
    [unsigned(65536), '00010000'],
    [unsigned(4294967295), 'ffffffff'],
    [unsigned(4294967296), '0000000100000000'],
    [unsigned(2n ** 64n - 1n), 'ffffffffffffffff'],
    [float(1.5), '3fc00000'],
    [float(-2.25), 'c0100000'],
    [float(45.5), '42360000'],
    [float(0), '00000000'],
    [float(-0), '80000000'],
    [float(21.3), '40354ccccccccccd'],
    [float(5e-324), '0000000000000001'],
    [float(Infinity), '7f800000'],
    [float(-Infinity), 'ff800000'],
    [float(NaN), '7fc00000'],
    [boolean(true), '01'],
    [boolean(false), '00'],
    [time(1367491215), '5182428f'],
    [time(1700000000), '6553f100'],
    [time(4102444800), '00000000f4865700'],
    [time(-1), 'ff'],
    [objlnk(10, 0), '000a0000'],
    [objlnk(65535, 65535), 'ffffffff'],
    [opaque(hex('deadbeef')), 'deadbeef'],
    [opaque(hex('')), ''],
    [text(''), ''],
    [text('ABCDEFG'), '41424344454647'],
    [text('ABCDEFGH'), '4142434445464748'],
    [text('é€😀\0'), 'c3a9e282acf09f988000'],
    [corelnk('</3/0>'), '3c2f332f303e'],
  ])('writes and reads %o as %s', (value, bytes) => {
    const id = idOf[value.type] ?? 0;
    const path = `/100/0/${id}`;
    const length = bytes.length / 2;
    const header = length < 8 ? `c${length}0${id}` : `c80${id}${length.toString(16).padStart(2, '0')}`;
    expect(encode(path, [at(path, value)])).toBe(header + bytes);
    expect(decode(path, header + bytes)).toEqual([`${path} ${formatValue(value)}`]);
  });

  it('chooses the header by the length of the value and the id', () => {
    const forms: readonly [string, Value, string][] = [
      ['/3/0/0', text(ascii(7)), 'c700' + many(7)],
      ['/3/0/0', text(ascii(8)), 'c80008' + many(8)],
      ['/3/0/0', text(ascii(255)), 'c800ff' + many(255)],
      ['/3/0/0', text(ascii(256)), 'd0000100' + many(256)],
      ['/3/0/0', text(ascii(65535)), 'd000ffff' + many(65535)],
      ['/3/0/0', text(ascii(65536)), 'd800010000' + many(65536)],
      ['/9/0/255', integer(1), 'c1ff01'],
      ['/9/0/256', integer(1), 'e1010001'],
      ['/9/0/256', text(ascii(8)), 'e8010008' + many(8)],
      ['/9/0/5850', text(ascii(300)), 'f016da012c' + many(300)],
      ['/9/0/5850', text(ascii(70000)), 'f816da011170' + many(70000)],
      ['/9/0/65534', integer(1), 'e1fffe01'],
    ];
    for (const [path, value, bytes] of forms) {
      expect(encode(path, [at(path, value)])).toBe(bytes);
      const back = tlvCodec.decode(hex(bytes), { path: pathOf(path) });
      expect(back.ok && back.value[0]?.path).toEqual(pathOf(path));
    }
  });
});

const DEVICE = 'c8000c4578616d706c6520436f7270c40145582d31860641000141010583' + '0b410000c11055';
const deviceEntries: readonly Entry[] = [
  at('/3/0/0', text('Example Corp')),
  at('/3/0/1', text('EX-1')),
  at('/3/0/6/0', integer(1)),
  at('/3/0/6/1', integer(5)),
  at('/3/0/11/0', integer(0)),
  at('/3/0/16', text('U')),
];

describe('TLV of instances and objects', () => {
  it('writes and reads the Device instance of the notes on every level', () => {
    expect(encode('/3/0', deviceEntries)).toBe(DEVICE);
    expect(encode('/3', deviceEntries)).toBe(`080025${DEVICE}`);
    expect(decode('/3/0', DEVICE)).toEqual(show(deviceEntries));
    expect(decode('/3', `080025${DEVICE}`)).toEqual(show(deviceEntries));
  });

  it('takes the instance with or without its wrapper on an instance path', () => {
    expect(encode('/3/0', deviceEntries, ['tlv-instance-wrapper'])).toBe(`080025${DEVICE}`);
    expect(decode('/3/0', `080025${DEVICE}`)).toEqual(show(deviceEntries));
  });

  it('writes and reads several instances', () => {
    const entries = [
      ...[at('/2/0/0', integer(1)), at('/2/0/1', integer(0)), at('/2/0/2/127', integer(7)), at('/2/0/3', integer(127))],
      at('/2/2/0', integer(3)),
      at('/2/2/1', integer(0)),
      at('/2/2/2/127', integer(7)),
      at('/2/2/2/310', integer(1)),
      at('/2/2/3', integer(127)),
    ];
    const bytes = '08000ec10001c101008302417f07c1037f080212c10003c101008702417f0761013601c1037f';
    expect(encode('/2', entries)).toBe(bytes);
    expect(decode('/2', bytes)).toEqual(show(entries));
  });

  it('keeps empty containers as entries without a value', () => {
    expect(decode('/3', '0003')).toEqual(['/3/3']);
    expect(encode('/3', [at('/3/3')])).toBe('0003');
    expect(decode('/3/0', '8006')).toEqual(['/3/0/6']);
    expect(encode('/3/0', [at('/3/0/6')])).toBe('8006');
    expect(decode('/3/0/6', '8006')).toEqual(['/3/0/6']);
    expect(decode('/3/0/6', '')).toEqual(['/3/0/6']);
    expect(decode('/3', '')).toEqual([]);
    expect(decode('/3/0', '')).toEqual([]);
    expect(encode('/3', [at('/3')])).toBe('');
  });

  it('leaves the instance of a Create out', () => {
    const entries = [at('/3303/65535/5700', float(21.5))];
    expect(encode('/3303', entries)).toBe('e4164441ac0000');
    expect(encode('/3303', [at('/3303/0/5700', float(21.5))])).toBe('0700e4164441ac0000');
    expect(decode('/3303', 'e4164441ac0000', ['tlv-new-instance'])).toEqual([`/3303/65535/5700 h'41ac0000'`]);
    expect(encode('/3303', [...entries, at('/3303/0/5700', float(1))])).toBe('not-encodable /3303');
  });

  it('reads values without a definition as opaque, with their structure', () => {
    expect(decode('/3/0', '8606410001410105c10964', [], false)).toEqual([
      `/3/0/6/0 h'01'`,
      `/3/0/6/1 h'05'`,
      `/3/0/9 h'64'`,
    ]);
  });
});
