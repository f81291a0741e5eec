import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../base/bytes.js';
import { seeded } from '../base/random.js';
import { modelOf } from '../model/definition.js';
import { formatPath, pathOf, type Path } from '../model/path.js';
import type { PlainContent } from '../model/plain.js';
import {
  boolean,
  corelnk,
  equalValues,
  float,
  integer,
  objlnk,
  opaque,
  text,
  time,
  unsigned,
  type Entry,
  type Value,
} from '../model/value.js';
import { contentOf, entriesOf } from './coerce.js';
import { annotate, codecOf, CODECS, decode, encode, FAULTS, formatName, LENIENCIES, STYLES } from './formats.js';
import { VALUE_TYPES, hex, objectOf, resource } from './testing/definitions.js';

/** Object 100 has a single Resource of each type at 0 to 8, and a multiple one at 100 to 108. */
const model = modelOf([
  objectOf(
    100,
    VALUE_TYPES.flatMap((type, id) => [resource(id, type), resource(id + 100, type, true)]),
  ),
  objectOf(1, [...[0, 1, 2, 3].map((id) => resource(id, 'integer')), resource(6, 'boolean'), resource(7, 'string')]),
  objectOf(3, [...[0, 1, 14].map((id) => resource(id, 'string')), resource(9, 'integer'), resource(13, 'time')]),
  objectOf(3303, [resource(5700, 'float'), resource(5701, 'string')]),
]);

describe('registry of formats', () => {
  it('knows every format of LwM2M by its number', () => {
    expect(CODECS.map(({ format, name }) => [format, name])).toEqual([
      [0, 'text/plain'],
      [40, 'application/link-format'],
      [42, 'application/octet-stream'],
      [60, 'application/cbor'],
      [110, 'application/senml+json'],
      [112, 'application/senml+cbor'],
      [320, 'application/senml-etch+json'],
      [322, 'application/senml-etch+cbor'],
      [11542, 'application/vnd.oma.lwm2m+tlv'],
      [11543, 'application/vnd.oma.lwm2m+json'],
      [11544, 'application/vnd.oma.lwm2m+cbor'],
    ]);
    for (const codec of CODECS) expect(codecOf(codec.format)).toBe(codec);
    expect(codecOf(1542)).toBeUndefined();
    expect(formatName(112)).toBe('application/senml+cbor');
    expect(formatName(1542)).toBe('application/vnd.oma.lwm2m+tlv (obsolete number 1542)');
    expect(formatName(65000)).toBe('Content-Format 65000');
  });

  it('reads the obsolete numbers only when told, and never writes them', () => {
    const payloads = [
      [1541, utf8('85'), [3, 0, 9]],
      [1542, hex('c10955'), [3, 0]],
      [1543, utf8('{"e":[{"n":"9","v":85}]}'), [3, 0]],
    ] as const;
    for (const [format, payload, path] of payloads) {
      const strict = decode(format, payload, { path, model });
      expect(strict.ok ? 'ok' : strict.problem.code).toBe('unsupported');
      const lenient = new Set(['obsolete-format-numbers']);
      expect(decode(format, payload, { path, model, lenient })).toEqual({
        ok: true,
        value: [{ path: [3, 0, 9], value: integer(85) }],
      });
      expect(annotate(format, payload, { path, model, lenient }).some(({ meaning }) => meaning.includes('85'))).toBe(
        true,
      );
      const written = encode(format, [], { path });
      expect(written.ok ? 'ok' : written.problem.code).toBe('unsupported');
    }
  });

  it('reads plain JSON as LwM2M JSON only when told', () => {
    const payload = utf8('{"e":[{"n":"9","v":85}]}');
    expect(decode(50, payload, { path: [3, 0], model }).ok).toBe(false);
    expect(decode(50, payload, { path: [3, 0], model, lenient: new Set(['plain-json-number']) }).ok).toBe(true);
  });

  it('says so of a format without a codec', () => {
    const read = decode(65000, utf8('x'), { path: [3] });
    expect(read.ok ? '' : read.problem.message).toBe('Content-Format 65000 is not a format of LwM2M');
    expect(annotate(65000, utf8('x'), { path: [3] }).map(({ meaning }) => meaning)).toEqual([
      '1 bytes',
      '! unsupported: Content-Format 65000 is not a format of LwM2M',
    ]);
  });

  it('lists the names that its codecs know, none of them both a style and a fault of one codec', () => {
    for (const codec of CODECS) {
      expect(Object.keys(LENIENCIES)).toEqual(expect.arrayContaining(Object.keys(codec.leniencies)));
      expect(Object.keys(STYLES)).toEqual(expect.arrayContaining(Object.keys(codec.styles)));
      expect(Object.keys(FAULTS)).toEqual(expect.arrayContaining(Object.keys(codec.faults)));
      expect(Object.keys(codec.styles).filter((name) => name in codec.faults)).toEqual([]);
    }
    const names = [LENIENCIES, STYLES, FAULTS].flatMap((meanings) => Object.keys(meanings));
    expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  });
});

