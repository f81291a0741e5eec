import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { modelOf } from '../../model/definition.js';
import { formatPath, pathOf } from '../../model/path.js';
import {
  boolean,
  float,
  formatValue,
  integer,
  objlnk,
  opaque,
  text,
  type Entry,
  type Value,
} from '../../model/value.js';
import { senmlCbor, senmlEtchCbor, senmlEtchJson, senmlJson, type Pack, type SenmlCodec } from './index.js';
import { objectOf, resource } from '../testing/definitions.js';

const model = modelOf([
  objectOf(1, [resource(1, 'integer'), resource(6, 'boolean'), resource(2, 'unsigned'), resource(10, 'objlnk')]),
  objectOf(3, [
    resource(0, 'string'),
    resource(3, 'opaque'),
    resource(4, 'none'),
    resource(6, 'integer', true),
    resource(9, 'integer'),
    resource(13, 'time'),
    resource(14, 'string'),
    resource(16, 'string'),
    resource(22, 'corelnk'),
  ]),
  objectOf(3303, [resource(5700, 'float')]),
]);

interface Given {
  readonly path?: string;
  readonly lenient?: readonly string[];
  readonly pack?: Pack;
  readonly rootPath?: string;
  readonly bare?: boolean;
}

const contextOf = ({ path = '/', lenient = [], pack, rootPath, bare }: Given) => ({
  path: pathOf(path),
  lenient: new Set(lenient),
  ...(!bare && { model }),
  ...(pack && { pack }),
  ...(rootPath !== undefined && { rootPath }),
});

/** `/3/0/9 integer 85 @60`, one for each entry; or the problem as `bad-type@12`. */
function show(codec: SenmlCodec, payload: Uint8Array, given: Given): readonly string[] | string {
  const result = codec.decode(payload, contextOf(given));
  if (!result.ok) return `${result.problem.code}@${result.problem.at}`;
  return result.value.map(({ path, value, time: seconds }) =>
    [
      formatPath(path),
      ...(value ? [value.type, formatValue(value)] : []),
      ...(seconds === undefined ? [] : [`@${seconds}`]),
    ].join(' '),
  );
}

const fromJson = (payload: string, given: Given = {}) => show(senmlJson, utf8(payload), given);
const fromCbor = (digits: string, given: Given = {}) => show(senmlCbor, fromHex(digits)!, given);

/** One record for `/o/i/r` in SenML CBOR, with the rest of its map in hexadecimal. */
const record = (path: string, pairs: number, rest: string): string => {
  const name = utf8(path);
  return `81a${(pairs + 1).toString(16)}00${(0x60 + name.length).toString(16)}${toHex(name)}${rest}`;
};

const deviceJson =
  '[{"bn":"/3/0/","n":"0","vs":"Example Corp"},{"n":"6/0","v":1},{"n":"6/1","v":5},{"n":"9","v":85},{"n":"16","vs":"U"}]';
const deviceCbor =
  '85a321652f332f302f006130036c4578616d706c6520436f7270a20063362f300201a20063362f310205a2006139021855a200623136036155';
const device: readonly Entry[] = [
  { path: [3, 0, 0], value: text('Example Corp') },
  { path: [3, 0, 6, 0], value: integer(1) },
  { path: [3, 0, 6, 1], value: integer(5) },
  { path: [3, 0, 9], value: integer(85) },
  { path: [3, 0, 16], value: text('U') },
];

const one = (path: string, value: Value): readonly Entry[] => [{ path: pathOf(path), value }];
const targets = (...paths: readonly string[]): readonly Entry[] => paths.map((path) => ({ path: pathOf(path) }));

interface Example {
  readonly title: string;
  readonly codec: SenmlCodec;
  readonly payload: Uint8Array;
  readonly entries: readonly Entry[];
  readonly pack?: Pack;
  readonly style?: string;
}

const inCbor = (title: string, digits: string, entries: readonly Entry[], more: Partial<Example> = {}): Example => ({
  title,
  codec: senmlCbor,
  payload: fromHex(digits)!,
  entries,
  ...more,
});

