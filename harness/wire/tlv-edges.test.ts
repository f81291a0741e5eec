import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.js';
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
  type Value,
} from '../model/value.js';
import { TLV_LENIENCIES } from './tlv-decode.js';
import { TLV_FAULTS, TLV_STYLES } from './tlv-encode.js';
import { decodeTlvTree, encodeTlvTree, TLV_KINDS, type TlvSpec } from './tlv-tree.js';
import { tlvCodec } from './tlv.js';
import { TYPES, hex, objectOf, resource } from './testing/definitions.js';

/** Object 100 has a single Resource of each type at 0 to 9, and a multiple one at 100 to 109. Object 3 is part of a Device. */
const model = modelOf([
  objectOf(
    100,
    TYPES.flatMap((type, id) => [resource(id, type), resource(id + 100, type, true)]),
  ),
  objectOf(3, [
    ...[0, 1, 2, 3, 14, 16].map((id) => resource(id, 'string')),
    ...[6, 7, 8, 11].map((id) => resource(id, 'integer', true)),
    resource(4, 'none'),
    resource(9, 'integer'),
    resource(10, 'integer'),
    resource(13, 'time'),
    resource(22, 'objlnk', true),
  ]),
]);
const all = Object.keys(TLV_LENIENCIES);

function decode(path: string, digits: string, lenient: readonly string[] = []): string[] {
  const read = tlvCodec.decode(hex(digits), { path: pathOf(path), model, lenient: new Set(lenient) });
  if (!read.ok) return [`${read.problem.code} @${read.problem.at}`];
  return read.value.map((entry) => `${formatPath(entry.path)}${entry.value ? ` ${formatValue(entry.value)}` : ''}`);
}

function encode(path: string, entries: readonly Entry[], style: readonly string[] = []): string {
  const bytes = tlvCodec.encode(entries, { path: pathOf(path), style: new Set(style) });
  return bytes.ok ? toHex(bytes.value) : `${bytes.problem.code} ${bytes.problem.place ?? ''}`.trim();
}

const at = (path: string, value?: Value): Entry => ({ path: pathOf(path), ...(value && { value }) });

/** The Device example of Core 1.0, with its two errors of print corrected (vectors §1.3). */
const DEVICE =
  'c800144f70656e204d6f62696c6520416c6c69616e6365c801164c69676874776569676874204d324d20436c69656e74' +
  'c80209333435303030313233c303312e30860641000141010588070842000ed842011388870841007d42010384' +
  'c10964c10a0f830b410000c40d5182428fc60e2b30323a3030c11055';