const id = fc.integer({ min: 0, max: 65534 });
/** Values that every format can carry: no NaN or infinity, which text and JSON lack. */
const values: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'grapheme' }).map(text),
  fc.string({ unit: 'grapheme' }).map(corelnk),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integer),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(time),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(unsigned),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
  fc.boolean().map(boolean),
  fc.uint8Array().map(opaque),
  fc.tuple(id, id).map(([object, instance]) => objlnk(object, instance)),
);
/** Values of distinct paths below /100. */
const lists = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 300 }), values, fc.option(fc.integer({ min: 0, max: 300 }))), {
    minLength: 1,
    selector: ([instance, value, ri]) => `${instance}/${value.type}/${ri}`,
  })
  .map((list) =>
    list.map(([instance, value, ri]): Entry => {
      const type = VALUE_TYPES.indexOf(value.type);
      return { path: ri === null ? [100, instance, type] : [100, instance, type + 100, ri], value };
    }),
  );

function sameEntries(read: readonly Entry[], written: readonly Entry[]): boolean {
  const byPath = new Map(read.map((entry) => [formatPath(entry.path), entry.value]));
  return (
    read.length === written.length &&
    written.every(({ path, value }) => {
      const back = byPath.get(formatPath(path));
      return back !== undefined && value !== undefined && equalValues(back, value);
    })
  );
}

function roundTrip(format: number, entries: readonly Entry[], path: Path): readonly Entry[] {
  const bytes = encode(format, entries, { path, model });
  if (!bytes.ok) throw new Error(`${format}: ${bytes.problem.message}`);
  const read = decode(format, bytes.value, { path, model });
  if (!read.ok) throw new Error(`${format}: ${read.problem.message} ${toHex(bytes.value)}`);
  return read.value;
}

describe('formats together', () => {
  it.each([110, 112, 11542, 11543, 11544])('carries the same values in %i', (format) => {
    fc.assert(fc.property(lists, (written) => sameEntries(roundTrip(format, written, [100]), written)));
  });

  it.each([0, 60, 110, 112, 11542, 11543, 11544])('carries a single value of any type in %i', (format) => {
    fc.assert(
      fc.property(values, fc.boolean(), (value, multiple) => {
        const type = VALUE_TYPES.indexOf(value.type);
        const path = multiple ? [100, 0, type + 100, 7] : [100, 0, type];
        return sameEntries(roundTrip(format, [{ path, value }], path), [{ path, value }]);
      }),
    );
  });

  it('carries plain content from a case to the wire and back', () => {
    const content: PlainContent = {
      '0': 'é',
      '1': '-9223372036854775808',
      '2': 5,
      '3': 21.3,
      '4': true,
      '5': 'deadbeef',
      '107/3': '3:0',
    };
    const entries = entriesOf([100, 1], content, model);
    if (!entries.ok) throw new Error(entries.problem.message);
    for (const format of [110, 112, 11542, 11543, 11544])
      expect(contentOf(roundTrip(format, entries.value, [100, 1]), [100, 1])).toEqual(content);
  });

  it('decodes and explains random bytes in every format, with every leniency, without an exception', () => {
    const random = seeded(29);
    const lenient = new Set(Object.keys(LENIENCIES));
    const paths = ['/', '/100', '/100/0', '/100/0/3', '/100/0/103/1'].map(pathOf);
    for (let i = 0; i < 2000; i++) {
      const payload = random.bytes(random.integer(24));
      const path = paths[i % paths.length] ?? [];
      for (const { format } of CODECS) {
        const read = decode(format, payload, { path, model, ...(i % 2 === 0 && { lenient }) });
        expect(read.ok || read.problem.message !== '').toBe(true);
        const lines = annotate(format, payload, { path, model });
        for (const [index, line] of lines.entries()) {
          const end = lines[index - 1] ? (lines[index - 1]?.at ?? 0) : 0;
          expect(line.at).toBeGreaterThanOrEqual(end);
          expect(line.at + line.length).toBeLessThanOrEqual(payload.length);
        }
      }
    }
  });
});