const inJson = (title: string, payload: string, entries: readonly Entry[], more: Partial<Example> = {}): Example => ({
  title,
  codec: senmlJson,
  payload: utf8(payload),
  entries,
  ...more,
});

/** The examples of the notes, with the style that writes them. */
const EXAMPLES: readonly Example[] = [
  inJson('a part of a Device', deviceJson, device),
  inCbor('a part of a Device', deviceCbor, device),
  inCbor('one resource, named in bn', '81a221662f332f302f39021855', one('/3/0/9', integer(85))),
  inCbor('a string', '81a221662f332f302f30036c4578616d706c6520436f7270', one('/3/0/0', text('Example Corp'))),
  inCbor('a boolean', '81a221662f312f302f3604f5', one('/1/0/6', boolean(true))),
  inCbor('opaque', '81a221662f332f302f330844deadbeef', one('/3/0/3', opaque(fromHex('deadbeef')!))),
  inCbor('an object link', '81a221672f312f302f313063766c6f6431313a30', one('/1/0/10', objlnk(11, 0))),
  inCbor(
    'a list of paths',
    '83a100662f332f302f30a100662f332f302f39a100662f312f302f31',
    targets('/3/0/0', '/3/0/9', '/1/0/1'),
  ),
  inCbor(
    'a list of paths with base names',
    '83a221652f332f302f006130a1006139a121662f312f302f31',
    targets('/3/0/0', '/3/0/9', '/1/0/1'),
    { style: 'base-names' },
  ),
  inCbor('a write list', '82a200662f312f302f3102190258a200672f332f302f313403662b30323a3030', [
    ...one('/1/0/1', integer(600)),
    ...one('/3/0/14', text('+02:00')),
  ]),
  inCbor(
    'samples',
    '82a3216c2f333330332f302f35373030221a6553f10002fb4035800000000000a2060a02fb4035c00000000000',
    [
      { path: [3303, 0, 5700], value: float(21.5), time: 1700000000 },
      { path: [3303, 0, 5700], value: float(21.75), time: 1700000010 },
    ],
    { style: 'float64' },
  ),
  inCbor('an empty pack', '80', []),
  inJson('an empty pack', '[]', []),
  inJson('a fetch pack', '[{"n":"/3/0/9"}]', targets('/3/0/9'), { codec: senmlEtchJson, pack: 'paths' }),
  inJson('a deletion', '[{"n":"/34/0/1/1","v":null}]', targets('/34/0/1/1'), { codec: senmlEtchJson, pack: 'changes' }),
  inCbor('a deletion', '81a200692f33342f302f312f3102f6', targets('/34/0/1/1'), {
    codec: senmlEtchCbor,
    pack: 'changes',
  }),
  inJson('data', '[{"bn":"/3/0/3","vd":"--__AA"}]', one('/3/0/3', opaque(fromHex('fbefff00')!))),
  inJson('a link', '[{"bn":"/1/0/10","vlo":"65535:65535"}]', one('/1/0/10', objlnk(65535, 65535))),
];

describe('an example of SenML', () => {
  it.each(EXAMPLES)('$codec.name: $title is read and written', ({ codec, payload, entries, pack, style }) => {
    const context = { path: [], model, ...(pack && { pack }) };
    expect(codec.decode(payload, context)).toEqual({ ok: true, value: entries });
    const written = codec.encode(entries, { ...context, ...(style && { style: new Set([style]) }) });
    expect(written.ok && toHex(written.value)).toBe(toHex(payload));
  });
});