describe('TLV decoding', () => {
  it('reads the Device example, and writes the same bytes', () => {
    const read = tlvCodec.decode(hex(DEVICE), { path: [3, 0], model });
    expect(read.ok && read.value).toHaveLength(16);
    expect(decode('/3/0', DEVICE)).toContain('/3/0/13 1367491215');
    expect(read.ok && encode('/3/0', read.value)).toBe(DEVICE);
  });

  it.each<[string, string, readonly string[]]>([
    ['/100/0/1', 'c40100000064', ['/100/0/1 100']],
    ['/100/0/1', 'c8010800000000000000ff', ['/100/0/1 255']],
    ['/100/0/2', 'c2020080', ['/100/0/2 128']],
    ['/100/0/1', 'c80108ffffffffffffffff', ['/100/0/1 -1']],
    ['/100/0/2', 'c80208ffffffffffffffff', ['/100/0/2 18446744073709551615']],
    ['/100/0/3', 'c403ff800000', ['/100/0/3 -Infinity']],
    ['/100/0/3', 'c803087ff8000000000000', ['/100/0/3 NaN']],
    ['/100/0/3', 'c40340490fdb', ['/100/0/3 3.1415927410125732']],
    ['/100/0/5', 'c305c10964', [`/100/0/5 h'c10964'`]],
    ['/100/0/6', 'c80608ffffffffffffff9c', ['/100/0/6 -100']],
    ['/100/0/7', 'c407ffffffff', ['/100/0/7 65535:65535']],
    ['/3/0', 'e800090164', ['/3/0/9 100']],
    ['/3/0', 'd009000164', ['/3/0/9 100']],
    ['/3/0', 'd80900000164', ['/3/0/9 100']],
    ['/3/0', 'cf090164', ['/3/0/9 100']],
    ['/3/0', '870661012c05410201', ['/3/0/6/300 5', '/3/0/6/2 1']],
    ['/3/0', 'c10a0fe103e701c10964', [`/3/0/10 15`, `/3/0/999 h'01'`, '/3/0/9 100']],
    ['/3', '0300c10964', ['/3/0/9 100']],
    ['/3', '0300c109640302c10965', ['/3/0/9 100', '/3/2/9 101']],
    ['/3', '2001000000', ['/3/256', '/3/0']],
    ['/3/0', '0300c10964', ['/3/0/9 100']],
    ['/3/0/6/1', '410105', ['/3/0/6/1 5']],
    ['/3/0/6', '8606410001410105', ['/3/0/6/0 1', '/3/0/6/1 5']],
  ])('reads on %s %s', (path, digits, expected) => {
    expect(decode(path, digits)).toEqual(expected);
  });

  it('reads all 32 forms of a header', () => {
    for (const kind of TLV_KINDS)
      for (const idBits of [8, 16] as const)
        for (const lengthBits of [0, 8, 16, 24] as const) {
          const inner: TlvSpec = { kind: 'resource-instance', id: 0, value: Uint8Array.of(1) };
          const content: TlvSpec =
            kind === 'instance'
              ? { kind, id: 7, children: [{ kind: 'resource', id: 1, value: Uint8Array.of(1) }] }
              : kind === 'multiple-resource'
                ? { kind, id: 7, children: [inner] }
                : { kind, id: 7, value: Uint8Array.of(1) };
          const bytes = encodeTlvTree([{ ...content, idBits, lengthBits }]);
          if (!bytes.ok) throw new Error(bytes.problem.message);
          const tree = decodeTlvTree(bytes.value);
          expect(tree.problem).toBeUndefined();
          expect(tree.nodes).toMatchObject([{ kind, id: 7, idBits, lengthBits, at: 0 }]);
          expect(bytes.value[0]).toBe(
            (TLV_KINDS.indexOf(kind) << 6) |
              (idBits === 16 ? 0x20 : 0) |
              lengthBits |
              (lengthBits ? 0 : content.children ? 3 : 1),
          );
        }
  });

  it.each<[string, string, string]>([
    ['/3/0', 'c8', 'truncated @0'],
    ['/3/0', 'c801ff00', 'truncated @0'],
    ['/3/0', 'e001', 'truncated @0'],
    ['/3/0', 'd00100', 'truncated @0'],
    ['/3/0', 'f00009', 'truncated @0'],
    ['/3/0', 'c20301', 'truncated @0'],
    ['/3/0', 'd809ffffff010203', 'truncated @0'],
    ['/3/0', '9804ffffff', 'truncated @0'],
    ['/3/0', 'c10964c1', 'truncated @3'],
    ['/3/0', '830642000e0000', 'bad-structure @2'],
    ['/3/0', '8606410001410205c1', 'truncated @8'],
    ['/100/0', 'c001', 'bad-length @2'],
    ...[
      'c3010000ff',
      'c501000000000a',
      'c601000000000000',
      'c70100000000000000',
      'c80109000000000000000000',
      'c8011000000000000000000000000000000000',
    ].map((digits): [string, string, string] => ['/100/0', digits, `bad-length @${digits.startsWith('c8') ? 3 : 2}`]),
    ['/100/0', 'c303000000', 'bad-length @2'],
    ['/100/0', 'c003', 'bad-length @2'],
    ['/100/0', 'c2030000', 'bad-length @2'],
    ['/100/0', 'c20600', 'truncated @0'],
    ['/100/0', 'c306000000', 'bad-length @2'],
    ['/100/0', 'c004', 'bad-length @2'],
    ['/100/0', 'c2040001', 'bad-length @2'],
    ['/100/0', 'c10402', 'bad-value @2'],
    ['/100/0', 'c104ff', 'bad-value @2'],
    ['/100/0', 'c2070003', 'bad-length @2'],
    ['/100/0', 'c8070800010002000300ff', 'bad-length @3'],
    ['/100/0', 'c200c328', 'invalid-utf8 @2'],
    ['/100/0', 'c300eda080', 'invalid-utf8 @2'],
    ['/100/0', 'c200c0af', 'invalid-utf8 @2'],
    ['/100/0', 'c108e2', 'invalid-utf8 @2'],
    ['/100/0', 'c10901', 'bad-type @2'],
    ['/3/0', 'c10401', 'bad-type @2'],
    ['/3/0', 'c10964c10965', 'duplicate @3'],
    ['/3/0', 'c10964c10a00c10965', 'duplicate @6'],
    ['/3/0', '8606410001410002', 'duplicate @5'],
    ['/3/0', '88160c440000640001440000650002', 'duplicate @9'],
    ['/3', '0300c109640300c10965', 'duplicate @5'],
    ['/3/0', '0301c10964', 'outside-base @0'],
    ['/3/0', '0300c109640301c10965', 'outside-base @5'],
    ['/3/0/9', 'c10a64', 'outside-base @0'],
    ['/3/0/9', 'c10964c10a64', 'outside-base @3'],
    ['/3/0/9', 'c10964c10965', 'duplicate @3'],
    ['/3/0/6/1', '410205', 'outside-base @0'],
    ['/3', 'c10964', 'bad-structure @0'],
    ['/3', '8006', 'bad-structure @0'],
    ['/3', '0300410001', 'bad-structure @2'],
    ['/3', '02000000', 'bad-structure @2'],
    ['/3/0', '02000000', 'bad-structure @2'],
    ['/3/0', '8306c10001', 'bad-structure @2'],
    ['/3/0', '82068200', 'bad-structure @2'],
    ['/3/0', '410001', 'bad-structure @0'],
    ['/3', '410001', 'bad-structure @0'],
    ['/3', '0300c10964c10a00', 'bad-structure @5'],
    ['/3', 'c109640300c10a00', 'bad-structure @0'],
    ['/3/0', '0300c10964c10a00', 'bad-structure @5'],
    ['/3/0', 'c109640300c10a00', 'bad-structure @3'],
    ['/3/0', '8309410064', 'bad-type @0'],
    ['/3/0', 'c10601', 'bad-type @0'],
    ['/3/0/9', '8309410064', 'bad-type @0'],
    ['/3/0', 'e1ffff01', 'out-of-range @0'],
    ['/3', '23ffffc10964', 'out-of-range @0'],
    ['/3/0', '840661ffff01', 'out-of-range @2'],
    ['/3/0/9', '', 'truncated @0'],
    ['/3/0/6/0', '', 'truncated @0'],
    ['/3/0/9', '0300c10964', 'bad-structure @0'],
    ['/3/0/6', '410001410105', 'bad-structure @0'],
    ['/3/0/6/1', 'c10105', 'bad-structure @0'],
    ['/3/0/6/1', '8306410105', 'bad-structure @0'],
    ['/', '0300c10964', 'bad-path @undefined'],
  ])('refuses on %s %s as %s', (path, digits, expected) => {
    expect(decode(path, digits)).toEqual([expected]);
  });

  it.each<[string, string, keyof typeof TLV_LENIENCIES, readonly string[]]>([
    ['/3', 'c10964', 'tlv-new-instance', ['/3/65535/9 100']],
    ['/3', '8006', 'tlv-unwrapped-instance', ['/3/0/6']],
    ['/3/0/9', '0300c10964', 'tlv-instance-wrapper', ['/3/0/9 100']],
    ['/3/0/6', '410001410105', 'tlv-bare-resource-instances', ['/3/0/6/0 1', '/3/0/6/1 5']],
    ['/3/0/6/1', 'c10105', 'tlv-resource-for-instance', ['/3/0/6/1 5']],
    ['/3/0/6/1', '8306410105', 'tlv-multiple-wrapper', ['/3/0/6/1 5']],
  ])('takes on %s %s only with %s', (path, digits, leniency, expected) => {
    expect(
      decode(
        path,
        digits,
        all.filter((other) => other !== leniency),
      ),
    ).not.toEqual(expected);
    expect(decode(path, digits, [leniency])).toEqual(expected);
  });

  it('keeps checking what stands in a tolerated wrapper', () => {
    expect(decode('/3/0/9', '0301c10964', ['tlv-instance-wrapper'])).toEqual(['outside-base @0']);
    expect(decode('/3/0/9', '0300c10a64', ['tlv-instance-wrapper'])).toEqual(['outside-base @2']);
    expect(decode('/3/0/9', '0300', ['tlv-instance-wrapper'])).toEqual(['truncated @0']);
    expect(decode('/3/0/6/1', '8307410105', ['tlv-multiple-wrapper'])).toEqual(['outside-base @0']);
    expect(decode('/3/0/6/1', '8306410205', ['tlv-multiple-wrapper'])).toEqual(['outside-base @2']);
    expect(decode('/3/0/6/1', 'c10605', ['tlv-resource-for-instance'])).toEqual(['outside-base @0']);
    expect(decode('/3/0/9', '410001', ['tlv-bare-resource-instances'])).toEqual(['bad-type @0']);
  });

  it('names path and expectation of a fault', () => {
    const read = tlvCodec.decode(hex('c5090001020304'), { path: [3, 0], model });
    expect(read).toEqual({
      ok: false,
      problem: {
        code: 'bad-length',
        message: 'a value of type integer cannot have 5 bytes',
        at: 2,
        hint: 'expected 1, 2, 4 or 8 bytes',
        place: '/3/0/9',
      },
    });
  });

  it('refuses every prefix that does not end between two TLVs', () => {
    const payload = hex(DEVICE);
    const boundaries = decodeTlvTree(payload).nodes.map((node) => node.at);
    for (const end of payload.keys()) {
      const read = tlvCodec.decode(payload.subarray(0, end), { path: [3, 0], model });
      expect(read.ok ? 'ok' : read.problem.code).toBe(boundaries.includes(end) ? 'ok' : 'truncated');
    }
    expect(boundaries).toHaveLength(13);
  });

  it('survives every changed byte, random bytes, depth and length bombs', () => {
    const payload = hex(DEVICE);
    const paths = ['/3', '/3/0', '/3/0/6', '/3/0/9', '/3/0/6/0', '/100/0'].map(pathOf);
    const inputs: Uint8Array[] = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
    for (const place of payload.keys()) for (let byte = 0; byte < 256; byte++) inputs.push(payload.with(place, byte));
    const random = seeded(17);
    for (let i = 0; i < 2000; i++) inputs.push(random.bytes(random.integer(30)));
    inputs.push(new Uint8Array(65_536).fill(0x08), new Uint8Array(65_536), hex('18000000'.repeat(3000)));
    for (const input of inputs)
      for (const path of paths) {
        const read = tlvCodec.decode(input, { path, model, lenient: new Set(all) });
        expect(read.ok || (read.problem.at ?? -1) >= 0).toBe(true);
      }
  });

  it('refuses instances nested three hundred levels deep', () => {
    let payload: Uint8Array = Uint8Array.of(0xc1, 9, 1);
    for (let level = 0; level < 300; level++) {
      const wrapped = encodeTlvTree([{ kind: 'instance', id: 0, value: payload }]);
      if (!wrapped.ok) throw new Error(wrapped.problem.message);
      payload = wrapped.value;
    }
    expect(payload.length).toBeLessThan(65_536);
    expect(decode('/3', toHex(payload))[0]).toMatch(/^bad-structure/);
  });
});

