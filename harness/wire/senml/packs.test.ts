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
  time,
  unsigned,
  type Entry,
} from '../../model/value.js';
import { senmlCbor, senmlEtchCbor, senmlEtchJson, senmlJson, type Pack, type SenmlCodec } from './index.js';
import { resource } from '../testing/definitions.js';

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
      resource(0, 'string'),
      resource(3, 'opaque'),
      resource(6, 'integer', true),
      resource(9, 'integer'),
      resource(10, 'objlnk'),
      resource(11, 'float'),
      resource(12, 'boolean'),
      resource(13, 'time'),
      resource(14, 'unsigned'),
    ],
  },
]);

interface Given {
  readonly path?: string;
  readonly lenient?: readonly string[];
  readonly pack?: Pack;
}

function show(
  codec: SenmlCodec,
  payload: Uint8Array,
  { path = '/', lenient = [], pack }: Given,
): readonly string[] | string {
  const result = codec.decode(payload, { path: pathOf(path), model, lenient: new Set(lenient), ...(pack && { pack }) });
  if (!result.ok) return `${result.problem.code}@${result.problem.at}`;
  return result.value.map(
    ({ path: target, value, time: seconds }) =>
      `${formatPath(target)}${value ? ` ${formatValue(value)}` : ''}${seconds === undefined ? '' : ` @${seconds}`}`,
  );
}

const fromJson = (payload: string, given: Given = {}) => show(senmlJson, utf8(payload), given);
const fromCbor = (digits: string, given: Given = {}) => show(senmlCbor, fromHex(digits)!, given);
const fromEtch = (payload: string, given: Given = {}) => show(senmlEtchJson, utf8(payload), given);
const fromEtchCbor = (digits: string, given: Given = {}) => show(senmlEtchCbor, fromHex(digits)!, given);

