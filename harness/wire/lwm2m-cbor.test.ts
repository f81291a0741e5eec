import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../base/bytes.js';
import { modelOf } from '../model/definition.js';
import { formatPath, pathOf } from '../model/path.js';
import { float, formatValue, integer, objlnk, opaque, text, time, unsigned, type Entry } from '../model/value.js';
import { lwm2mCbor } from './lwm2m-cbor.js';
import { objectOf, resource } from './testing/definitions.js';

const model = modelOf([
  objectOf(1, [resource(1, 'integer'), resource(6, 'boolean'), resource(10, 'objlnk')]),
  objectOf(3, [
    resource(0, 'string'),
    resource(3, 'opaque'),
    resource(4, 'none'),
    resource(6, 'integer', true),
    resource(9, 'integer'),
    resource(10, 'unsigned'),
    resource(13, 'time'),
    resource(14, 'string'),
    resource(16, 'string'),
  ]),
  objectOf(34, [resource(1, 'integer', true)]),
  objectOf(3303, [resource(5700, 'float')]),
]);

interface Given {
  readonly path?: string;
  readonly lenient?: readonly string[];
  readonly bare?: boolean;
}

/** `/3/0/9 85`, one for each entry; or the problem as `bad-type@12`. */
function show(digits: string, { path = '/', lenient = [], bare = false }: Given = {}): readonly string[] | string {
  const result = lwm2mCbor.decode(fromHex(digits)!, {
    path: pathOf(path),
    lenient: new Set(lenient),
    ...(!bare && { model }),
  });
  if (!result.ok) return `${result.problem.code}@${result.problem.at}`;
  return result.value.map((entry) => `${formatPath(entry.path)}${entry.value ? ` ${formatValue(entry.value)}` : ''}`);
}

function written(entries: readonly Entry[], path = '/', ...style: string[]): string {
  const result = lwm2mCbor.encode(entries, {
    path: pathOf(path),
    model,
    ...(style.length > 0 && { style: new Set(style) }),
  });
  return result.ok ? toHex(result.value) : result.problem.code;
}

const device: readonly Entry[] = [
  { path: [3, 0, 0], value: text('Example Corp') },
  { path: [3, 0, 6, 0], value: integer(1) },
  { path: [3, 0, 6, 1], value: integer(5) },
  { path: [3, 0, 9], value: integer(85) },
  { path: [3, 0, 16], value: text('U') },
];
const battery: readonly Entry[] = [{ path: [3, 0, 9], value: integer(85) }];

describe('an example of LwM2M CBOR', () => {
  it.each<[string, string, readonly Entry[], string, readonly string[]]>([
    ['one map per level', 'a103a100a1091855', battery, '/3/0/9', []],
    ['an array key', 'a1830300091855', battery, '/', ['array-keys']],
    ['levels joined', 'a1830300091855', battery, '/', ['compact-keys']],
    ['arrays of one', 'a18103a18100a181091855', battery, '/', ['arrays-of-one']],
    [
      'indefinite lengths',
      'bf820300bf0918550a0fffff',
      [...battery, { path: [3, 0, 10], value: unsigned(15) }],
      '/3/0',
      ['compact-keys', 'indefinite'],
    ],
    ['a Device', 'a103a100a4006c4578616d706c6520436f727006a200010105091855106155', device, '/3/0', []],
    [
      'two objects',
      'a201a100a10119025803a100a10e662b30323a3030',
      [
        { path: [1, 0, 1], value: integer(600) },
        { path: [3, 0, 14], value: text('+02:00') },
      ],
      '/',
      [],
    ],
    [
      'a new instance',
      'a1190ce7a119ffffa1191644fa41ac0000',
      [{ path: [3303, 65535, 5700], value: float(21.5) }],
      '/3303',
      ['float32'],
    ],
    [
      'a new instance with its id',
      'a1190ce7a100a1191644f94d60',
      [{ path: [3303, 0, 5700], value: float(21.5) }],
      '/3303',
      [],
    ],
    ['a resource instance', 'a1840300060105', [{ path: [3, 0, 6, 1], value: integer(5) }], '/3/0/6/1', ['array-keys']],
    ['an object link', 'a18301000a6431313a30', [{ path: [1, 0, 10], value: objlnk(11, 0) }], '/', ['array-keys']],
    ['a deletion', 'a1841822000101f6', [{ path: [34, 0, 1, 1] }], '/', ['array-keys']],
    ['a multiple resource', 'a183030006a200010105', device.slice(1, 3), '/3/0/6', ['compact-keys']],
    ['a multiple resource without instances', 'a103a100a106a0', [{ path: [3, 0, 6] }], '/3/0', []],
    ['an instance without resources', 'a103a101a0', [{ path: [3, 1] }], '/3', []],
    ['nothing', 'a0', [], '/3/0', []],
    [
      'one instance under two keys',
      'a2820300a20918640a0f830300106155',
      [
        { path: [3, 0, 9], value: integer(100) },
        { path: [3, 0, 10], value: unsigned(15) },
        { path: [3, 0, 16], value: text('U') },
      ],
      '/',
      ['split-instance'],
    ],
    [
      'times with a tag',
      'a18303000dc11a6553f100',
      [{ path: [3, 0, 13], value: time(1700000000) }],
      '/',
      ['array-keys', 'tagged-time'],
    ],
    [
      'keys in order',
      'a201a100a1010503a100a1091855',
      [...battery, { path: [1, 0, 1], value: integer(5) }],
      '/',
      ['deterministic'],
    ],
    ['data', 'a18303000344deadbeef', [{ path: [3, 0, 3], value: opaque(fromHex('deadbeef')!) }], '/', ['array-keys']],
  ])('%s is read and written', (_, digits, entries, path, style) => {
    expect(written(entries, path, ...style)).toBe(digits);
    const expected = style.includes('deterministic') ? [...entries].reverse() : entries;
    expect(lwm2mCbor.decode(fromHex(digits)!, { path: pathOf(path), model })).toEqual({ ok: true, value: expected });
  });
});

