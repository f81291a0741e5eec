import { decode as decodeCborg } from 'cborg';
import { decode as decodeCbor2 } from 'cbor2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { modelOf } from '../../model/definition.js';
import { comparePaths, equalPaths, formatPath, type Path } from '../../model/path.js';
import { equalValues, formatValue, type Entry, type ResourceType, type Value } from '../../model/value.js';
import { cbor } from '../cbor/codec.js';
import type { DescribedCodec } from '../cbor/described.js';
import { lwm2mCbor } from '../lwm2m-cbor.js';
import { senmlCbor, senmlEtchCbor, senmlEtchJson, senmlJson } from './index.js';
import { VALUE_TYPES, resource } from '../testing/definitions.js';

/** What all formats of this family promise alike: whatever is written comes back, and whatever comes in gets an answer. */

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** Objects 3 and 3303: resources 0 to 8 are single, 10 to 18 multiple, one for each type. */
const model = modelOf(
  [3, 3303].map((id) => ({
    id,
    name: `Object ${id}`,
    version: '1.0',
    enabler: '1.0',
    multiple: true,
    mandatory: false,
    urn: '',
    resources: VALUE_TYPES.flatMap((type, place) => [resource(place, type, false), resource(place + 10, type, true)]),
  })),
);

const valueFor = (type: ResourceType, finite: boolean): fc.Arbitrary<Value> => {
  switch (type) {
    case 'string':
    case 'corelnk':
      return fc.string({ unit: 'binary', maxLength: 40 }).map((value) => ({ type, value }));
    case 'integer':
    case 'time':
      return fc
        .oneof(
          fc.bigInt({ min: -300n, max: 300n }),
          fc.bigInt(INT64),
          fc.constantFrom(INT64.min, INT64.max, 2n ** 53n + 1n),
        )
        .map((value) => ({ type, value }));
    case 'unsigned':
      return fc
        .oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
        .map((value) => ({ type, value }));
    case 'float':
      return fc
        .oneof(
          fc.double({ noNaN: finite, noDefaultInfinity: finite }),
          fc.integer(),
          fc.float({ noNaN: finite, noDefaultInfinity: finite }),
          fc.constant(-0),
        )
        .map((value) => ({ type, value }));
    case 'boolean':
      return fc.boolean().map((value) => ({ type, value }));
    case 'opaque':
      return fc.uint8Array({ maxLength: 40 }).map((value) => ({ type, value }));
    default:
      return fc
        .tuple(fc.integer({ min: 0, max: 65535 }), fc.integer({ min: 0, max: 65535 }))
        .map(([object, instance]) => ({ type: 'objlnk', value: { object, instance } }));
  }
};

const entryOf = (finite: boolean): fc.Arbitrary<Entry> =>
  fc
    .tuple(fc.constantFrom(3, 3303), fc.nat({ max: 3 }), fc.nat({ max: 8 }), fc.boolean(), fc.nat({ max: 300 }))
    .chain(([object, instance, place, multiple, id]) =>
      valueFor(VALUE_TYPES[place] ?? 'none', finite).map((value) => ({
        path: multiple ? [object, instance, place + 10, id] : [object, instance, place],
        value,
      })),
    );

/** Values in the order that a client gives them: ascending, no path twice. */
const valuesOf = (finite: boolean): fc.Arbitrary<readonly Entry[]> =>
  fc
    .uniqueArray(entryOf(finite), { selector: (entry) => formatPath(entry.path), maxLength: 12 })
    .map((entries) => [...entries].sort((a, b) => comparePaths(a.path, b.path)));

const show = (entries: readonly Entry[]): readonly string[] =>
  entries.map(
    ({ path, value, time }) =>
      `${formatPath(path)}${value ? ` ${value.type} ${Object.is(value.value, -0) ? '-0' : formatValue(value)}` : ''}${time === undefined ? '' : ` @${time}`}`,
  );

const STRUCTURED: readonly DescribedCodec[] = [senmlJson, senmlCbor, lwm2mCbor];
const isJson = (codec: DescribedCodec): boolean => codec === senmlJson || codec === senmlEtchJson;
const RUNS = { seed: 112, numRuns: 200 };