describe('names in SenML', () => {
  it.each([
    ['[{"bn":"/3/0/1","n":"3","v":1367491215}]', ['/3/0/13 time 1367491215']],
    ['[{"bn":"/3/0/9","v":1}]', ['/3/0/9 integer 1']],
    ['[{"bn":"/3/0/9","n":"","v":1}]', ['/3/0/9 integer 1']],
    ['[{"v":1,"n":"9","bn":"/3/0/"}]', ['/3/0/9 integer 1']],
    ['[{"bn":"/3/0/","n":"9","v":1},{"bn":"","n":"/1/0/1","v":2}]', ['/3/0/9 integer 1', '/1/0/1 integer 2']],
    ['[{"bn":"/3/0/","n":"9","v":1},{"bn":"/1/0/","n":"1","v":2}]', ['/3/0/9 integer 1', '/1/0/1 integer 2']],
    ['[{"bn":"/3","n":"/0/9","v":1},{"n":"/0/6/1","v":2}]', ['/3/0/9 integer 1', '/3/0/6/1 integer 2']],
    ['[{"bn":"/3/","n":"0/9","v":1}]', ['/3/0/9 integer 1']],
    ['[{"bn":"/","n":"3/0/9","v":1}]', ['/3/0/9 integer 1']],
    ['[{"n":"\\u002f3/0/9","v":1}]', ['/3/0/9 integer 1']],
    ['[{"n":"/"},{"n":"/3"},{"n":"/3/0"},{"n":"/3/0/9"},{"n":"/3/0/6/0"}]', ['/', '/3', '/3/0', '/3/0/9', '/3/0/6/0']],
    ['[{"bn":"/3/0/9"}]', ['/3/0/9']],
    ['[{"bn":"/3/0/","n":"0"},{"n":"9"},{"bn":"/1/0/1"}]', ['/3/0/0', '/3/0/9', '/1/0/1']],
    ['[{"n":"/65534/65534/65534","vs":"a"}]', ['/65534/65534/65534 string "a"']],
  ])('%s are %j', (payload, expected) => expect(fromJson(payload)).toEqual(expected));

  it.each([
    ['[{"n":"/3/0//9","v":1}]', 'bad-path@6'],
    ['[{"n":"//3/0/9","v":1}]', 'bad-path@6'],
    ['[{"n":"/3/0/9/","v":1}]', 'bad-path@6'],
    ['[{"n":"3/0/9","v":1}]', 'bad-path@6'],
    ['[{"n":"","v":1}]', 'bad-path@6'],
    ['[{"v":1}]', 'bad-path@1'],
    ['[{"bn":"/3/0/","v":1}]', 'bad-path@7'],
    ['[{"bn":"/3/0/9/","n":"/0","v":1}]', 'bad-path@21'],
    ['[{"n":"/3/0/09","v":1}]', 'bad-path@6'],
    ['[{"bn":"/3/0/0","n":"9","v":1}]', 'bad-path@20'],
    ['[{"n":"/3/0/+9","v":1}]', 'bad-path@6'],
    ['[{"n":"/3/0/-9","v":1}]', 'bad-path@6'],
    ['[{"n":"/3/0/9 ","v":1}]', 'bad-path@6'],
    ['[{"n":"/3/0/é","v":1}]', 'bad-path@6'],
    ['[{"n":"/3/0/9/0/1","v":1}]', 'bad-path@6'],
    ['[{"n":"/3/0","v":1}]', 'bad-path@6'],
    ['[{"n":"/","v":1}]', 'bad-path@6'],
    ['[{"n":"/3/0/65536","v":1}]', 'out-of-range@6'],
    ['[{"n":"/3/65535/9","v":1}]', 'out-of-range@6'],
    ['[{"n":"/3/0/99999999999999999999","v":1}]', 'out-of-range@6'],
    ['[{"n":"/d01/3/0/9","v":1}]', 'bad-path@6'],
    ['[{"n":9,"v":1}]', 'bad-type@6'],
    ['[{"bn":null,"v":1}]', 'bad-type@7'],
  ])('%s are refused: %s', (payload, expected) => expect(fromJson(payload)).toBe(expected));

  it('may have leading zeros where that is allowed', () => {
    expect(fromJson('[{"n":"/03/0/09","v":1}]', { lenient: ['leading-zeros'] })).toEqual(['/3/0/9 integer 1']);
    expect(fromJson('[{"n":"/3/00/9","v":1}]', { lenient: ['leading-zeros'] })).toEqual(['/3/0/9 integer 1']);
  });

  it('lie within the path of the request', () => {
    expect(fromJson(deviceJson, { path: '/3/0' })).toHaveLength(5);
    expect(fromJson('[{"n":"/3/0/6/1","v":1}]', { path: '/3/0/6' })).toEqual(['/3/0/6/1 integer 1']);
    expect(fromJson(deviceJson, { path: '/3/1' })).toBe('outside-base@19');
    expect(fromJson('[{"n":"/3/0/6/1","v":1}]', { path: '/3/0/6/0' })).toBe('outside-base@6');
    expect(fromJson('[{"n":"/3/0/9","v":1},{"n":"/4/0/9","v":1}]', { path: '/3' })).toBe('outside-base@27');
  });

  it.each(['/lwm2m', '/a/b', '/é'])('may have the alternate path %s in front', (rootPath) => {
    const names = (payload: string) => fromJson(payload, { rootPath, path: '/3' });
    expect(names(`[{"n":"${rootPath}/3/0/9","v":1}]`)).toEqual(['/3/0/9 integer 1']);
    expect(names(`[{"bn":"${rootPath}/3/0/","n":"9","v":1},{"n":"6/0","v":2}]`)).toEqual([
      '/3/0/9 integer 1',
      '/3/0/6/0 integer 2',
    ]);
    expect(names(`[{"bn":"${rootPath.slice(0, 2)}","n":"${rootPath.slice(2)}/3/0/9","v":1}]`)).toEqual([
      '/3/0/9 integer 1',
    ]);
    expect(names('[{"n":"/3/0/9","v":1}]')).toEqual(['/3/0/9 integer 1']);
    expect(names('[{"n":"/other/3/0/9","v":1}]')).toBe('bad-path@6');
    expect(names(`[{"n":"${rootPath}3/0/9","v":1}]`)).toBe('bad-path@6');
    const written = senmlJson.encode(device, { path: [3], rootPath });
    expect(written.ok && senmlJson.decode(written.value, { path: [3], rootPath, model })).toEqual({
      ok: true,
      value: device,
    });
    expect(written.ok && new TextDecoder().decode(written.value)).toContain(`"bn":"${rootPath}/3/0/"`);
  });

  it('are not UTF-8: refused at the record, in CBOR', () => {
    expect(fromCbor('81a2006239c30205')).toBe('invalid-utf8@3');
    expect(fromCbor('81a2007f6139612fff0205')).toBe('bad-path@3');
    expect(fromCbor('81a2007f632f332f63302f39ff0205')).toEqual(['/3/0/9 integer 5']);
    expect(fromCbor('81a20040024105')).toBe('bad-type@3');
  });
});

