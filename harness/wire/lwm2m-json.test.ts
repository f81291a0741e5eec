import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { seeded } from '../base/random.js';
import { modelOf } from '../model/definition.js';
import { formatPath, pathOf } from '../model/path.js';
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
  type Entry,
  type ResourceType,
  type Value,
} from '../model/value.js';
import { decodeJson } from './lwm2m-json-decode.js';
import { JSON_LENIENCIES } from './lwm2m-json-value.js';
import { encodeJson } from './lwm2m-json.js';
import { TYPES, objectOf, resource } from './testing/definitions.js';

const model = modelOf([
  objectOf(100, [
    ...TYPES.map((type, id) => resource(id, type)),
    resource(10, 'integer', true),
    resource(11, 'integer', true),
  ]),
  objectOf(3, [resource(0, 'string'), resource(6, 'integer', true), resource(9, 'integer'), resource(10, 'objlnk')]),
]);
const idOf = (type: ResourceType): number => TYPES.indexOf(type);

function decode(json: string, path = '/', lenient: readonly string[] = [], typed = true): readonly string[] {
  const read = decodeJson(utf8(json), { path: pathOf(path), lenient: new Set(lenient), ...(typed && { model }) });
  if (!read.ok) return [read.problem.code, `@${read.problem.at}`];
  return read.value.map(
    ({ path: at, value, time: when }) =>
      `${formatPath(at)} ${value ? `${value.type} ${formatValue(value)}` : ''}${when === undefined ? '' : ` @${when}`}`,
  );
}

/** The value of type `type` written as `json`. */
const one = (type: ResourceType, json: string, lenient: readonly string[] = []): string =>
  decode(`{"bn":"/100/0/${idOf(type)}","e":[{${json}}]}`, '/100/0', lenient)[0]?.replace(/^\/100\/0\/\d+ /, '') ?? '';