describe('explanations', () => {
  const explain = (format: number, payload: string, path: string): string[] =>
    annotate(format, utf8(payload), { path: pathOf(path), model }).map(
      (line) => `${line.at}+${line.length} ${'  '.repeat(line.depth)}${line.meaning}`,
    );

  it('shows single values', () => {
    expect(explain(0, '85', '/3/0/9')).toEqual(['0+2 /3/0/9 = 85']);
    expect(explain(0, 'x', '/3/0/9')).toEqual([
      '0+1 1 bytes',
      '0+0 ! bad-value: "x" is not a decimal integer; expected digits with an optional "-" and no leading zeros',
    ]);
    expect(explain(42, 'AB', '/100/0/5')).toEqual([`0+2 /100/0/5 = h'4142'`]);
  });

  it('shows links, the deviating ones too', () => {
    expect(explain(40, '</>;lwm2m=1.1,</0/0>;ssid=101;uri="coap:";x', '/')).toEqual([
      '0+13 root: lwm2m 1.1',
      '14+29 /0/0: ssid 101, uri "coap:", x',
    ]);
    expect(explain(40, '</1/0>, </3/0>', '/')).toEqual([
      '0+6 /1/0',
      '7+0 ! not-well-formed: " " does not start a link; expected "<"',
      '8+6 /3/0',
    ]);
    expect(explain(40, 'lwm2m="1.0",</0>', '/')).toContain('0+11 no link: lwm2m "1.0"');
    expect(explain(40, '</1', '/')).toEqual([
      '0+3 3 bytes',
      '3+0 ! truncated: the end has no place in a link target; expected ">"',
    ]);
  });

  it('shows LwM2M JSON by value', () => {
    expect(
      explain(11543, '{"bn":"/3/0/","bt":17,"x":[],"e":[{"n":"9","v":85,"t":-5},{"n":"0","sv":"E"}]}', '/3/0'),
    ).toEqual([
      '1+12 base name "/3/0/"',
      '14+7 base time 17',
      '22+6 unknown member x',
      '29+5 values',
      '34+23   /3/0/9 = 85 at 12',
      '58+18   /3/0/0 = "E" at 17',
    ]);
    expect(explain(11543, '{"e":[{"n":"9","v":1.5}]}', '/3/0')).toEqual([
      '1+5 values',
      '6+17   a value',
      '19+0   ! bad-type: 1.5 is no integer',
    ]);
    expect(explain(11543, '[]', '/3/0')[1]).toMatch(/^0\+0 ! bad-structure/);
    expect(explain(11543, '{"bn":"/3/0/","e":[{"n"', '/3/0').at(-1)).toMatch(/^20\+3 ! truncated/);
  });
});

/** What lwm2m-codec offers; it has no VALUE_TYPES of its own. */
interface ForeignCodec {
  encode(format: 'tlv' | 'json', path: string, values: object): Uint8Array;
}

function isForeignCodec(module: unknown): module is ForeignCodec {
  return typeof module === 'object' && module !== null && 'encode' in module && typeof module.encode === 'function';
}

/** Only single Resources: its arrays, booleans in TLV, integers near a width, doubles and links are known to be wrong. */
describe('lwm2m-codec', () => {
  const loaded: unknown = createRequire(import.meta.url)('lwm2m-codec');
  if (!isForeignCodec(loaded)) throw new Error('lwm2m-codec has no encode');
  const foreign = loaded;

  const cases: readonly [string, PlainContent][] = [
    ['/3303/0', { '5700': 31, '5701': 'c' }],
    ['/3303/0', { '5700': 21.5 }],
    ['/3303/1', { '5700': -0.25, '5701': 'a unit of more than seven letters' }],
    ['/3/0', { '0': 'abcdefgh', '9': 100, '13': 1367491215, '14': '+02' }],
    ['/3/0', { '0': 'x'.repeat(256), '1': 'y'.repeat(255) }],
    ['/1/0', { '0': 1, '1': 86400, '2': -1, '3': 300, '6': true, '7': 'U' }],
    ['/1/0', { '1': 2147483647, '2': -32768, '3': 32767 }],
  ];

  it.each(cases)('writes the same TLV of %s %j as this codec', (path, content) => {
    const entries = entriesOf(pathOf(path), content, model);
    if (!entries.ok) throw new Error(entries.problem.message);
    const ours = encode(11542, entries.value, { path: pathOf(path), style: new Set(['tlv-instance-wrapper']) });
    expect(ours.ok && toHex(ours.value)).toBe(toHex(foreign.encode('tlv', path, content)));
  });

  it.each(cases)('writes JSON of %s %j that this codec reads, its base name lacking a slash', (path, content) => {
    const payload = foreign.encode('json', path, content);
    const strict = decode(11543, payload, { path: pathOf(path), model });
    expect(strict.ok).toBe(false);
    const read = decode(11543, payload, { path: pathOf(path), model, lenient: new Set(['json-missing-slash']) });
    expect(read.ok && contentOf(read.value, pathOf(path))).toEqual(content);
  });
});