describe('reading LwM2M CBOR', () => {
  it.each<[string, readonly string[]]>([
    ['a2820300a206a200010105091864830100011a00015180', ['/3/0/6/0 1', '/3/0/6/1 5', '/3/0/9 100', '/1/0/1 86400']],
    ['a2820300a1091864830300106155', ['/3/0/9 100', '/3/0/16 "U"']],
    ['a2840300060001840300060105', ['/3/0/6/0 1', '/3/0/6/1 5']],
    ['a103a1820006a200010105', ['/3/0/6/0 1', '/3/0/6/1 5']],
    ['bf9f030009ff1864ff', ['/3/0/9 100']],
    ['bf03bf00bf06bf00010105ffffffff', ['/3/0/6/0 1', '/3/0/6/1 5']],
    ['a183030018091864', ['/3/0/9 100']],
    ['a18319fffe0019fffe01', ['/65534/0/65534 1']],
    ['a183030004f6', ['/3/0/4']],
    ['a1841822000101f6', ['/34/0/1/1']],
    ['a103a0', ['/3']],
    ['bfff', []],
    ['a1830300107f61416142ff', ['/3/0/16 "AB"']],
    ['a18303000df95640', ['/3/0/13 100']],
    ['a183190ce700191644c48221196ab3', ['/3303/0/5700 273.15']],
    ['a28103a100a1090503a100a1106155', ['/3/0/9 5', '/3/0/16 "U"']],
  ])('%s is %j', (digits, expected) => expect(show(digits)).toEqual(expected));

  it.each<[string, string, string]>([
    ['/', '', 'truncated@0'],
    ['/', '80', 'bad-structure@0'],
    ['/', '05', 'bad-structure@0'],
    ['/', 'f6', 'bad-structure@0'],
    ['/', '81a200662f332f302f390205', 'bad-structure@0'],
    ['/', 'd9d9f7a1830300091864', 'bad-structure@0'],
    ['/', 'a18001', 'bad-structure@1'],
    ['/', 'bf8001ff', 'bad-structure@1'],
    ['/', 'a19fff05', 'bad-structure@1'],
    ['/', 'a1820300a18005', 'bad-structure@5'],
    ['/', 'a12005', 'bad-structure@1'],
    ['/', 'a1830300201864', 'bad-structure@4'],
    ['/', 'a1f9420005', 'bad-structure@1'],
    ['/', 'a1410305', 'bad-structure@1'],
    ['/', 'a1f505', 'bad-structure@1'],
    ['/', 'a1c10305', 'bad-structure@1'],
    ['/', 'a16164a1830300091864', 'bad-structure@1'],
    ['/', 'a182038100a1091864', 'bad-structure@3'],
    ['/', 'a10305', 'bad-structure@2'],
    ['/', 'a182030005', 'bad-structure@4'],
    ['/', 'a183030009a1001864', 'bad-structure@6'],
    ['/', 'a183030009a0', 'bad-structure@1'],
    ['/', 'a18303000605', 'bad-structure@1'],
    ['/', 'a18403000600a0', 'bad-structure@1'],
    ['/', 'a100a100a100a100a10005', 'too-deep@8'],
    ['/', 'a185030006000005', 'too-deep@6'],
    ['/', 'a183030006a182000005', 'too-deep@8'],
    ['/', `${'a100'.repeat(1000)}05`, 'too-deep@8'],
    ['/', 'a11a0001000005', 'out-of-range@1'],
    ['/', 'a18303001b000000010000000905', 'out-of-range@4'],
    ['/', 'a1830319ffff0905', 'out-of-range@3'],
    ['/3/65535', 'a1830319ffff0905', 'out-of-range@3'],
    ['/3', 'a18319ffff000905', 'out-of-range@2'],
    ['/', 'a183030009f7', 'bad-type@5'],
    ['/', 'a183030009e0', 'bad-type@5'],
    ['/', 'a1830300098105', 'bad-type@5'],
    ['/', 'a183030009f6', 'bad-type@5'],
    ['/', 'a183030009c24105', 'bad-type@5'],
    ['/', 'a1830300096135', 'bad-type@5'],
    ['/', 'a183030004f5', 'bad-type@5'],
    ['/', 'a1830300091b8000000000000000', 'out-of-range@5'],
    ['/', 'a18303000a20', 'out-of-range@5'],
    ['/', 'a18301000a64333a3000', 'bad-value@5'],
    ['/', 'a18303000062c328', 'invalid-utf8@6'],
    ['/', 'a283030009058303000906', 'duplicate@6'],
    ['/', 'a2830300090503a100a10906', 'duplicate@10'],
    ['/', 'a203a100a109058103a100a10906', 'duplicate@12'],
    ['/', 'a203a100a1090503a100a11000', 'duplicate@7'],
    ['/', 'a283030009059f030009ff06', 'duplicate@6'],
    ['/', 'a1820300a209050906', 'duplicate@7'],
    ['/7', 'a28307000601840700060002', 'duplicate@6'],
    ['/3/1', 'a1830300091864', 'outside-base@1'],
    ['/3/0/9', 'a283030009058303000a06', 'outside-base@6'],
    ['/3/0/6/1', 'a1840300060005', 'outside-base@1'],
    ['/3/0', 'a103a0', 'outside-base@1'],
    ['/', 'a1830300090500', 'trailing-data@6'],
    ['/', 'a1830300091c', 'not-well-formed@5'],
    ['/', 'bf83030009ff', 'not-well-formed@5'],
    ['/', 'a18303ff0905', 'not-well-formed@3'],
    ['/', 'bbffffffffffffffff', 'truncated@9'],
    ['/', 'a19bffffffffffffffff', 'truncated@10'],
    ['/', 'a1830300007b7fffffffffffffff61', 'truncated@5'],
  ])('on %s refuses %s as %s', (path, digits, expected) => expect(show(digits, { path })).toBe(expected));

  it.each<[string, string, string, readonly string[]]>([
    ['relative-keys', '/3303', 'a100a1191644f94d60', ['/3303/0/5700 21.5']],
    ['relative-keys', '/3/0', 'a10e662b30323a3030', ['/3/0/14 "+02:00"']],
    ['duplicate-paths', '/', 'a2830300090503a100a10906', ['/3/0/9 6']],
    ['null-value', '/', 'a183030009f6', ['/3/0/9']],
    ['self-described', '/', 'd9d9f7a1830300091864', ['/3/0/9 100']],
    ['empty-payload', '/3/0', '', []],
    ['hex-null-link', '/', 'a18301000a69464646463a46464646', ['/1/0/10 65535:65535']],
    ['link-trailing-nul', '/', 'a18301000a64333a3000', ['/1/0/10 3:0']],
  ])('with %s on %s lets %s pass', (leniency, path, digits, expected) => {
    expect(typeof show(digits, { path })).toBe('string');
    expect(show(digits, { path, lenient: [leniency] })).toEqual(expected);
    const others = Object.keys(lwm2mCbor.leniencies).filter((name) => name !== leniency);
    expect(typeof show(digits, { path, lenient: others })).toBe('string');
  });

  it('reports the problem of the whole paths when relative keys are no help', () => {
    expect(show('a10e05', { path: '/3/0', lenient: ['relative-keys'] })).toBe('bad-structure@2');
  });

  it('takes an instance of 65535 on the path of an object only', () => {
    expect(show('a1830319ffff0905', { path: '/3' })).toEqual(['/3/65535/9 5']);
  });

  it('without a model tells types by themselves', () => {
    expect(show('a2830900016431313a3083090002c105', { bare: true })).toEqual(['/9/0/1 "11:0"', '/9/0/2 5']);
    expect(show('a183030009f6', { bare: true })).toEqual(['/3/0/9']);
  });

  it('reads 65,535 resources', () => {
    const entries: readonly Entry[] = Array.from({ length: 65_535 }, (_, id) => ({
      path: [9, 0, id],
      value: integer(id),
    }));
    const payload = lwm2mCbor.encode(entries, { path: [] });
    expect(payload.ok && lwm2mCbor.decode(payload.value, { path: [] })).toEqual({ ok: true, value: entries });
  });
});