describe('TLV tree', () => {
  it('writes the same bytes again for whatever it could read', () => {
    const random = seeded(19);
    let read = 0;
    for (let i = 0; i < 20_000; i++) {
      const payload = random.bytes(1 + random.integer(8));
      const tree = decodeTlvTree(payload);
      if (tree.problem) continue;
      read++;
      expect(encodeTlvTree(tree.nodes)).toEqual({ ok: true, value: payload });
    }
    expect(read).toBeGreaterThan(100);
    expect(encodeTlvTree(decodeTlvTree(hex(DEVICE)).nodes)).toEqual({ ok: true, value: hex(DEVICE) });
  });

  it('keeps what stands before a fault', () => {
    const tree = decodeTlvTree(hex('c109648306410001c8'));
    expect(tree.nodes.map(({ kind, id, at: offset }) => [kind, id, offset])).toEqual([
      ['resource', 9, 0],
      ['multiple-resource', 6, 3],
    ]);
    expect(tree.problem).toMatchObject({ code: 'truncated', at: 8 });
  });

  it('does not write ids and lengths that do not fit', () => {
    const codeOf = (node: TlvSpec): string => {
      const bytes = encodeTlvTree([node]);
      return bytes.ok ? 'ok' : bytes.problem.code;
    };
    expect(codeOf({ kind: 'resource', id: 65536 })).toBe('not-encodable');
    expect(codeOf({ kind: 'resource', id: -1 })).toBe('not-encodable');
    expect(codeOf({ kind: 'resource', id: 256, idBits: 8 })).toBe('not-encodable');
    expect(codeOf({ kind: 'resource', id: 1, value: new Uint8Array(8), lengthBits: 0 })).toBe('not-encodable');
    expect(codeOf({ kind: 'resource', id: 1, value: new Uint8Array(256), lengthBits: 8 })).toBe('not-encodable');
    expect(codeOf({ kind: 'resource', id: 1, value: new Uint8Array(2 ** 24) })).toBe('not-encodable');
    expect(codeOf({ kind: 'resource', id: 1, value: new Uint8Array(2 ** 24 - 1) })).toBe('ok');
    expect(codeOf({ kind: 'instance', id: 1, children: [{ kind: 'resource', id: 65536 }] })).toBe('not-encodable');
  });
});

