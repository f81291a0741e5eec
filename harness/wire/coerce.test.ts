import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelOf, type ResourceDefinition } from '../model/definition.js';
import { formatPath, pathOf } from '../model/path.js';
import type { Plain, PlainContent } from '../model/plain.js';
import {
  boolean,
  corelnk,
  equalValues,
  float,
  formatValue,
  integer,
  objlnk,
  opaque,
  text,
  time,
  unsigned,
  type ResourceType,
  type Value,
} from '../model/value.js';
import { checkRange, contentOf, entriesOf, toPlain, toValue } from './coerce.js';

const convert = (plain: Plain, type: ResourceType): string => {
  const value = toValue(plain, type);
  return value.ok ? `${value.value.type} ${formatValue(value.value)}` : value.problem.code;
};

describe('toValue', () => {
  it.each<[Plain, ResourceType, string]>([
    ['x', 'string', 'string "x"'],
    ['', 'corelnk', 'corelnk ""'],
    [5, 'integer', 'integer 5'],
    ['-9223372036854775808', 'integer', 'integer -9223372036854775808'],
    ['18446744073709551615', 'unsigned', 'unsigned 18446744073709551615'],
    [1700000000, 'time', 'time 1700000000'],
    [21.5, 'float', 'float 21.5'],
    ['21.5', 'float', 'float 21.5'],
    ['NaN', 'float', 'float NaN'],
    ['-Infinity', 'float', 'float -Infinity'],
    [true, 'boolean', 'boolean true'],
    ['false', 'boolean', 'boolean false'],
    ['DE:AD be ef', 'opaque', `opaque h'deadbeef'`],
    ['', 'opaque', `opaque h''`],
    ['10:0', 'objlnk', 'objlnk 10:0'],
  ])('takes %j for %s', (plain, type, expected) => {
    expect(convert(plain, type)).toBe(expected);
  });

  it.each<[Plain, ResourceType, string]>([
    [5, 'string', 'bad-type'],
    [true, 'corelnk', 'bad-type'],
    [1.5, 'integer', 'bad-type'],
    [2 ** 60, 'integer', 'bad-type'],
    [NaN, 'integer', 'bad-type'],
    [true, 'integer', 'bad-type'],
    ['x', 'integer', 'bad-value'],
    ['1.0', 'time', 'bad-value'],
    [-1, 'unsigned', 'out-of-range'],
    ['9223372036854775808', 'integer', 'out-of-range'],
    [true, 'float', 'bad-type'],
    ['x', 'float', 'bad-value'],
    [1, 'boolean', 'bad-type'],
    ['yes', 'boolean', 'bad-type'],
    ['abc', 'opaque', 'bad-type'],
    [12, 'opaque', 'bad-type'],
    ['3', 'objlnk', 'bad-value'],
    [3, 'objlnk', 'bad-type'],
    ['70000:0', 'objlnk', 'out-of-range'],
    ['', 'none', 'bad-type'],
  ])('refuses %j for %s as %s', (plain, type, code) => {
    expect(convert(plain, type)).toBe(code);
  });

  it('gives back what toPlain made, also through JSON', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const id = fc.integer({ min: 0, max: 65535 });
    const values = fc.oneof(
      fc.string().map(text),
      fc.string().map(corelnk),
      int64.map(integer),
      int64.map(time),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(unsigned),
      fc
        .double()
        .filter((value) => !Object.is(value, -0))
        .map(float),
      fc.boolean().map(boolean),
      fc.uint8Array().map(opaque),
      fc.tuple(id, id).map(([object, instance]) => objlnk(object, instance)),
    );
    fc.assert(
      fc.property(values, (value: Value) => {
        const plain: Plain = JSON.parse(JSON.stringify(toPlain(value)));
        const back = toValue(plain, value.type);
        expect(back.ok && equalValues(back.value, value)).toBe(true);
      }),
    );
  });
});

const definition = (id: number, type: ResourceType, range = '', multiple = false): ResourceDefinition => ({
  id,
  name: 'Level',
  operations: 'RW',
  multiple,
  mandatory: false,
  type,
  range,
  units: '',
});