describe('decodeJson', () => {
  it('reads the instance of the notes', () => {
    const json =
      '{"bn":"/3/0/","bt":1700000000,"e":[{"n":"0","sv":"Example Corp"},{"n":"6/0","v":1},{"n":"9","v":85,"t":-5},{"n":"10","ov":"10:0"}]}';
    expect(decode(json, '/3/0')).toEqual([
      '/3/0/0 string "Example Corp" @1700000000',
      '/3/0/6/0 integer 1 @1700000000',
      '/3/0/9 integer 85 @1699999995',
      '/3/0/10 objlnk 10:0 @1700000000',
    ]);
  });

  it.each<[string, string]>([
    ['{"bn":"/3/0/9","e":[{"v":85}]}', '/3/0/9'],
    ['{"e":[{"n":"","v":85}]}', '/3/0/9'],
    ['{"e":[{"v":85}]}', '/3/0/9'],
    ['{"bn":"","e":[{"n":"/3/0/9","v":85}]}', '/'],
    ['{"e":[{"n":"/3/0/9","v":85}]}', '/3/0'],
    ['{"e":[{"n":"9","v":85}]}', '/3/0'],
    ['{"e":[{"n":"0/9","v":85}]}', '/3'],
    ['{"e":[{"n":"3/0/9","v":85}]}', '/'],
    ['{"bn":"/3/0","e":[{"n":"/9","v":85}]}', '/3'],
    ['{"x":{"y":[]},"e":[{"z":null,"v":85,"n":"/9"}],"bn":"/3/0"}', '/3'],
    [' {"bn" : "/3/0/9" , "e":[ {"v":8.5e1} ] }\n', '/3/0/9'],
  ])('names values by base name, request path or as a whole: %s', (json, path) => {
    expect(decode(json, path)).toEqual(['/3/0/9 integer 85']);
  });

  it('joins base name and name as they are', () => {
    expect(decode('{"bn":"/100/0/1","e":[{"n":"0/3","v":1}]}', '/100/0')).toEqual(['/100/0/10/3 integer 1']);
  });

  it('sets a slash that a base name lacks only when told', () => {
    const json = '{"bn":"/3/0","e":[{"n":"9","v":85},{"n":"/6/1","v":5}]}';
    expect(decode(json, '/3/0')).toEqual(['bad-path', '@23']);
    expect(decode(json, '/3/0', ['json-missing-slash'])).toEqual(['/3/0/9 integer 85', '/3/0/6/1 integer 5']);
    expect(decode('{"bn":"/3/0/9","e":[{"v":85}]}', '/3/0', ['json-missing-slash'])).toEqual(['/3/0/9 integer 85']);
    expect(encode([at('/3/0/9', integer(85))], '/3/0', ['json-missing-slash'])).toBe(
      '{"bn":"/3/0","e":[{"n":"9","v":85}]}',
    );
  });

  it('reads an empty list, and times without a base', () => {
    expect(decode('{"e":[]}', '/3/0/6')).toEqual([]);
    expect(decode('{"e":[{"n":"9","v":1,"t":-1.5},{"n":"9","v":2}]}', '/3/0')).toEqual([
      '/3/0/9 integer 1 @-1.5',
      '/3/0/9 integer 2',
    ]);
    expect(decode('{"bn":"/3/0/9","bt":100,"e":[{"v":3},{"v":2,"t":-1},{"v":1,"t":-2}]}', '/3/0/9')).toHaveLength(3);
  });

  it.each<[ResourceType, string, string]>([
    ['integer', '"v":-9223372036854775808', 'integer -9223372036854775808'],
    ['integer', '"v":9007199254740993', 'integer 9007199254740993'],
    ['integer', '"v":1.0', 'integer 1'],
    ['integer', '"v":1e2', 'integer 100'],
    ['unsigned', '"v":18446744073709551615', 'unsigned 18446744073709551615'],
    ['float', '"v":20', 'float 20'],
    ['float', '"v":5e-324', 'float 5e-324'],
    ['float', '"v":0.1000000000000000055', 'float 0.1'],
    ['boolean', '"bv":true', 'boolean true'],
    ['string', '"sv":"12"', 'string "12"'],
    ['string', '"sv":"\\u00e9\\ud83d\\ude00"', 'string "é😀"'],
    ['corelnk', '"sv":"</3/0>"', 'corelnk "</3/0>"'],
    ['opaque', '"sv":"3q2+7w=="', `opaque h'deadbeef'`],
    ['opaque', '"sv":""', `opaque h''`],
    ['time', '"v":-1', 'time -1'],
    ['objlnk', '"ov":"65535:65535"', 'objlnk 65535:65535'],
  ])('reads %s %s', (type, json, expected) => {
    expect(one(type, json)).toBe(expected);
  });

  it.each<[ResourceType, string, string]>([
    ['integer', '"v":9223372036854775808', 'out-of-range'],
    ['integer', '"v":-9223372036854775809', 'out-of-range'],
    ['integer', '"v":1e400', 'out-of-range'],
    ['integer', '"v":1.5', 'bad-type'],
    ['integer', '"v":"100"', 'bad-type'],
    ['integer', '"v":null', 'bad-type'],
    ['integer', '"sv":"100"', 'bad-type'],
    ['integer', '"bv":true', 'bad-type'],
    ['unsigned', '"v":-1', 'out-of-range'],
    ['float', '"v":1e400', 'out-of-range'],
    ['float', '"v":"NaN"', 'bad-type'],
    ['float', '"v":NaN', 'not-well-formed'],
    ['boolean', '"bv":"true"', 'bad-type'],
    ['boolean', '"bv":1', 'bad-type'],
    ['boolean', '"v":true', 'bad-type'],
    ['string', '"v":"x"', 'bad-type'],
    ['string', '"sv":1', 'bad-type'],
    ['string', '"sv":"\\ud800"', 'invalid-utf8'],
    ['opaque', '"sv":"AQIDBAU"', 'bad-value'],
    ['opaque', '"sv":"-_-_"', 'bad-value'],
    ['opaque', '"sv":5', 'bad-type'],
    ['objlnk', '"ov":"FFFF:FFFF"', 'bad-value'],
    ['objlnk', '"ov":"66"', 'bad-value'],
    ['objlnk', '"ov":"65536:0"', 'out-of-range'],
    ['objlnk', '"ov":66', 'bad-type'],
    ['objlnk', '"sv":"66:0"', 'bad-type'],
    ['time', '"v":1.5', 'bad-type'],
    ['none', '"v":1', 'bad-type'],
    ['integer', '"n":"","t":0', 'bad-structure'],
    ['integer', '"v":1,"sv":"a"', 'bad-structure'],
    ['integer', '"v":1,"v":2', 'duplicate'],
    ['integer', '"v":1,"t":"5"', 'bad-type'],
    ['integer', '"v":1,"t":1e400', 'out-of-range'],
    ['integer', '"v":1,"n":5', 'bad-type'],
  ])('refuses %s %s as %s', (type, json, code) => {
    expect(one(type, json)).toBe(code);
  });

  it.each<[ResourceType, string, keyof typeof JSON_LENIENCIES, string]>([
    ['string', '"v":"x"', 'json-untyped-value', 'string "x"'],
    ['boolean', '"v":true', 'json-untyped-value', 'boolean true'],
    ['opaque', '"sv":"-_-_"', 'json-base64-url', `opaque h'fbffbf'`],
    ['opaque', '"sv":"AQIDBAU"', 'text-base64-unpadded', `opaque h'0102030405'`],
    ['opaque', '"sv":"AR=="', 'text-base64-trailing-bits', `opaque h'01'`],
    ['objlnk', '"ov":"FFFF:FFFF"', 'hex-null-link', 'objlnk 65535:65535'],
    ['objlnk', '"ov":"03:00"', 'text-leading-zeros', 'objlnk 3:0'],
  ])('takes %s %s only with %s', (type, json, leniency, expected) => {
    expect(
      one(
        type,
        json,
        Object.keys(JSON_LENIENCIES).filter((other) => other !== leniency),
      ),
    ).toMatch(/^bad-/);
    expect(one(type, json, [leniency])).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    ['[{"bn":"/3/0/9","v":1}]', '/3/0', 'bad-structure', '@0'],
    ['null', '/3/0', 'bad-structure', '@0'],
    ['{}', '/3/0', 'bad-structure', '@0'],
    ['{"e":{}}', '/3/0', 'bad-type', '@5'],
    ['{"e":[5]}', '/3/0', 'bad-structure', '@6'],
    ['{"bn":5,"e":[]}', '/3/0', 'bad-type', '@6'],
    ['{"bt":"5","e":[]}', '/3/0', 'bad-type', '@6'],
    ['{"e":[{"n":"9","v":1},{"n":"9","v":2}]}', '/3/0', 'duplicate', '@22'],
    ['{"e":[{"n":"6/0","v":1},{"n":"6/0","v":2}]}', '/3/0', 'duplicate', '@24'],
    ['{"e":[{"n":"/4/0/9","v":1}]}', '/3/0', 'outside-base', '@11'],
    ['{"bn":"/4/0/","e":[{"n":"9","v":1}]}', '/3/0', 'outside-base', '@24'],
    ['{"bn":"/3/0/","e":[{"n":"","v":1}]}', '/3/0', 'bad-path', '@24'],
    ['{"e":[{"v":1}]}', '/3/0', 'bad-path', '@6'],
    ['{"bn":"3/0/","e":[{"n":"9","v":1}]}', '/3/0', 'bad-path', '@23'],
    ['{"bn":"/3/0//","e":[{"n":"9","v":1}]}', '/3/0', 'bad-path', '@25'],
    ['{"e":[{"n":"09","v":1}]}', '/3/0', 'bad-path', '@11'],
    ['{"e":[{"n":"6/0/1","v":1}]}', '/3/0', 'bad-path', '@11'],
    ['{"e":[{"n":"65535","v":1}]}', '/3/0', 'out-of-range', '@11'],
    ['{"e":[{"n":"65536","v":1}]}', '/3/0', 'bad-path', '@11'],
    ['{"e":[{"n":"6","v":1}]}', '/3/0', 'bad-type', '@6'],
    ['{"e":[{"n":"9/0","v":1}]}', '/3/0', 'bad-type', '@6'],
    ['{"e":[]} x', '/3/0', 'trailing-data', '@9'],
    ['', '/3/0', 'truncated', '@0'],
  ])('refuses %s on %s as %s %s', (json, path, code, at) => {
    expect(decode(json, path)).toEqual([code, at]);
  });

  it('TYPES values without a definition by the format itself', () => {
    const json =
      '{"e":[{"n":"0","v":1},{"n":"1","v":1.5},{"n":"2","v":18446744073709551615},{"n":"3","v":1e30},{"n":"4","bv":false},{"n":"5","sv":"x"},{"n":"6/1","ov":"3:0"},{"n":"7","v":-9223372036854775809}]}';
    expect(decode(json, '/9/0', [], false)).toEqual([
      '/9/0/0 integer 1',
      '/9/0/1 float 1.5',
      '/9/0/2 unsigned 18446744073709551615',
      '/9/0/3 float 1e+30',
      '/9/0/4 boolean false',
      '/9/0/5 string "x"',
      '/9/0/6/1 objlnk 3:0',
      '/9/0/7 float -9223372036854776000',
    ]);
  });

  it('refuses every proper prefix, and survives changed and random bytes', () => {
    const payload = utf8('{"bn":"/3/0/","bt":17,"e":[{"n":"0","sv":"é"},{"n":"9","v":85,"t":-5}]}');
    const context = { path: pathOf('/3/0'), model, lenient: new Set(Object.keys(JSON_LENIENCIES)) };
    for (const end of payload.keys()) {
      const read = decodeJson(payload.subarray(0, end), context);
      expect(read.ok ? 'ok' : read.problem.code).toMatch(/truncated|invalid-utf8/);
    }
    const random = seeded(13);
    for (const at of payload.keys())
      for (let byte = 0; byte < 256; byte++) {
        const read = decodeJson(payload.with(at, byte), context);
        expect(read.ok || typeof read.problem.at === 'number').toBe(true);
      }
    for (let i = 0; i < 2000; i++) decodeJson(random.bytes(random.integer(30)), context);
  });
});