describe('TLV encoding', () => {
  it('groups Resource Instances that do not stand together', () => {
    const entries = [at('/3/0/6/0', integer(1)), at('/3/0/9', integer(100)), at('/3/0/6/1', integer(5))];
    expect(encode('/3/0', entries)).toBe('8606410001410105c10964');
  });

  it.each<[string, string, readonly Entry[], string]>([
    ['/3/0', 'tlv-instance-wrapper', [at('/3/0/9', integer(1))], '0300c10901'],
    ['/3/0/9', 'tlv-instance-wrapper', [at('/3/0/9', integer(1))], '0300c10901'],
    ['/3', 'tlv-unwrapped-instance', [at('/3/0/9', integer(1))], 'c10901'],
    ['/3/0/6', 'tlv-bare-resource-instances', [at('/3/0/6/1', integer(5))], '410105'],
    ['/3/0/9', 'tlv-bare-resource-instances', [at('/3/0/9', integer(5))], 'c10905'],
    ['/3/0/6/1', 'tlv-resource-for-instance', [at('/3/0/6/1', integer(5))], 'c10105'],
    ['/3/0/6/1', 'tlv-multiple-wrapper', [at('/3/0/6/1', integer(5))], '8306410105'],
    ['/3/0', 'tlv-id16', [at('/3/0/6/1', integer(5))], 'a4000661000105'],
    ['/3/0', 'tlv-length8', [at('/3/0/9', integer(5))], 'c8090105'],
    ['/3/0', 'tlv-length16', [at('/3/0/6/1', integer(5))], '900600055001000105'],
    ['/3/0', 'tlv-length24', [at('/3/0/9', integer(5))], 'd80900000105'],
    ['/3/0', 'tlv-reserved-bits', [at('/3/0/0', text('12345678'))], 'cf00083132333435363738'],
    ['/3/0', 'tlv-integer4', [at('/3/0/9', integer(-2)), at('/3/0/13', time(1))], 'c409fffffffec40d00000001'],
    ['/3/0', 'tlv-integer8', [at('/3/0/9', unsigned(5))], 'c809080000000000000005'],
    ['/100/0', 'tlv-float4', [at('/100/0/3', float(21.3))], 'c40341aa6666'],
    ['/100/0', 'tlv-float8', [at('/100/0/3', float(1.5))], 'c803083ff8000000000000'],
  ])('writes on %s with %s', (path, style, entries, expected) => {
    expect(encode(path, entries, [style])).toBe(expected);
    expect(decode(path, expected, all)).toHaveLength(entries.length);
  });

  it.each<[string, readonly Entry[], string]>([
    ['/', [at('/3/0/9', integer(1))], 'bad-path'],
    ['/3/0', [at('/4/0/9', integer(1))], 'outside-base /4/0/9'],
    ['/3/0', [{ path: [3, 0, 9], value: integer(1), time: 5 }], 'not-encodable /3/0/9'],
    ['/3', [at('/3', integer(1))], 'not-encodable /3'],
    ['/3', [at('/3/0', integer(1))], 'not-encodable /3/0'],
    ['/3/0', [at('/3/0/6/0')], 'not-encodable /3/0/6/0'],
    ['/3/0', [at('/3/0/9', integer(1)), at('/3/0/9', integer(2))], 'not-encodable'],
    ['/3/0', [at('/3/0/6/0', integer(1)), at('/3/0/6/0', integer(2))], 'not-encodable'],
    ['/3/0', [at('/3/0/6/0', integer(1)), at('/3/0/6', integer(2))], 'not-encodable'],
    ['/3/0/9', [], 'not-encodable /3/0/9'],
    ['/3/0/6/0', [], 'not-encodable /3/0/6/0'],
    ['/3/0', [at('/3/0/9', integer(2n ** 63n))], 'not-encodable /3/0/9'],
    ['/3/0', [at('/3/0/9', integer(-(2n ** 63n) - 1n))], 'not-encodable /3/0/9'],
    ['/3/0', [at('/3/0/9', unsigned(-1))], 'not-encodable /3/0/9'],
    ['/3/0', [at('/3/0/9', unsigned(2n ** 64n))], 'not-encodable /3/0/9'],
    ['/3/0', [at('/3/0/0', text('\ud800'))], 'not-encodable /3/0/0'],
    ['/3/0', [at('/3/0/22/0', objlnk(65536, 0))], 'not-encodable /3/0/22/0'],
    ['/3/0', [at('/3/0/0', opaque(new Uint8Array(2 ** 24)))], 'not-encodable resource 0'],
  ])('does not write on %s what has no form', (path, entries, expected) => {
    expect(encode(path, entries)).toBe(expected);
  });

  const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const id = fc.integer({ min: 0, max: 65535 });
  const anyValue = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }).map(text),
    fc.string({ unit: 'grapheme' }).map(corelnk),
    int64.map(integer),
    int64.map(time),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(unsigned),
    fc.double().map(float),
    fc.boolean().map(boolean),
    fc.uint8Array({ maxLength: 300 }).map(opaque),
    fc.tuple(id, id).map(([object, instance]) => objlnk(object, instance)),
  );
  /** Values below /100, each path once, Resource Instances of a Resource together. */
  const anyEntries = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 400 }), anyValue, fc.option(fc.integer({ min: 0, max: 400 }))), {
      selector: ([instance, value, ri]) => `${instance}/${value.type}/${ri === null ? '' : 'm'}${ri}`,
    })
    .map((list) =>
      list.map(([instance, value, ri]): Entry => {
        const type = TYPES.indexOf(value.type);
        return { path: ri === null ? [100, instance, type] : [100, instance, type + 100, ri], value };
      }),
    );
  const permitted = Object.keys(TLV_STYLES).filter((style) => style !== 'tlv-float4');

  it('is read back as it was, in every permitted style', () => {
    fc.assert(
      fc.property(anyEntries, fc.subarray(permitted), (written, style) => {
        const bytes = tlvCodec.encode(written, { path: [100], style: new Set(style) });
        if (!bytes.ok) throw new Error(bytes.problem.message);
        const read = tlvCodec.decode(bytes.value, { path: [100], model });
        if (!read.ok) throw new Error(read.problem.message);
        const values = new Map(read.value.map((entry) => [formatPath(entry.path), entry.value]));
        expect(values.size).toBe(written.length);
        for (const { path, value } of written) {
          const back = values.get(formatPath(path));
          expect(back && value && equalValues(back, value)).toBe(true);
        }
      }),
    );
  });

  it('is read back on the path of a Resource and a Resource Instance', () => {
    fc.assert(
      fc.property(anyValue, fc.boolean(), (value, multiple) => {
        const type = TYPES.indexOf(value.type);
        const path = multiple ? [100, 0, type + 100, 300] : [100, 0, type];
        for (const target of multiple ? [path, path.slice(0, 3)] : [path]) {
          const bytes = tlvCodec.encode([{ path, value }], { path: target });
          const read = bytes.ok ? tlvCodec.decode(bytes.value, { path: target, model }) : bytes;
          expect(read.ok && read.value.map((entry) => formatPath(entry.path))).toEqual([formatPath(path)]);
          const back = read.ok ? read.value[0]?.value : undefined;
          expect(back && equalValues(back, value)).toBe(true);
        }
      }),
    );
  });

  it('knows which styles are faults', () => {
    const both = Object.keys(TLV_FAULTS).filter((name) => name in TLV_STYLES);
    expect(both).toEqual([]);
    expect(tlvCodec).toMatchObject({ styles: TLV_STYLES, faults: TLV_FAULTS, leniencies: TLV_LENIENCIES });
  });
});