describe('values in SenML JSON', () => {
  it.each<[string, string, string]>([
    ['/1/0/1', '"v":9223372036854775807', 'integer 9223372036854775807'],
    ['/1/0/1', '"v":-9223372036854775808', 'integer -9223372036854775808'],
    ['/1/0/1', '"v":9007199254740993', 'integer 9007199254740993'],
    ['/1/0/2', '"v":18446744073709551615', 'unsigned 18446744073709551615'],
    ['/1/0/1', '"v":1.0', 'integer 1'],
    ['/1/0/1', '"v":1e2', 'integer 100'],
    ['/1/0/1', '"v":100e-2', 'integer 1'],
    ['/1/0/1', '"v":9007199254740993.0', 'integer 9007199254740993'],
    ['/1/0/1', '"v":-0', 'integer 0'],
    ['/3303/0/5700', '"v":0.1000000000000000055', 'float 0.1'],
    ['/3303/0/5700', '"v":5e-324', 'float 5e-324'],
    ['/3303/0/5700', '"v":1E5', 'float 100000'],
    ['/3303/0/5700', '"v":-0.0', 'float 0'],
    ['/3303/0/5700', '"v":20', 'float 20'],
    ['/3303/0/5700', '"v":9007199254740993', 'float 9007199254740992'],
    [`/3303/0/5700`, `"v":${'1'.repeat(60)}`, `float ${Number('1'.repeat(60))}`],
    ['/3/0/13', '"v":-1', 'time -1'],
    ['/3/0/13', '"v":1.638435E9', 'time 1638435000'],
    ['/1/0/6', '"vb":false', 'boolean false'],
    ['/3/0/0', '"vs":"\\uD83D\\uDE00\\u0000"', 'string "😀\\u0000"'],
    ['/3/0/0', '"vs":""', 'string ""'],
    ['/3/0/22', '"vs":"</3/0>"', 'corelnk "</3/0>"'],
    ['/3/0/3', '"vd":""', "opaque h''"],
    ['/3/0/3', '"vd":"AQ"', "opaque h'01'"],
    ['/3/0/3', '"vd":"AQI"', "opaque h'0102'"],
    ['/3/0/3', '"vd":"-_-_"', "opaque h'fbffbf'"],
    ['/1/0/10', '"vlo":"3:0"', 'objlnk 3:0'],
  ])('%s with %s is %s', (path, field, expected) =>
    expect(fromJson(`[{"n":"${path}",${field}}]`)).toEqual([`${path} ${expected}`]),
  );

  it('keep the sign of zero', () => {
    const result = senmlJson.decode(utf8('[{"n":"/3303/0/5700","v":-0}]'), { path: [], model });
    expect(result.ok && result.value[0]?.value).toEqual(float(-0));
  });

  it.each<[string, string, string]>([
    ['/1/0/1', '"v":9223372036854775808', 'out-of-range'],
    ['/1/0/1', '"v":-9223372036854775809', 'out-of-range'],
    ['/1/0/1', '"v":1e19', 'out-of-range'],
    ['/1/0/2', '"v":-1', 'out-of-range'],
    ['/1/0/2', '"v":18446744073709551616', 'out-of-range'],
    ['/1/0/1', `"v":${'9'.repeat(60)}`, 'out-of-range'],
    ['/1/0/1', '"v":1e999999999', 'bad-type'],
    ['/3303/0/5700', '"v":1e400', 'out-of-range'],
    ['/1/0/1', '"v":1.5', 'bad-type'],
    ['/1/0/1', '"v":"5"', 'bad-type'],
    ['/1/0/1', '"v":true', 'bad-type'],
    ['/1/0/1', '"v":null', 'bad-type'],
    ['/1/0/1', '"v":[1]', 'bad-type'],
    ['/1/0/1', '"vs":"5"', 'bad-type'],
    ['/3303/0/5700', '"v":"NaN"', 'bad-type'],
    ['/3303/0/5700', '"v":NaN', 'not-well-formed'],
    ['/1/0/1', '"v":01', 'not-well-formed'],
    ['/1/0/6', '"vb":1', 'bad-type'],
    ['/1/0/6', '"v":1', 'bad-type'],
    ['/1/0/6', '"vb":"true"', 'bad-type'],
    ['/3/0/0', '"vs":5', 'bad-type'],
    ['/3/0/0', '"vd":"AQ"', 'bad-type'],
    ['/3/0/0', '"vs":"\\uD800"', 'invalid-utf8'],
    ['/3/0/3', '"vd":"AQ=="', 'bad-value'],
    ['/3/0/3', '"vd":"+/+/"', 'bad-value'],
    ['/3/0/3', '"vd":"AR"', 'bad-value'],
    ['/3/0/3', '"vd":"AQJ"', 'bad-value'],
    ['/3/0/3', '"vd":"A"', 'bad-value'],
    ['/3/0/3', '"vd":"AQ\\nI"', 'bad-value'],
    ['/3/0/3', '"vd":5', 'bad-type'],
    ['/3/0/13', '"v":1.5', 'bad-type'],
    ['/1/0/10', '"vlo":"FFFF:FFFF"', 'bad-value'],
    ['/1/0/10', '"vlo":"3:"', 'bad-value'],
    ['/1/0/10', '"vlo":"3:0 "', 'bad-value'],
    ['/1/0/10', '"vlo":"03:00"', 'bad-value'],
    ['/1/0/10', '"vlo":"65536:0"', 'bad-value'],
    ['/1/0/10', '"vlo":30', 'bad-type'],
    ['/1/0/10', '"vs":"3:0"', 'bad-type'],
    ['/3/0/4', '"v":1', 'bad-type'],
    ['/3/0/6', '"v":1', 'bad-type'],
    ['/3/0/9/0', '"v":1', 'bad-type'],
  ])('%s with %s is refused as %s', (path, field, expected) => {
    expect(String(fromJson(`[{"n":"${path}",${field}}]`)).split('@')[0]).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['base64-padding', '[{"n":"/3/0/3","vd":"AQ=="}]', "/3/0/3 opaque h'01'"],
    ['base64-standard-alphabet', '[{"n":"/3/0/3","vd":"+/+/"}]', "/3/0/3 opaque h'fbffbf'"],
    ['base64-trailing-bits', '[{"n":"/3/0/3","vd":"AR"}]', "/3/0/3 opaque h'01'"],
    ['hex-null-link', '[{"n":"/1/0/10","vlo":"FFFF:FFFF"}]', '/1/0/10 objlnk 65535:65535'],
    ['link-trailing-nul', '[{"n":"/1/0/10","vlo":"3:0\\u0000"}]', '/1/0/10 objlnk 3:0'],
    ['link-as-string', '[{"n":"/1/0/10","vs":"3:0"}]', '/1/0/10 objlnk 3:0'],
    ['duplicate-members', '[{"n":"/3/0/9","v":1,"v":2}]', '/3/0/9 integer 2'],
    ['byte-order-mark', '\ufeff[{"n":"/3/0/9","v":2}]', '/3/0/9 integer 2'],
    ['sums', '[{"n":"/3/0/9","v":2,"s":7,"bs":1}]', '/3/0/9 integer 2'],
  ])('are let pass with %s: %s', (leniency, payload, expected) => {
    expect(typeof fromJson(payload)).toBe('string');
    expect(fromJson(payload, { lenient: [leniency] })).toEqual([expected]);
    const others = Object.keys(senmlJson.leniencies).filter((name) => name !== leniency);
    expect(typeof fromJson(payload, { lenient: others })).toBe('string');
  });

  it('without a model have the type that JSON tells', () => {
    const payload =
      '[{"bn":"/9/0/","n":"1","v":5},{"n":"2","v":5.0},{"n":"3","v":5e0},{"n":"4","v":18446744073709551615},{"n":"5","vs":"a"},{"n":"6","vb":true},{"n":"7","vd":"AQ"},{"n":"8","vlo":"1:2"},{"n":"9","v":-5}]';
    expect(fromJson(payload, { bare: true })).toEqual([
      '/9/0/1 integer 5',
      '/9/0/2 float 5',
      '/9/0/3 float 5',
      '/9/0/4 unsigned 18446744073709551615',
      '/9/0/5 string "a"',
      '/9/0/6 boolean true',
      "/9/0/7 opaque h'01'",
      '/9/0/8 objlnk 1:2',
      '/9/0/9 integer -5',
    ]);
    expect(fromJson(`[{"n":"/9/0/1","v":${'9'.repeat(60)}}]`, { bare: true })).toBe('out-of-range@19');
  });
});