function encode(entries: readonly Entry[], path: string, style: readonly string[] = []): string {
  const bytes = encodeJson(entries, { path: pathOf(path), style: new Set(style) });
  return bytes.ok ? new TextDecoder().decode(bytes.value) : `${bytes.problem.code} ${bytes.problem.place ?? ''}`.trim();
}

const at = (path: string, value?: Value, when?: number): Entry => ({
  path: pathOf(path),
  ...(value && { value }),
  ...(when !== undefined && { time: when }),
});

describe('encodeJson', () => {
  const some = [at('/3/0/0', text('a"b')), at('/3/0/6/1', integer(5)), at('/3/0/10', objlnk(10, 0))];

  it('writes names relative to the base name', () => {
    expect(encode(some, '/3/0')).toBe(
      '{"bn":"/3/0/","e":[{"n":"0","sv":"a\\"b"},{"n":"6/1","v":5},{"n":"10","ov":"10:0"}]}',
    );
    expect(encode([at('/3/0/9', integer(85))], '/3/0/9')).toBe('{"bn":"/3/0/9","e":[{"v":85}]}');
    expect(encode([at('/3/0/6/0', integer(1))], '/3/0/6')).toBe('{"bn":"/3/0/6/","e":[{"n":"0","v":1}]}');
    expect(encode([at('/3/0/9', integer(85))], '/')).toBe('{"bn":"/","e":[{"n":"3/0/9","v":85}]}');
    expect(encode([], '/3/0')).toBe('{"bn":"/3/0/","e":[]}');
    expect(encode([at('/3/0/6')], '/3/0/6')).toBe('{"bn":"/3/0/6/","e":[]}');
  });

  it('writes the other forms by name', () => {
    expect(encode([at('/3/0/9', integer(85))], '/3/0', ['json-relative-names'])).toBe('{"e":[{"n":"9","v":85}]}');
    expect(encode([at('/3/0/9', integer(85))], '/3/0', ['json-absolute-names'])).toBe('{"e":[{"n":"/3/0/9","v":85}]}');
    expect(encode([at('/3/0/0', text('x'))], '/3/0', ['json-untyped-value'])).toBe(
      '{"bn":"/3/0/","e":[{"n":"0","v":"x"}]}',
    );
  });

  it('writes times relative to the first', () => {
    const series = [at('/3/0/9', integer(3), 1700000000.5), at('/3/0/9', integer(2), 1699999995)];
    expect(encode(series, '/3/0/9')).toBe('{"bn":"/3/0/9","bt":1700000000.5,"e":[{"v":3},{"t":-5.5,"v":2}]}');
    const odd = [at('/3/0/9', integer(3), 2 ** 60), at('/3/0/9', integer(2), 0.1)];
    expect(encode(odd, '/3/0/9')).toBe('{"bn":"/3/0/9","bt":0,"e":[{"t":1152921504606847000,"v":3},{"t":0.1,"v":2}]}');
  });

  it('does not write what has no form', () => {
    expect(encode([at('/100/0/3', float(NaN))], '/100/0')).toBe('not-encodable /100/0/3');
    expect(encode([at('/4/0/0', text('x'))], '/3/0')).toBe('outside-base /4/0/0');
    expect(encode([at('/3/0', text('x'))], '/3')).toBe('not-encodable /3/0');
    expect(encode([at('/3/0/9', integer(1), 5), at('/3/0/0', text('x'))], '/3/0')).toBe('not-encodable');
    expect(encode([at('/3/0/9', integer(1), Infinity)], '/3/0')).toBe('not-encodable');
  });

  it('is read back as it was, in every style', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const id = fc.integer({ min: 0, max: 65535 });
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }).map(text),
      fc.string({ unit: 'grapheme' }).map(corelnk),
      int64.map(integer),
      int64.map(time),
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(unsigned),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
      fc.boolean().map(boolean),
      fc.uint8Array().map(opaque),
      fc.tuple(id, id).map(([object, instance]) => objlnk(object, instance)),
    );
    const entries = fc
      .array(fc.tuple(value, fc.option(fc.double({ min: 0, max: 2 ** 33, noNaN: true }), { nil: undefined })))
      .map((list) => {
        const timed = list.every(([, when]) => when !== undefined);
        return list.map(([one, when], i): Entry => {
          const path = [100, i, idOf(one.type)];
          return timed && when !== undefined ? { path, value: one, time: when } : { path, value: one };
        });
      });
    const styles = fc.constantFrom('', 'json-relative-names', 'json-absolute-names');
    fc.assert(
      fc.property(entries, styles, (written, style) => {
        const bytes = encodeJson(written, { path: [100], style: new Set([style]) });
        if (!bytes.ok) throw new Error(bytes.problem.message);
        const read = decodeJson(bytes.value, { path: [100], model });
        if (!read.ok) throw new Error(read.problem.message);
        expect(read.value.map((entry) => [entry.path, entry.time])).toEqual(
          written.map((entry) => [entry.path, entry.time]),
        );
        read.value.forEach((entry, i) => {
          const before = written[i]?.value;
          expect(entry.value && before && equalValues(entry.value, before)).toBe(true);
        });
      }),
    );
  });
});