describe('TLV annotation', () => {
  const annotate = (path: string, digits: string): string[] =>
    tlvCodec
      .annotate(hex(digits), { path: pathOf(path), model })
      .map((line) => `${line.at}+${line.length} ${'  '.repeat(line.depth)}${line.meaning}`);

  it('explains headers and values', () => {
    expect(annotate('/3', '08000bc109648606410001410105')).toEqual([
      '0+3 Object Instance 0, 11 bytes',
      '3+2   Resource 9 integer 9, 1 byte',
      '5+1     100',
      '6+2   multiple Resource 6 integer 6, 6 bytes',
      '8+2     Resource Instance 0, 1 byte',
      '10+1       1',
      '11+2     Resource Instance 1, 1 byte',
      '13+1       5',
    ]);
  });

  it('shows forms that are longer than needed', () => {
    expect(annotate('/3/0', 'ef00090164')).toEqual([
      '0+4 Resource 9 integer 9, 1 byte, 16-bit id, 8-bit length, reserved bits set',
      '4+1   100',
    ]);
    expect(annotate('/3/0', 'c000')).toEqual(['0+2 Resource 0 string 0, 0 bytes']);
  });

  it('shows what is wrong where it is', () => {
    expect(annotate('/3/0', 'c10964c8')).toEqual([
      '0+2 Resource 9 integer 9, 1 byte',
      '2+1   100',
      '3+1 ! truncated: the payload ends within a TLV: its header needs 3 bytes, 1 are left',
    ]);
    expect(annotate('/3/0', 'c309000102')).toEqual([
      '0+2 Resource 9 integer 9, 3 bytes',
      `2+3   h'000102'`,
      '2+0   ! bad-length: a value of type integer cannot have 3 bytes; expected 1, 2, 4 or 8 bytes',
    ]);
    expect(annotate('/3/0', 'c10964c10965')).toContain('3+0 ! duplicate: resource 9 stands twice');
  });

  it('covers every byte once, of any input', () => {
    const random = seeded(23);
    const inputs = [hex(DEVICE), ...Array.from({ length: 2000 }, () => random.bytes(random.integer(20)))];
    for (const input of inputs) {
      let end = 0;
      for (const line of tlvCodec.annotate(input, { path: [3, 0], model }).filter(({ length }) => length > 0)) {
        expect(line.at).toBe(end);
        end += line.length;
      }
      expect(end).toBe(input.length);
    }
  });
});