describe('writing LwM2M CBOR', () => {
  it.each([
    ['relative-keys', '/3/0', 'a1091855'],
    ['duplicate-path', '/', 'a203a100a1091855830300091855'],
    ['empty-array-key', '/', 'a203a200a2091855800080008000'],
    ['negative-keys', '/', 'a123a120a1291855'],
    ['indefinite-keys', '/', 'a19f03ffa19f00ffa19f09ff1855'],
    ['text-keys', '/', 'a16133a16130a161391855'],
    ['null-value', '/', 'a103a100a109f6'],
    ['wrong-count', '/', 'a203a100a1091855'],
    ['missing-break', '/', 'bf03a100a1091855'],
    ['long-heads', '/', 'b8011803b8011800b8011809190055'],
    ['indefinite', '/', 'bf03bf00bf091855ffffff'],
  ])('differs with %s', (style, path, expected) => expect(written(battery, path, style)).toBe(expected));

  it.each<[string, string, readonly Entry[]]>([
    ['a path twice', '/', [...battery, ...battery]],
    [
      'a resource single and multiple',
      '/',
      [
        { path: [3, 0, 6], value: integer(1) },
        { path: [3, 0, 6, 0], value: integer(1) },
      ],
    ],
    ['a time', '/', [{ path: [3, 0, 9], value: integer(1), time: 5 }]],
    ['the root', '/', [{ path: [] }]],
    ['65535 outside of Create', '/3/65535', [{ path: [3, 65535, 9], value: integer(1) }]],
    ['65535 as a resource', '/3', [{ path: [3, 0, 65535], value: integer(1) }]],
    ['a value outside the path', '/3/1', battery],
    ['a value at an instance', '/', [{ path: [3, 0], value: integer(1) }]],
  ])('refuses %s', (_, path, entries) => expect(written(entries, path)).toBe('not-encodable'));

  it('writes null for an executable', () => expect(written([{ path: [3, 0, 4] }])).toBe('a103a100a104f6'));
});