function encode(codec: DescribedCodec, entries: readonly Entry[], style?: readonly string[]): Uint8Array {
  const result = codec.encode(entries, { path: [], model, ...(style && { style: new Set(style) }) });
  if (!result.ok) throw new Error(`${codec.name}: ${result.problem.message}`);
  return result.value;
}

function decode(codec: DescribedCodec, payload: Uint8Array, withModel = true): readonly Entry[] {
  const result = codec.decode(payload, { path: [], ...(withModel && { model }) });
  if (!result.ok) throw new Error(`${codec.name}: ${result.problem.message}`);
  return result.value;
}

describe.each(STRUCTURED.map((codec) => ({ codec, name: codec.name })))('$name', ({ codec }) => {
  it('gives back what it was given', () =>
    fc.assert(
      fc.property(valuesOf(isJson(codec)), (entries) => {
        expect(show(decode(codec, encode(codec, entries)))).toEqual(show(entries));
      }),
      RUNS,
    ));

  it.each(Object.keys(codec.styles))('gives it back in the style %s', (style) => {
    const sortedOnly = style === 'deterministic' || style === 'reversed-records';
    const byPath = (list: readonly Entry[]): readonly string[] =>
      show(sortedOnly ? [...list].sort((a, b) => comparePaths(a.path, b.path)) : list);
    const lenient = style === 'tagged-time' || style === 'dated-time';
    fc.assert(
      fc.property(valuesOf(isJson(codec)), (entries) => {
        const inYears =
          style !== 'dated-time' ||
          entries.every(
            ({ value }) => value?.type !== 'time' || (value.value > -62167219200n && value.value < 253402300799n),
          );
        fc.pre(inYears);
        const payload = encode(codec, entries, [style]);
        const result = codec.decode(payload, {
          path: [],
          model,
          ...(lenient && { lenient: new Set(['tagged-time']) }),
        });
        expect(result.ok ? byPath(result.value) : result.problem).toEqual(byPath(entries));
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it('writes the canonical form with a style that says nothing to it', () =>
    fc.assert(
      fc.property(valuesOf(isJson(codec)), (entries) => {
        expect(toHex(encode(codec, entries, ['tlv-id16']))).toBe(toHex(encode(codec, entries)));
      }),
      RUNS,
    ));

  it('refuses every proper prefix as truncated', () =>
    fc.assert(
      fc.property(valuesOf(isJson(codec)), (entries) => {
        const payload = encode(codec, entries);
        const others = Array.from(payload, (_, length) => {
          const result = codec.decode(payload.subarray(0, length), { path: [], model });
          return !result.ok && result.problem.code === 'truncated' && (result.problem.at ?? -1) <= length
            ? undefined
            : { length, result };
        });
        expect(others.filter((other) => other !== undefined)).toEqual([]);
      }),
      { ...RUNS, numRuns: 30 },
    ));

  it('answers every change of one byte, and reads on its own what it accepts', () => {
    const random = seeded(256);
    const [entries = []] = fc.sample(
      valuesOf(isJson(codec)).filter((list) => list.length > 5),
      { seed: 5, numRuns: 1 },
    );
    const payload = encode(codec, entries);
    for (let at = 0; at < payload.length; at++)
      for (let round = 0; round < 8; round++) {
        const changed = payload.slice();
        changed[at] = random.integer(256);
        check(codec, changed);
      }
  });

  it('answers 2,000 random inputs, and reads on its own what it accepts', () => {
    const random = seeded(2026);
    const starts = ['', '81', '9f', 'a1', 'bf', '81a2', '82a200', '5b7b22', '5b7b226e223a22'].map((start) =>
      fromHex(start)!,
    );
    for (let i = 0; i < 2000; i++) {
      const start = starts[random.integer(starts.length)] ?? new Uint8Array(0);
      check(codec, Uint8Array.of(...start, ...random.bytes(random.integer(40))));
    }
  });
});

/** Decoding and explaining end with a value; a value that decodes can be written and says the same again. */
function check(codec: DescribedCodec, payload: Uint8Array): void {
  const result = codec.decode(payload, { path: [], model });
  // One expectation for all: this runs tens of thousands of times, and each expectation costs more than the decoding.
  const lines = codec.annotate(payload, { path: [], model });
  let end = 0;
  const disordered = lines.filter((line) => {
    const isBehind = line.length !== 0 && line.at < end;
    end = Math.max(end, line.at + line.length);
    return isBehind;
  });
  const saysWrong = lines.some(({ meaning }) => meaning.startsWith('!'));
  const isInside = end <= payload.length && (result.ok || (result.problem.at ?? 0) <= payload.length);
  if (disordered.length > 0 || saysWrong === result.ok || !isInside)
    expect({ payload: toHex(payload), disordered, saysWrong, isInside, result }).toBe('explained in order');
  if (!result.ok) return;
  const again = codec.encode(result.value, { path: [], model });
  if (!again.ok) expect(again.problem.code).toBe('not-encodable');
  else expect(show(decode(codec, again.value))).toEqual(show(result.value));
}

describe('the formats', () => {
  it('agree: values go from any of them to any other', () =>
    fc.assert(
      fc.property(valuesOf(true), (entries) => {
        for (const from of STRUCTURED)
          for (const to of STRUCTURED) {
            const carried = decode(from, encode(from, entries));
            expect(show(decode(to, encode(to, carried)))).toEqual(show(entries));
          }
      }),
      { ...RUNS, numRuns: 100 },
    ));

  it('agree on types without a model, as far as they can tell', () =>
    fc.assert(
      fc.property(valuesOf(true), (entries) => {
        const [a, b] = [senmlJson, senmlCbor].map((codec) => decode(codec, encode(codec, entries), false));
        expect(show(a ?? [])).toEqual(show(b ?? []));
      }),
      RUNS,
    ));

  it('agree on a single value with CBOR', () =>
    fc.assert(
      fc.property(entryOf(true), (entry) => {
        const context = { path: entry.path, model };
        const payload = cbor.encode([entry], context);
        const value = payload.ok ? cbor.decode(payload.value, context) : payload;
        expect(value.ok && show(value.value)).toEqual(show(decode(senmlCbor, encode(senmlCbor, [entry]))));
      }),
      RUNS,
    ));

  it('agree on paths and deletions', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 65534 }), { maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        (paths) => {
          const entries = paths.map((path) => ({ path }));
          for (const codec of [senmlJson, senmlCbor, senmlEtchJson, senmlEtchCbor])
            expect(decode(codec, encode(codec, entries))).toEqual(entries);
          for (const codec of [senmlEtchJson, senmlEtchCbor]) {
            const payload = codec.encode(entries, { path: [], pack: 'changes' });
            expect(payload.ok && codec.decode(payload.value, { path: [], pack: 'changes' })).toEqual({
              ok: true,
              value: entries,
            });
          }
        },
      ),
      RUNS,
    ));

  it('agree on times', () => {
    const seconds = fc.oneof(
      fc.integer({ min: -1000, max: 2 ** 31 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 2e9 }).filter((value) => !Object.is(value, -0)),
      fc.integer({ min: 0, max: 2 ** 31 * 100 }).map((value) => value / 100),
    );
    fc.assert(
      fc.property(fc.uniqueArray(seconds, { minLength: 1, maxLength: 6 }), fc.boolean(), (times, absolute) => {
        const entries = times.map((time, i) => ({
          path: [3, 0, 1],
          value: { type: 'integer' as const, value: BigInt(i) },
          time,
        }));
        for (const codec of [senmlJson, senmlCbor])
          expect(show(decode(codec, encode(codec, entries, absolute ? ['absolute-time'] : undefined)))).toEqual(
            show(entries),
          );
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });
});

describe('other readers', () => {
  it('of CBOR see the same records', () =>
    fc.assert(
      fc.property(valuesOf(true), (entries) => {
        const payload = encode(senmlCbor, entries);
        const other = decodeCbor2(payload, { preferMap: true });
        expect(interpret(other)).toEqual(show(entries));
        const third: unknown = decodeCborg(payload, { useMaps: true });
        expect(interpret(third)).toEqual(show(entries));
      }),
      RUNS,
    ));

  it('of JSON see the same records', () =>
    fc.assert(
      fc.property(valuesOf(true), (entries) => {
        const whole: unknown = JSON.parse(new TextDecoder().decode(encode(senmlJson, entries)));
        const names = (Array.isArray(whole) ? whole : []) as { bn?: string; n?: string }[];
        let base = '';
        expect(names.map(({ bn, n }) => (base = bn ?? base) + (n ?? ''))).toEqual(
          entries.map(({ path }) => formatPath(path)),
        );
      }),
      RUNS,
    ));
});

const NUMBERS = { v: 2, vs: 3, vb: 4, vd: 8 } as const;

/** A pack as RFC 8428 says it, from maps that another reader made; types come from the model. */
function interpret(pack: unknown): readonly string[] {
  if (!Array.isArray(pack)) throw new Error('no array');
  let base = '';
  return pack.map((item: unknown) => {
    const record = item instanceof Map ? item : new Map(Object.entries(item as object));
    const get = (label: number | string): unknown => record.get(label) ?? record.get(String(label));
    base = (get(-2) as string | undefined) ?? base;
    const path = (base + ((get(0) as string | undefined) ?? '')).slice(1).split('/').map(Number);
    const type = model.resource(path[0] ?? 0, path[2] ?? 0)?.type;
    const found = get(NUMBERS.v) ?? get(NUMBERS.vs) ?? get(NUMBERS.vb) ?? get(NUMBERS.vd) ?? get('vlo');
    return `${formatPath(path)} ${type} ${shown(found, type)}`;
  });
}

function shown(value: unknown, type: ResourceType | undefined): string {
  if (value instanceof Uint8Array) return `h'${toHex(value)}'`;
  if (typeof value === 'string') return type === 'objlnk' ? value : JSON.stringify(value);
  if (type === 'float') return Object.is(value, -0) ? '-0' : String(Number(value));
  return typeof value === 'number' && type !== 'boolean' ? String(BigInt(value)) : String(value);
}

/** Faults that a strict reader of the same project takes nevertheless, as receivers may. */
const TOLERATED: ReadonlySet<string> = new Set(['integer-as-float', 'base-value', 'upper-case-exponent']);

describe.each([senmlJson, senmlCbor, lwm2mCbor].map((codec) => ({ codec, name: codec.name })))(
  'a fault of $name',
  ({ codec }) => {
    const path = (id: number): Path => [3, 0, id];
    const entries: readonly Entry[] = [
      { path: path(0), value: { type: 'string', value: 'a/+' } },
      { path: path(1), value: { type: 'integer', value: 5n } },
      { path: path(2), value: { type: 'unsigned', value: 7n } },
      { path: path(3), value: { type: 'float', value: 21.25 } },
      { path: path(4), value: { type: 'boolean', value: true } },
      { path: path(5), value: { type: 'opaque', value: fromHex('fbefff00')! } },
      { path: path(6), value: { type: 'time', value: 1_700_000_000n } },
      { path: path(7), value: { type: 'objlnk', value: { object: 65535, instance: 65535 } } },
    ];

    it.each(Object.keys(codec.faults))('the fault %s changes the payload, and is refused or does no harm', (fault) => {
      const given: readonly Entry[] =
        fault === 'non-finite-numbers' ? [{ path: path(3), value: { type: 'float', value: NaN } }] : entries;
      const base = fault === 'relative-keys' || fault === 'relative-names' ? [3, 0] : [];
      const result = codec.encode(given, { path: base, model, style: new Set([fault]) });
      if (!result.ok) throw new Error(result.problem.message);
      if (fault !== 'non-finite-numbers') expect(toHex(result.value)).not.toBe(toHex(encode(codec, entries)));
      const read = codec.decode(result.value, { path: base, model });
      if (TOLERATED.has(fault)) expect(read.ok && show(read.value)).toEqual(show(entries));
      else expect(read.ok ? `accepted ${show(read.value).join()}` : 'refused').toBe('refused');
    });

    it.each(Object.keys(codec.styles))('the style %s changes the payload', (style) => {
      const all: readonly Entry[] = [
        ...entries,
        { path: [3, 0, 11, 3], value: { type: 'integer', value: 5n } },
        { path: [3, 1, 3], value: { type: 'float', value: 20 }, ...(codec !== lwm2mCbor && { time: 5 }) },
        {
          path: [3, 1, 3303 - 3298],
          value: { type: 'opaque', value: Uint8Array.of(1) },
          ...(codec !== lwm2mCbor && { time: 7 }),
        },
      ];
      const timed = style === 'absolute-time' ? all.slice(-2) : all;
      const given =
        style === 'base-names'
          ? timed.map((entry) => ({ path: entry.path }))
          : style === 'deterministic'
            ? [...timed].reverse()
            : timed;
      expect(toHex(encode(codec, given, [style]))).not.toBe(toHex(encode(codec, given)));
    });
  },
);

describe('a bomb', () => {
  it.each<[DescribedCodec, string]>([
    [senmlCbor, '81'.repeat(60_000)],
    [senmlCbor, `81a1${'c1'.repeat(60_000)}`],
    [senmlCbor, `81a20067 2f332f302f3131 02${'c1'.repeat(60_000)}`.replaceAll(' ', '')],
    [senmlCbor, `81a1${'5f'.repeat(60_000)}`],
    [senmlCbor, `81a1187f${'9f'.repeat(60_000)}`],
    [lwm2mCbor, 'a100'.repeat(30_000)],
    [lwm2mCbor, `a1${'81'.repeat(60_000)}`],
    [lwm2mCbor, `a1830300 03${'c4'.repeat(60_000)}`.replaceAll(' ', '')],
    [cbor, 'c1'.repeat(60_000)],
    [cbor, '9bffffffffffffffff'],
    [cbor, '5bffffffffffffffff'],
    [senmlJson, toHex(utf8('['.repeat(60_000)))],
    [senmlJson, toHex(utf8(`[{"n":"/3/0/1","v":${'9'.repeat(60_000)}}]`))],
    [senmlJson, toHex(utf8('[{"n":"/3/0/1","v":1e999999999}]'))],
    [senmlJson, toHex(utf8('[{"n":"/3/0/3","bv":1e300,"v":1e-300},{"n":"/3/0/3","bv":1e-999999999,"v":1}]'))],
    [senmlJson, toHex(utf8(`[{"n":"/3/0/1","x":"${'\\u0041'.repeat(10_000)}","x_":1}]`))],
  ])('in $0.name is refused: $1', (codec, digits) => {
    const payload = fromHex(digits)!;
    const result = codec.decode(payload, { path: codec === cbor ? [3, 0, 1] : [], model });
    expect(result.ok).toBe(false);
    expect(codec.annotate(payload, { path: codec === cbor ? [3, 0, 1] : [], model }).length).toBeGreaterThan(0);
  });

  it('of 10,000 records is read', () => {
    const entries = Array.from({ length: 10_000 }, (_, id) => ({
      path: [3, id, 1],
      value: { type: 'integer' as const, value: BigInt(id) },
    }));
    for (const codec of [...STRUCTURED])
      for (const list of [entries, [...entries].reverse()]) {
        const back = decode(codec, encode(codec, list));
        expect(back.length).toBe(list.length);
        expect(
          back.every(
            (entry, i) => equalPaths(entry.path, list[i]?.path ?? []) && equalValues(entry.value!, list[i]!.value),
          ),
        ).toBe(true);
      }
  });

  it('of a text of 1 MiB is read', () => {
    const entries: readonly Entry[] = [{ path: [3, 0, 0], value: { type: 'string', value: 'é'.repeat(2 ** 19) } }];
    for (const codec of STRUCTURED) expect(show(decode(codec, encode(codec, entries)))).toEqual(show(entries));
  });
});