describe('the shape of a pack', () => {
  it.each([
    ['', 'truncated@0'],
    [' ', 'truncated@1'],
    ['{}', 'bad-structure@0'],
    ['null', 'bad-structure@0'],
    ['5', 'bad-structure@0'],
    ['"a"', 'bad-structure@0'],
    ['[[]]', 'bad-structure@1'],
    ['[5]', 'bad-structure@1'],
    ['[{}]', 'bad-path@1'],
    ['[{"n":"/3/0/9","v":1}] x', 'trailing-data@23'],
    ['[{"n":"/3/0/9","v":1},]', 'not-well-formed@22'],
    ['[{"n":"/3/0/9","v":1}', 'truncated@21'],
    ['\ufeff[]', 'not-well-formed@0'],
    ['['.repeat(1000), 'too-deep@64'],
    [`[{"n":"/3/0/9","v":1,"x":${'['.repeat(100_000)}`, 'too-deep@87'],
  ])('in JSON is not %j: %s', (payload, expected) => expect(fromJson(payload)).toBe(expected));

  it.each([
    ['', 'truncated@0'],
    ['a0', 'bad-structure@0'],
    ['05', 'bad-structure@0'],
    ['f6', 'bad-structure@0'],
    ['d9d9f780', 'bad-structure@0'],
    ['8105', 'bad-structure@1'],
    ['8180', 'bad-structure@1'],
    ['82a200662f332f302f390205', 'truncated@12'],
    ['81a200662f332f302f39020500', 'trailing-data@12'],
    ['9fa200662f332f302f390205', 'truncated@12'],
    ['9bffffffffffffffff', 'truncated@9'],
    ['81a200662f332f302f39021c', 'not-well-formed@11'],
    ['81a200662f332f302f3902ff', 'not-well-formed@11'],
    [`81a300662f332f302f3902050a${'81'.repeat(100_000)}`, 'too-deep@75'],
    ['81'.repeat(1000), 'bad-structure@1'],
  ])('in CBOR is not %s: %s', (digits, expected) => expect(fromCbor(digits)).toBe(expected));

  it('may be of indefinite length in CBOR, and have long heads', () => {
    const expected = ['/3/0/9 5'];
    expect(fromCbor('9fa221662f332f302f390205ff')).toEqual(expected);
    expect(fromCbor('81bf21662f332f302f390205ff')).toEqual(expected);
    expect(fromCbor('9801b802380178062f332f302f39180205')).toEqual(expected);
  });

  it.each([
    ['[{"n":"/3/0/9","v":1,"vs":"a"}]', 'bad-structure@26'],
    ['[{"n":"/3/0/9","v":1,"vlo":"1:1"}]', 'bad-structure@27'],
    ['[{"n":"/3/0/9","v":1,"v":2}]', 'duplicate@21'],
    ['[{"n":"/3/0/9","n":"/3/0/9","v":2}]', 'duplicate@15'],
    ['[{"n":"/3/0/9","v":2,"x":1,"x":2}]', 'duplicate@27'],
    ['[{"n":"/3/0/9","v":1},{"n":"/3/0/9","v":2}]', 'duplicate@22'],
    ['[{"n":"/3/0/9","v":1},{"n":"/3/0/0","vs":"a"},{"n":"/3/0/9","v":1}]', 'duplicate@46'],
    ['[{"n":"/7/0/6","v":1},{"n":"/7/0/6/0","v":2}]', 'duplicate@22'],
    ['[{"n":"/7/0/6/0","v":1},{"n":"/7/0/6","v":2}]', 'duplicate@24'],
    ['[{"n":"/3/0/9","v":1,"x_":2}]', 'unknown-label@21'],
    ['[{"n":"/3/0/9","v":1,"_":2}]', 'unknown-label@21'],
    ['[{"n":"/3/0/9","v":1,"bver":11}]', 'unsupported@28'],
    ['[{"n":"/3/0/9","v":1,"bver":10.0}]', 'bad-type@28'],
    ['[{"n":"/3/0/9","v":1,"bver":"10"}]', 'bad-type@28'],
    ['[{"n":"/3/0/9","v":1,"u":5}]', 'bad-type@25'],
    ['[{"n":"/3/0/9","v":1,"bu":null}]', 'bad-type@26'],
    ['[{"n":"/3/0/9","v":1,"ut":"5"}]', 'bad-type@26'],
    ['[{"n":"/3/0/9","v":1,"s":5}]', 'unsupported@21'],
    ['[{"n":"/3/0/9","v":1,"bs":5}]', 'unsupported@21'],
    ['[{"n":"/3/0/9","v":null}]', 'bad-type@19'],
    ['[{"n":"/3/0/9","v":1},{"n":"/3/0/0"}]', 'bad-structure@22'],
    ['[{"n":"/3/0/0"},{"n":"/3/0/9","v":1}]', 'bad-structure@1'],
  ])('has no record as in %s: %s', (payload, expected) => expect(fromJson(payload)).toBe(expected));

  it.each([
    ['81a400662f332f302f390205617801617802', 'duplicate@15'],
    ['81a400662f332f302f39020509010902', 'duplicate@14'],
    ['81a300662f332f302f3902050206', 'duplicate@12'],
    ['81a300662f332f302f390205180206', 'duplicate@12'],
    ['81a300662f332f302f39020562785f01', 'unknown-label@12'],
    ['81a300662f332f302f390205200b', 'unsupported@13'],
    ['81a300662f332f302f3902052305', 'bad-type@13'],
  ])('has no record as in CBOR %s: %s', (digits, expected) => expect(fromCbor(digits)).toBe(expected));

  it.each([
    ['[{"n":"/3/0/9","v":1,"x":{"y_":[1,{}]}}]', ['/3/0/9 1']],
    ['[{"n":"/3/0/9","v":1,"bver":10,"u":"%","bu":"V","ut":5}]', ['/3/0/9 1']],
    ['[{"bver":5,"n":"/3/0/9","v":1}]', ['/3/0/9 1']],
    ['[{"n":"/3/0/9","v":1,"x":1},{"n":"/3/0/0","vs":"","x":1}]', ['/3/0/9 1', '/3/0/0 ""']],
    [' [ { "n" : "/3/0/9" , "v" : 1 } ] ', ['/3/0/9 1']],
  ])('ignores what it may: %s', (payload, expected) => expect(fromJson(payload)).toEqual(expected));

  it.each([
    ['81a300662f332f302f390205617801', ['/3/0/9 5']],
    ['81a300662f332f302f3902050901', ['/3/0/9 5']],
    ['81a300662f332f302f39020526a10182f6f5', ['/3/0/9 5']],
    ['81a300662f332f302f3902051bffffffffffffffff01', ['/3/0/9 5']],
    ['81a2020521662f332f302f39', ['/3/0/9 5']],
  ])('ignores what it may in CBOR: %s', (digits, expected) => expect(fromCbor(digits)).toEqual(expected));

  it('may be no byte at all where that is allowed', () => {
    const given = { path: '/3/0', lenient: ['empty-payload'] };
    expect([fromJson('', given), fromCbor('', given)]).toEqual([[], []]);
    expect(senmlJson.annotate(new Uint8Array(0), { path: [3, 0], lenient: new Set(given.lenient) })).toEqual([]);
  });

  it('gives repeated records where that is allowed', () => {
    expect(fromJson('[{"n":"/3/0/9","v":1},{"n":"/3/0/9","v":2}]', { lenient: ['duplicate-records'] })).toEqual([
      '/3/0/9 1',
      '/3/0/9 2',
    ]);
  });

  it('is told by its records, or by the caller', () => {
    expect(fromJson('[{"n":"/3/0/9"}]')).toEqual(['/3/0/9']);
    expect(fromJson('[{"n":"/3/0/9"}]', { path: '/3' })).toBe('bad-structure@1');
    expect(fromJson('[{"n":"/3/0/9"}]', { path: '/3', pack: 'paths' })).toEqual(['/3/0/9']);
    expect(fromJson('[{"n":"/3/0/9"}]', { pack: 'values' })).toBe('bad-structure@1');
    expect(fromJson('[{"n":"/3/0/9","v":1}]', { pack: 'paths' })).toBe('bad-structure@19');
    expect(fromJson('[{"n":"/3/0/9"},{"n":"/3/0/9"},{"n":"/3"}]')).toEqual(['/3/0/9', '/3/0/9', '/3']);
    expect(fromJson('[]', { path: '/3/0/9' })).toEqual([]);
  });
});