describe('checkRange', () => {
  it('finds values outside the range of a definition', () => {
    expect(checkRange(integer(255), definition(0, 'integer', '0..255'))).toBeUndefined();
    expect(checkRange(float(90.5), definition(0, 'float', '-90..90'))?.code).toBe('out-of-range');
    expect(checkRange(text('héllo'), definition(0, 'string', '0..5'))?.code).toBe('out-of-range');
    expect(checkRange(time(5), definition(0, 'time'))).toBeUndefined();
    expect(checkRange(integer(7), definition(0, 'integer', ' 0,1,2'))).toEqual({
      code: 'out-of-range',
      message: '7 is out of range for Level',
      hint: 'expected 0,1,2',
    });
  });
});

const model = modelOf([
  {
    id: 3,
    name: 'Device',
    version: '1.0',
    enabler: '1.0',
    multiple: false,
    mandatory: true,
    urn: '',
    resources: [
      definition(4, 'none'),
      definition(7, 'integer', '', true),
      definition(14, 'string'),
      definition(9, 'unsigned'),
    ],
  },
]);

const entries = (path: string, content: Plain | PlainContent, typed = true) => {
  const read = entriesOf(pathOf(path), content, typed ? model : undefined);
  if (!read.ok) return [read.problem.code, read.problem.place];
  return read.value.map(
    (entry) => `${formatPath(entry.path)} ${entry.value?.type} ${entry.value && formatValue(entry.value)}`,
  );
};

describe('entriesOf and contentOf', () => {
  it('types values by the model, at any depth of target', () => {
    expect(entries('/3/0', { '9': 85, '14': '+02', '7/0': 3800 })).toEqual([
      '/3/0/9 unsigned 85',
      '/3/0/14 string "+02"',
      '/3/0/7/0 integer 3800',
    ]);
    expect(entries('/', { '/3/0/14': 'x' })).toEqual(['/3/0/14 string "x"']);
    expect(entries('/3/0/7', { '0': 1, '1': 2 })).toEqual(['/3/0/7/0 integer 1', '/3/0/7/1 integer 2']);
    expect(entries('/3/0/14', 'x')).toEqual(['/3/0/14 string "x"']);
    expect(entries('/3/0/7/1', '5')).toEqual(['/3/0/7/1 integer 5']);
  });

  it('types values by themselves where the model is silent', () => {
    expect(entries('/9/0', { '0': 1, '1': 1.5, '2': true, '3': 'x' })).toEqual([
      '/9/0/0 integer 1',
      '/9/0/1 float 1.5',
      '/9/0/2 boolean true',
      '/9/0/3 string "x"',
    ]);
    expect(entries('/3/0/9', 85, false)).toEqual(['/3/0/9 integer 85']);
  });

  it.each<[string, Plain | PlainContent, string, string]>([
    ['/3/0', { '14': 5 }, 'bad-type', '/3/0/14'],
    ['/3/0', { '4': 'x' }, 'bad-type', '/3/0/4'],
    ['/3/0', { '7': 5 }, 'bad-path', '/3/0/7'],
    ['/3/0', { '9/0': 5 }, 'bad-path', '/3/0/9/0'],
    ['/3/0', 5, 'bad-path', '/3/0'],
    ['/3', { '0': 5 }, 'bad-path', '/3/0'],
    ['/3/0/7', { '0/1': 5 }, 'bad-path', '/3/0/7/0/1'],
    ['/3/0', { x: 5 }, 'path-segment', 'x'],
    ['/3/0', { '09': 5 }, 'path-segment', '09'],
  ])('refuses %s %j as %s at %s', (path, content, code, place) => {
    expect(entries(path, content)).toEqual([code, place]);
  });

  it('makes content of entries again', () => {
    for (const [path, content] of [
      ['/3/0', { '9': 85, '14': '+02', '7/0': 3800 }],
      ['/3/0/14', 'x'],
      ['/3/0/7', { '0': 1 }],
      ['/', { '3/0/9': 1 }],
      ['/3/0', {}],
    ] as const) {
      const read = entriesOf(pathOf(path), content, model);
      expect(read.ok && contentOf(read.value, pathOf(path))).toEqual(content);
    }
    expect(contentOf([{ path: [3, 0, 7] }, { path: [4, 0, 1], value: integer(1) }], [3, 0])).toEqual({});
    expect(contentOf([{ path: [3, 0, 9], value: integer(2n ** 60n) }], [3, 0, 9])).toBe('1152921504606846976');
  });
});