describe('an explained payload of LwM2M CBOR', () => {
  const lines = (digits: string): readonly string[] =>
    lwm2mCbor
      .annotate(fromHex(digits)!, { path: [], model })
      .map(({ at, length, depth, meaning }) => `${'  '.repeat(depth)}${at}+${length} ${meaning}`);

  it('shows paths', () =>
    expect(lines('bf820300a209186406a20001180105ff')).toEqual([
      '0+1 map of indefinite length',
      '  1+1 array of 2: /3/0',
      '    2+1 3',
      '    3+1 0',
      '    4+1 map of 2',
      '      5+1 9: /3/0/9',
      '        6+2 100',
      '      8+1 6: /3/0/6',
      '        9+1 map of 2',
      '          10+1 0: /3/0/6/0',
      '            11+1 1',
      '          12+2 1_0: /3/0/6/1',
      '            14+1 5',
      '15+1 break',
    ]));

  it('shows what is wrong', () => {
    expect(lines('a183030009f6').slice(-2)).toEqual([
      '    5+1 null',
      '    5+0 ! bad-type: null for /3/0/9; expected a value',
    ]);
    expect(lines('a26161018303000901')).toContain('  1+2 "a": no identifier');
    expect(lines('a201050105')[0]).toBe('0+1 map of 2, the key 1 is there twice');
    expect(lines('a2030518')).toEqual([
      '0+1 map of 1',
      '  1+1 3: /3',
      '    2+1 5',
      '3+1 ! truncated: the head needs 1 byte more, 0 left',
    ]);
  });
});