describe('base values', () => {
  it.each([
    ['[{"bv":5,"n":"/3/0/9","v":1}]', ['/3/0/9 6']],
    ['[{"n":"/3/0/9","v":1,"bv":5}]', ['/3/0/9 6']],
    ['[{"bv":5,"n":"/3/0/9"}]', ['/3/0/9 5']],
    [
      '[{"bv":5,"n":"/3/0/9","v":1},{"n":"/3/0/6/0","v":2},{"bv":0,"n":"/3/0/6/1","v":3}]',
      ['/3/0/9 6', '/3/0/6/0 7', '/3/0/6/1 3'],
    ],
    ['[{"bv":5,"n":"/3/0/0","vs":"a"}]', ['/3/0/0 "a"']],
    ['[{"bv":0.1,"n":"/3/0/11","v":0.2}]', ['/3/0/11 0.3']],
    ['[{"bv":0.5,"n":"/3/0/9","v":0.5}]', ['/3/0/9 1']],
    ['[{"bv":9223372036854775807,"n":"/3/0/9","v":-9223372036854775808}]', ['/3/0/9 -1']],
    ['[{"bv":9007199254740992,"n":"/3/0/9","v":1}]', ['/3/0/9 9007199254740993']],
    ['[{"bv":-2,"n":"/3/0/13","v":1700000002}]', ['/3/0/13 1700000000']],
  ])('are added: %s', (payload, expected) => expect(fromJson(payload)).toEqual(expected));

  it.each([
    ['81a3240500662f332f302f390201', ['/3/0/9 6']],
    ['81a324f93c0000672f332f302f313102fb3fb999999999999a', ['/3/0/11 1.1']],
    ['81a324c482200100672f332f302f313102c4822002', ['/3/0/11 0.3']],
    ['81a324c482200100672f332f302f31310201', ['/3/0/11 1.1']],
  ])('are added in CBOR: %s', (digits, expected) => expect(fromCbor(digits)).toEqual(expected));

  it.each([
    ['[{"bv":9223372036854775807,"n":"/3/0/9","v":1}]', 'out-of-range@44'],
    ['[{"bv":0.5,"n":"/3/0/9","v":1}]', 'bad-type@28'],
    ['[{"bv":"5","n":"/3/0/9","v":1}]', 'bad-type@7'],
    ['[{"bv":1e-999999999,"n":"/3/0/9","v":1}]', 'out-of-range@37'],
    [`[{"bv":${'9'.repeat(500)},"n":"/3/0/11","v":1}]`, 'out-of-range@526'],
  ])('are refused: %s', (payload, expected) => expect(fromJson(payload)).toBe(expected));

  it('of CBOR floats without end are refused in a decimal sum', () => {
    expect(fromCbor('81a324f97c0000672f332f302f313102c4822002')).toBe('out-of-range@16');
  });
});