describe('values in SenML CBOR', () => {
  it.each<[string, string, string]>([
    ['/1/0/1', '021b7fffffffffffffff', 'integer 9223372036854775807'],
    ['/1/0/1', '021b0000000000000005', 'integer 5'],
    ['/1/0/2', '021bffffffffffffffff', 'unsigned 18446744073709551615'],
    ['/1/0/1', '02f93c00', 'integer 1'],
    ['/3303/0/5700', '02f93e00', 'float 1.5'],
    ['/3303/0/5700', '02fa3fc00000', 'float 1.5'],
    ['/3303/0/5700', '02fb3ff8000000000000', 'float 1.5'],
    ['/3303/0/5700', '02f97bff', 'float 65504'],
    ['/3303/0/5700', '02f97c00', 'float Infinity'],
    ['/3303/0/5700', '02f97e01', 'float NaN'],
    ['/3303/0/5700', '021864', 'float 100'],
    ['/3303/0/5700', '02c48221196ab3', 'float 273.15'],
    ['/1/0/6', '04f5', 'boolean true'],
    ['/3/0/0', '037f61416142ff', 'string "AB"'],
    ['/3/0/0', '037818' + '61'.repeat(24), `string "${'a'.repeat(24)}"`],
    ['/3/0/3', '0840', "opaque h''"],
    ['/3/0/3', '085f41014102ff', "opaque h'0102'"],
    ['/1/0/10', '63766c6f63333a30', 'objlnk 3:0'],
    ['/1/0/10', '7f62766c616fff63333a30', 'objlnk 3:0'],
    ['/3/0/13', '021a5182428f', 'time 1367491215'],
    ['/3/0/13', '0220', 'time -1'],
    ['/3/0/9', '180205', 'integer 5'],
  ])('%s with %s is %s', (path, rest, expected) =>
    expect(fromCbor(record(path, 1, rest))).toEqual([`${path} ${expected}`]),
  );

  it.each<[string, string, string]>([
    ['/1/0/1', '021b8000000000000000', 'out-of-range'],
    ['/1/0/1', '023b8000000000000000', 'out-of-range'],
    ['/1/0/1', '02c24105', 'bad-type'],
    ['/1/0/1', '02f93e00', 'bad-type'],
    ['/1/0/1', '02f6', 'bad-type'],
    ['/1/0/1', '02f7', 'bad-type'],
    ['/1/0/6', '0401', 'bad-type'],
    ['/1/0/6', '04f7', 'bad-type'],
    ['/1/0/6', '04e0', 'bad-type'],
    ['/3/0/0', '0362c328', 'invalid-utf8'],
    ['/3/0/0', '037f61c361bcff', 'invalid-utf8'],
    ['/3/0/3', '08624151', 'bad-type'],
    ['/3/0/0', '034141', 'bad-type'],
    ['/1/0/10', '0363333a30', 'bad-type'],
    ['/1/0/10', '63766c6f4400030000', 'bad-type'],
    ['/1/0/10', '63766c6f64333a3000', 'bad-value'],
    ['/3/0/13', '02c11a5182428f', 'bad-type'],
    ['/3/0/13', '02c074323032332d31312d31345432323a31333a32305a', 'bad-type'],
    ['/3/0/9', '617605', 'unknown-label'],
    ['/3/0/9', '613205', 'unknown-label'],
    ['/3/0/9', '622d32612f', 'unknown-label'],
    ['/3/0/9', '4102', 'bad-structure'],
    ['/3/0/9', 'f9400005', 'bad-structure'],
    ['/3/0/9', 'f605', 'bad-structure'],
  ])('%s with %s is refused as %s', (path, rest, expected) => {
    expect(String(fromCbor(record(path, 1, rest))).split('@')[0]).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['text-labels', '81a2616e662f332f302f39617605', '/3/0/9 integer 5'],
    ['text-labels', '81a2613205622d32662f332f302f39', '/3/0/9 integer 5'],
    ['tagged-time', record('/3/0/13', 1, '02c11a5182428f'), '/3/0/13 time 1367491215'],
    ['link-as-string', record('/1/0/10', 1, '0363333a30'), '/1/0/10 objlnk 3:0'],
    ['link-trailing-nul', record('/1/0/10', 1, '63766c6f64333a3000'), '/1/0/10 objlnk 3:0'],
    ['hex-null-link', record('/1/0/10', 1, '63766c6f69464646463a46464646'), '/1/0/10 objlnk 65535:65535'],
    ['self-described', `d9d9f7${record('/3/0/9', 1, '0205')}`, '/3/0/9 integer 5'],
  ])('are let pass with %s: %s', (leniency, digits, expected) => {
    expect(typeof fromCbor(digits)).toBe('string');
    expect(fromCbor(digits, { lenient: [leniency] })).toEqual([expected]);
    const others = Object.keys(senmlCbor.leniencies).filter((name) => name !== leniency);
    expect(typeof fromCbor(digits, { lenient: others })).toBe('string');
  });
});