describe('times', () => {
  it.each([
    [
      '[{"bn":"/3/0/11","bt":1700000000.25,"v":1},{"t":-0.5,"v":2}]',
      ['/3/0/11 1 @1700000000.25', '/3/0/11 2 @1699999999.75'],
    ],
    ['[{"n":"/3/0/11","t":-10,"v":1}]', ['/3/0/11 1 @-10']],
    ['[{"n":"/3/0/11","t":0,"v":1}]', ['/3/0/11 1 @0']],
    ['[{"n":"/3/0/11","t":1716501300.556635828,"v":1}]', ['/3/0/11 1 @1716501300.5566359']],
    [
      '[{"bn":"/3/0/11","bt":1e9,"t":0.1,"v":1},{"t":0.2,"v":1},{"bt":0,"t":5,"v":1}]',
      ['/3/0/11 1 @1000000000.1', '/3/0/11 1 @1000000000.2', '/3/0/11 1 @5'],
    ],
    ['[{"bn":"/3/0/11","bt":268435455,"v":1},{"t":1,"v":1}]', ['/3/0/11 1 @268435455', '/3/0/11 1 @268435456']],
    ['[{"n":"/3/0/9","v":1,"t":1},{"n":"/3/0/9","v":1,"t":2}]', ['/3/0/9 1 @1', '/3/0/9 1 @2']],
  ])('are base time plus time: %s', (payload, expected) => expect(fromJson(payload)).toEqual(expected));

  it.each([
    ['82a421662f332f302f39221a6553f1000600021855a206183c021854', ['/3/0/9 85 @1700000000', '/3/0/9 84 @1700000060']],
    ['81a300662f332f302f3906010205', ['/3/0/9 5 @1']],
    ['81a300662f332f302f3906c48220050205', ['/3/0/9 5 @0.5']],
    ['81a300662f332f302f3906fbbfe00000000000000205', ['/3/0/9 5 @-0.5']],
  ])('are base time plus time in CBOR: %s', (digits, expected) => expect(fromCbor(digits)).toEqual(expected));

  it.each([
    ['[{"n":"/3/0/9","t":"1","v":1}]', 'bad-type@19'],
    ['[{"n":"/3/0/9","bt":null,"v":1}]', 'bad-type@20'],
    ['[{"n":"/3/0/9","t":1e400,"v":1}]', 'out-of-range@19'],
    ['[{"n":"/3/0/9","v":1,"t":1},{"n":"/3/0/9","v":1,"t":1.0}]', 'duplicate@28'],
  ])('are refused: %s', (payload, expected) => expect(fromJson(payload)).toBe(expected));

  it('that are not finite are refused in CBOR', () => {
    expect(fromCbor('81a300662f332f302f3906f97e000205')).toBe('out-of-range@11');
    expect(fromCbor('81a300662f332f302f3906c1000205')).toBe('bad-type@11');
  });

  const sample = (seconds: number | undefined, value = 1): Entry => ({
    path: [3, 0, 9],
    value: integer(value),
    ...(seconds !== undefined && { time: seconds }),
  });
  const jsonOf = (entries: readonly Entry[], ...style: string[]): string => {
    const result = senmlJson.encode(entries, { path: [], ...(style.length > 0 && { style: new Set(style) }) });
    return result.ok ? new TextDecoder().decode(result.value) : result.problem.code;
  };

  it('are written relative to the first', () => {
    expect(jsonOf([sample(1700000000), sample(1700000060, 2)])).toBe(
      '[{"bn":"/3/0/9","bt":1700000000,"v":1},{"t":60,"v":2}]',
    );
    expect(jsonOf([sample(1700000000.25), sample(1700000000.35, 2)])).toBe(
      '[{"bn":"/3/0/9","bt":1700000000.25,"v":1},{"t":0.1,"v":2}]',
    );
    expect(jsonOf([sample(-5), sample(-10, 2), sample(-5, 3)])).toBe(
      '[{"bn":"/3/0/9","bt":-5,"v":1},{"t":-5,"v":2},{"v":3}]',
    );
    expect(jsonOf([sample(1e300), sample(1)])).toBe('[{"bn":"/3/0/9","t":1e+300,"v":1},{"t":1,"v":1}]');
    expect(jsonOf([sample(undefined), sample(5)])).toBe('[{"bn":"/3/0/9","v":1},{"t":5,"v":1}]');
    expect(jsonOf([sample(5), sample(undefined)])).toBe('[{"bn":"/3/0/9","t":5,"v":1},{"v":1}]');
    expect(jsonOf([sample(5), sample(7)], 'absolute-time')).toBe('[{"bn":"/3/0/9","t":5,"v":1},{"t":7,"v":1}]');
    expect(jsonOf([sample(NaN)])).toBe('not-encodable');
  });
});

describe('SenML-ETCH', () => {
  it.each<[string, Given, readonly string[]]>([
    ['[{"n":"/3/0/9"}]', {}, ['/3/0/9']],
    ['[{"bn":"/3/0/","n":"0"},{"n":"9"}]', {}, ['/3/0/0', '/3/0/9']],
    [
      '[{"n":"/"},{"n":"/3"},{"n":"/3/0"},{"n":"/3/0/9"},{"n":"/3/0/6/0"}]',
      {},
      ['/', '/3', '/3/0', '/3/0/9', '/3/0/6/0'],
    ],
    ['[{"bn":"/3/0/9"}]', {}, ['/3/0/9']],
    ['[{"n":"/3/0/9"},{"n":"/3/0/9"},{"n":"/3"}]', {}, ['/3/0/9', '/3/0/9', '/3']],
    ['[{"n":"/3/0/9","t":5,"bt":1,"u":"%","bu":"V"}]', { pack: 'paths' }, ['/3/0/9 @6']],
    ['[{"n":"/3/0/9","v":5},{"n":"/3/0/0","vs":"a"}]', {}, ['/3/0/9 5', '/3/0/0 "a"']],
    ['[{"n":"/3/0/6/1","v":null}]', {}, ['/3/0/6/1']],
    [
      '[{"n":"/3/0/6/1","v":5},{"n":"/3/0/6/1","v":null},{"n":"/3/0/6/1","v":6}]',
      {},
      ['/3/0/6/1 5', '/3/0/6/1', '/3/0/6/1 6'],
    ],
    ['[{"n":"/3/0/9","v":null},{"n":"/3/0","v":null}]', { pack: 'changes' }, ['/3/0/9', '/3/0']],
    ['[{"n":"/3/0/9","x":1}]', {}, ['/3/0/9']],
  ])('%s is read (%j)', (payload, given, expected) => expect(fromEtch(payload, given)).toEqual(expected));

  it.each<[string, Given, string]>([
    ['[]', {}, 'bad-structure@0'],
    ['[{}]', {}, 'bad-path@1'],
    ['[{"n":"/3/0/9","v":1}]', { pack: 'paths' }, 'bad-structure@19'],
    ['[{"n":"/3/0/9","v":null}]', { pack: 'paths' }, 'bad-structure@19'],
    ['[{"n":"/3/0/0","vs":"a"}]', { pack: 'paths' }, 'bad-structure@20'],
    ['[{"n":"/3/0/9","bv":1}]', { pack: 'paths' }, 'bad-structure@0'],
    ['[{"n":"/3/0/9","ut":1}]', {}, 'bad-structure@0'],
    ['[{"n":"/3/0/9","s":1}]', {}, 'unsupported@15'],
    ['[{"n":"/3/0/9"}]', { pack: 'changes' }, 'bad-structure@1'],
    ['[{"n":"/3/0/9","v":1},{"n":"/3/0/0"}]', {}, 'bad-structure@22'],
    ['[{"n":"/3/0/0","vs":null}]', {}, 'bad-type@20'],
    ['[{"n":"/3/0/12","vb":null}]', {}, 'bad-type@21'],
    ['[{"n":"/3/0/3","vd":null}]', {}, 'bad-type@20'],
    ['[{"n":"/3/0/10","vlo":null}]', {}, 'bad-type@22'],
    ['[{"n":"/3/0/9","x_":1}]', {}, 'unknown-label@15'],
    ['[{"n":"/3/0/9","bver":11}]', {}, 'unsupported@22'],
    ['[{"n":"/3/0/9"},]', {}, 'not-well-formed@16'],
    ['\ufeff[{"n":"/3/0/9"}]', {}, 'not-well-formed@0'],
    ['[{"n":"/3/0/9"}]\0', {}, 'trailing-data@16'],
    ['[{"n":"/3/0/9/0/1"}]', {}, 'bad-path@6'],
  ])('%s is refused (%j): %s', (payload, given, expected) => expect(fromEtch(payload, given)).toBe(expected));

  it.each<[string, Given, readonly string[] | string]>([
    ['81a100662f332f302f39', {}, ['/3/0/9']],
    ['81a200682f332f302f362f3102f6', {}, ['/3/0/6/1']],
    ['9fbf00682f332f302f362f3102f6ffff', {}, ['/3/0/6/1']],
    ['81a200682f332f302f362f3102f7', {}, 'bad-type@13'],
    ['81a200682f332f302f362f316176f6', {}, 'unknown-label@12'],
    ['81a200682f332f302f362f3103f6', {}, 'bad-type@13'],
    ['80', {}, 'bad-structure@0'],
    ['81a200662f332f302f390205', { pack: 'paths' }, 'bad-structure@11'],
  ])('in CBOR: %s (%j) is %s', (digits, given, expected) => expect(fromEtchCbor(digits, given)).toEqual(expected));

  it.each<[string, readonly Entry[], Pack | undefined, string]>([
    ['paths', [{ path: [3, 0, 9] }, { path: [] }], undefined, '[{"n":"/3/0/9"},{"n":"/"}]'],
    ['a deletion', [{ path: [3, 0, 6, 1] }], 'changes', '[{"n":"/3/0/6/1","v":null}]'],
    [
      'values and a deletion',
      [{ path: [3, 0, 9], value: integer(5) }, { path: [3, 0, 6, 1] }],
      undefined,
      '[{"n":"/3/0/9","v":5},{"n":"/3/0/6/1","v":null}]',
    ],
    ['nothing', [], undefined, 'not-encodable'],
    ['a value among paths', [{ path: [3, 0, 9], value: integer(5) }], 'paths', 'not-encodable'],
  ])('writes %s', (_, entries, pack, expected) => {
    const result = senmlEtchJson.encode(entries, { path: [], ...(pack && { pack }) });
    expect(result.ok ? new TextDecoder().decode(result.value) : result.problem.code).toBe(expected);
  });
});

describe('writing a pack', () => {
  const entries: readonly Entry[] = [
    { path: [3, 0, 0], value: text('a"\\\n\u0001é😀') },
    { path: [3, 0, 3], value: opaque(fromHex('fbefff')!) },
    { path: [3, 0, 6, 0], value: integer(1) },
    { path: [3, 0, 6, 1], value: integer(-5) },
    { path: [3, 0, 10], value: objlnk(65535, 65535) },
    { path: [3, 0, 11], value: float(21.5) },
    { path: [3, 0, 12], value: boolean(true) },
    { path: [3, 0, 13], value: time(1700000000) },
    { path: [3, 0, 14], value: unsigned(2n ** 64n - 1n) },
    { path: [4, 0, 0], value: float(20) },
  ];
  const jsonOf = (...style: string[]): string => {
    const result = senmlJson.encode(entries, { path: [], ...(style.length > 0 && { style: new Set(style) }) });
    return result.ok ? new TextDecoder().decode(result.value) : result.problem.code;
  };

  it('is canonical JSON', () =>
    expect(jsonOf()).toBe(
      '[{"bn":"/3/0/","n":"0","vs":"a\\"\\\\\\n\\u0001é😀"},{"n":"3","vd":"--__"},{"n":"6/0","v":1},{"n":"6/1","v":-5},' +
        '{"n":"10","vlo":"65535:65535"},{"n":"11","v":21.5},{"n":"12","vb":true},{"n":"13","v":1700000000},' +
        '{"n":"14","v":18446744073709551615},{"bn":"/4/0/0","v":20.0}]',
    ));

  it.each([
    ['names-in-n', /^\[\{"n":"\/3\/0\/0","vs".*\{"n":"\/4\/0\/0"/s],
    ['names-in-bn', /^\[\{"bn":"\/3\/0\/0","vs":.*\{"bn":"\/3\/0\/6\/1","v":-5\}/s],
    ['split-resource', /\{"bn":"\/3\/0\/6\/","n":"0","v":1\},\{"n":"1","v":-5\},\{"bn":"\/3\/0\/","n":"10"/],
    ['split-anywhere', /\{"bn":"\/3\/0\/1","n":"0","vlo":"65535:65535"\},\{"n":"1","v":21\.5\}/],
    ['reversed-records', /^\[\{"bn":"\/4\/0\/0"/],
    ['reversed-labels', /^\[\{"vs":".*","n":"0","bn":"\/3\/0\/"\}/s],
    ['version', /^\[\{"bver":10,"bn"/],
    ['version-11', /^\[\{"bver":11,"bn"/],
    ['units', /"n":"6\/0","u":"%","v":1/],
    ['unknown-label', /"v":-5,"x":1\}/],
    ['must-understand-label', /"v":-5,"x_":1\}/],
    ['whitespace', /^\[\n \{\n "bn"\n :\n "\/3\/0\/",/],
    ['escaped', /"vs":"\\u0061\\u0022/],
    ['float-as-integer', /"v":20\}\]$/],
    ['exponents', /"v":2\.15e\+1/],
    ['upper-case-exponent', /"v":2\.15E\+1/],
    ['relative-names', /^\[\{"n":"3\/0\/0"/],
    ['double-slash', /"n":"\/3\/0\/6\/\/1"/],
    ['trailing-slash', /"n":"\/3\/0\/9?6\/1\/"/],
    ['no-name', /^\[\{"vs":/],
    ['no-value', /\{"bn":"\/4\/0\/0"\}\]$/],
    ['null-value', /"n":"6\/0","v":null/],
    ['two-values', /"n":"6\/0","v":1,"vs":""\}/],
    ['duplicate-label', /"n":"6\/0","v":1,"v":1\}/],
    ['duplicate-record', /\{"bn":"\/4\/0\/","n":"0","v":20\.0\},\{"n":"0","v":20\.0\}\]$/],
    ['link-as-string', /"vs":"65535:65535"/],
    ['base-value', /"n":"14","bv":9223372036854775807,"v":9223372036854775808/],
    ['sum', /"n":"6\/0","v":1,"s":1\}/],
    ['not-an-array', /^\{.*\}$/s],
    ['hex-null-link', /"vlo":"FFFF:FFFF"/],
    ['link-trailing-nul', /"vlo":"65535:65535\\u0000"/],
    ['base64-padding', /"vd":"--__"/],
    ['base64-standard-alphabet', /"vd":"\+\+\/\/"/],
    ['boolean-as-integer', /"vb":1/],
    ['integer-as-float', /"v":-5\.0/],
    ['number-as-string', /"v":"-5"/],
    ['leading-zero', /"v":-05/],
    ['lone-surrogate', /😀\\ud800"/],
    ['control-character', /😀\n"/],
    ['trailing-comma', /\},\]$/],
    ['trailing-text', /\] x$/],
    ['truncated', /\}$/],
  ])('differs with %s', (style, expected) => expect(jsonOf(style)).toMatch(expected));

  it('pads data', () => {
    const result = senmlJson.encode([{ path: [3, 0, 3], value: opaque(Uint8Array.of(1)) }], {
      path: [],
      style: new Set(['base64-padding']),
    });
    expect(result.ok && new TextDecoder().decode(result.value)).toBe('[{"bn":"/3/0/3","vd":"AQ=="}]');
  });

  it('puts a bad byte, a mark, a bare NaN where asked', () => {
    const encode = (value: Entry['value'], style: string) =>
      senmlJson.encode([{ path: [3, 0, 0], ...(value && { value }) }], { path: [], style: new Set([style]) });
    const bad = encode(text('a'), 'bad-utf8');
    expect(bad.ok && toHex(bad.value)).toContain('227673223a2261c322');
    const mark = encode(text('a'), 'byte-order-mark');
    expect(mark.ok && toHex(mark.value).slice(0, 8)).toBe('efbbbf5b');
    const bare = encode(float(-Infinity), 'non-finite-numbers');
    expect(bare.ok && new TextDecoder().decode(bare.value)).toBe('[{"bn":"/3/0/0","v":-Infinity}]');
  });

  it.each<[string, readonly Entry[]]>([
    ['NaN', [{ path: [3, 0, 11], value: float(NaN) }]],
    ['a lone surrogate', [{ path: [3, 0, 0], value: text('\udc00') }]],
    ['2^63 as integer', [{ path: [3, 0, 9], value: integer(2n ** 63n) }]],
    ['a value at an instance', [{ path: [3, 0], value: integer(1) }]],
    ['five identifiers', [{ path: [3, 0, 6, 1, 0], value: integer(1) }]],
    ['65535 for a new instance', [{ path: [3, 65535, 9], value: integer(1) }]],
    ['an identifier above 65535', [{ path: [3, 0, 65536], value: integer(1) }]],
    ['a value outside the path', [{ path: [4, 0, 9], value: integer(1) }]],
    ['a path among values', [{ path: [3, 0, 9], value: integer(1) }, { path: [3, 0, 0] }]],
  ])('refuses %s', (_, list) => {
    const result = senmlJson.encode(list, { path: [3] });
    expect(!result.ok && result.problem.code).toBe('not-encodable');
  });
});

describe('an explained pack', () => {
  it('in CBOR shows labels and what the records say', () => {
    const payload = fromHex('82a4216c2f333330332f302f35373030221a6553f1000b8002f94d60a2060a02f94d70')!;
    const lines = senmlCbor.annotate(payload, { path: [], model });
    expect(lines.map(({ at, length, depth, meaning }) => `${'  '.repeat(depth)}${at}+${length} ${meaning}`)).toEqual([
      '0+1 array of 2',
      '  1+1 map of 4: /3303/0/5700 = 21.5 at 1700000000',
      '    2+1 -2: bn, base name',
      '      3+13 "/3303/0/5700"',
      '    16+1 -3: bt, base time',
      '      17+5 1700000000',
      '    22+1 11: unknown label',
      '      23+1 array of 0',
      '    24+1 2: v, value',
      '      25+3 21.5',
      '  28+1 map of 2: /3303/0/5700 = 21.75 at 1700000010',
      '    29+1 6: t, time',
      '      30+1 10',
      '    31+1 2: v, value',
      '      32+3 21.75',
    ]);
  });

  it('in JSON likewise', () => {
    const payload = utf8('[{"n":"/3/0/9", "v":85,"x":[{}]}]');
    const lines = senmlJson.annotate(payload, { path: [], model });
    expect(lines.map(({ at, length, depth, meaning }) => `${'  '.repeat(depth)}${at}+${length} ${meaning}`)).toEqual([
      '0+1 array of 1',
      '  1+1 object of 3: /3/0/9 = 85',
      '    2+3 n: name',
      '      6+8 "/3/0/9"',
      '    16+3 v: value',
      '      20+2 85',
      '    23+3 x: unknown label',
      '      27+1 array of 1',
      '        28+1 object of 0',
      '        29+1 end of the object',
      '      30+1 end of the array',
      '  31+1 end of the object',
      '32+1 end of the array',
    ]);
  });

  it('shows a problem where it is', () => {
    const lines = senmlCbor.annotate(fromHex('82a200662f332f302f390205a200662f332f302f300205')!, { path: [], model });
    expect(lines.map(({ meaning }) => meaning)).toEqual([
      'array of 2',
      'map of 2: /3/0/9 = 5',
      '0: n, name',
      '"/3/0/9"',
      '2: v, value',
      '5',
      'map of 2',
      '0: n, name',
      '"/3/0/0"',
      '2: v, value',
      '5',
      '! bad-type: /3/0/0 is a string, not 5; expected a string',
    ]);
  });

  it('goes as far as it can', () => {
    const cbor = senmlCbor.annotate(fromHex('82a200662f332f302f390205a20062f3')!, {
      path: [],
      model,
    });
    expect(cbor.slice(-3).map(({ meaning, at, length }) => [at, length, meaning])).toEqual([
      [11, 1, '5'],
      [12, 1, 'map of 0'],
      [13, 3, '! truncated: a text string of 2 bytes, 1 left'],
    ]);
    const json = senmlJson.annotate(utf8('[{"n":"/3/0/9","v":01}]'), { path: [], model });
    expect(json.slice(-2).map(({ meaning, at, length }) => [at, length, meaning])).toEqual([
      [6, 8, '"/3/0/9"'],
      [14, 9, '! not-well-formed: 01 is no number of JSON; expected a number as in RFC 8259 §6'],
    ]);
  });
});
