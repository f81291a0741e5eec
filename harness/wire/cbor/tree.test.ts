import { decode as decodeCborg } from 'cborg';
import { decode as decodeCbor2 } from 'cbor2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { formatItem } from './diagnostic.js';
import { encodeItem } from './encode-item.js';
import { fromHalf } from './float.js';
import { isMinimal, type CborItem, type HeadWidth } from './item.js';
import { duplicateKey, keyOrder, preferred } from './keys.js';
import { CBOR_LIMITS } from './reader.js';
import { readItem, readPartial } from './tree.js';

const hex = (digits: string): Uint8Array => fromHex(digits)!;

const read = (digits: string): CborItem => {
  const item = readItem(hex(digits));
  if (!item.ok) throw new Error(`${digits}: ${item.problem.message}`);
  return item.value;
};

const problemOf = (bytes: Uint8Array): readonly [string, number | undefined] | undefined => {
  const item = readItem(bytes);
  return item.ok ? undefined : [item.problem.code, item.problem.at];
};

const SEED = { seed: 8949, numRuns: 400 };

const argument = fc.oneof(
  fc.bigInt({ min: 0n, max: 23n }),
  fc.bigInt({ min: 0n, max: 0xffffn }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

const narrowest = (value: bigint): HeadWidth =>
  value < 24n ? 0 : value < 0x100n ? 1 : value < 0x1_0000n ? 2 : value < 0x1_0000_0000n ? 4 : 8;

const widths: readonly HeadWidth[] = [0, 1, 2, 4, 8];

/** A head width that can hold the argument. */
const widthFor = (value: bigint): fc.Arbitrary<HeadWidth> =>
  fc.constantFrom(...widths.filter((width) => width >= narrowest(value)));

const withWidth = <T extends object>(value: bigint, make: (width: HeadWidth) => T): fc.Arbitrary<T> =>
  widthFor(value).map(make);

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const bytes = fc.uint8Array({ maxLength: 30 });

const definiteText = text.chain((value) =>
  withWidth(BigInt(utf8(value).length), (width) => ({ kind: 'text' as const, value, width })),
);
const definiteBytes = bytes.chain((value) =>
  withWidth(BigInt(value.length), (width) => ({ kind: 'bytes' as const, value, width })),
);

const float = fc
  .oneof(fc.double(), fc.float(), fc.integer({ min: 0, max: 0xffff }).map(fromHalf))
  .chain((value) =>
    fc
      .constantFrom<2 | 4 | 8>(2, 4, 8)
      .map((width) =>
        Number.isNaN(value) ? { kind: 'float' as const, value } : { kind: 'float' as const, value, width },
      ),
  )
  .filter(({ value, ...rest }) => !('width' in rest) || rest.width === 8 || isExact(value, rest.width));

function isExact(value: number, width: 2 | 4): boolean {
  const item = readItem(encodeItem({ kind: 'float', value, width }));
  return item.ok && item.value.kind === 'float' && Object.is(item.value.value, value);
}

/** Items in any encoding: wide heads, chunks, indefinite lengths. */
const { item: anyItem } = fc.letrec<{ item: CborItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    argument.chain((value) =>
      fc
        .boolean()
        .chain((isNegative) =>
          withWidth(value, (width): CborItem => ({ kind: 'integer', value: isNegative ? -1n - value : value, width })),
        ),
    ),
    definiteText,
    definiteBytes,
    fc.array(definiteText, { maxLength: 3 }).map((chunks): CborItem => ({
      kind: 'text',
      value: chunks.map(({ value }) => value).join(''),
      indefinite: true,
      chunks,
    })),
    float,
    fc.constantFrom<CborItem>(
      { kind: 'simple', value: 20, width: 0 },
      { kind: 'simple', value: 22, width: 0 },
      { kind: 'simple', value: 0, width: 0 },
      { kind: 'simple', value: 255, width: 1 },
    ),
    fc.array(tie('item'), { maxLength: 4 }).chain((items) =>
      fc.oneof(
        withWidth(BigInt(items.length), (width): CborItem => ({ kind: 'array', items, width })),
        fc.constant<CborItem>({ kind: 'array', items, indefinite: true }),
      ),
    ),
    fc.array(fc.tuple(tie('item'), tie('item')), { maxLength: 3 }).chain((pairs) =>
      fc.oneof(
        withWidth(BigInt(pairs.length), (width): CborItem => ({ kind: 'map', pairs, width })),
        fc.constant<CborItem>({ kind: 'map', pairs, indefinite: true }),
      ),
    ),
    fc
      .tuple(argument, tie('item'))
      .chain(([tag, item]) => withWidth(tag, (width): CborItem => ({ kind: 'tag', tag, item, width }))),
  ),
}));

/** The item without its places in a payload. */
function withoutSpans(item: CborItem): unknown {
  return JSON.parse(
    JSON.stringify(item, (key, value: unknown) => {
      if (key === 'span') return undefined;
      if (typeof value === 'bigint') return `${value}n`;
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    }),
  );
}

describe('the CBOR tree', () => {
  it('is written byte for byte as it was read, in whatever encoding', () =>
    fc.assert(
      fc.property(anyItem, (item) => {
        const payload = encodeItem(item);
        const again = readItem(payload);
        expect(again.ok && toHex(encodeItem(again.value))).toBe(toHex(payload));
      }),
      SEED,
    ));

  it('is read as it was written', () =>
    fc.assert(
      fc.property(anyItem, (item) => {
        const again = readItem(encodeItem(item));
        const expected = withoutSpans(item);
        expect(again.ok && formatItem(again.value)).toBe(formatItem(item));
        if (again.ok && !JSON.stringify(expected).includes('"kind":"float","value":"NaN"'))
          expect(withoutSpans(again.value)).toEqual(expected);
      }),
      SEED,
    ));

  it('covers the whole payload, an item its content', () =>
    fc.assert(
      fc.property(anyItem, (item) => {
        const payload = encodeItem(item);
        const again = readItem(payload);
        expect(again.ok && again.value.span).toEqual({ at: 0, end: payload.length });
        const check = (parent: CborItem): void => {
          const children =
            parent.kind === 'array'
              ? parent.items
              : parent.kind === 'map'
                ? parent.pairs.flat()
                : parent.kind === 'tag'
                  ? [parent.item]
                  : [];
          let at = parent.span!.at;
          for (const child of children) {
            expect(child.span!.at).toBeGreaterThan(at);
            expect(child.span!.end).toBeLessThanOrEqual(parent.span!.end);
            at = child.span!.end - 1;
            check(child);
          }
        };
        if (again.ok) check(again.value);
      }),
      SEED,
    ));

  it('refuses every proper prefix as truncated', () =>
    fc.assert(
      fc.property(anyItem, (item) => {
        const payload = encodeItem(item);
        for (let length = 0; length < Math.min(payload.length, 100); length++)
          expect(problemOf(payload.subarray(0, length))?.[0]).toBe('truncated');
      }),
      { ...SEED, numRuns: 150 },
    ));

  it('refuses a byte more as trailing data', () =>
    fc.assert(
      fc.property(anyItem, (item) => {
        const payload = encodeItem(item);
        expect(problemOf(Uint8Array.of(...payload, 0))).toEqual(['trailing-data', payload.length]);
      }),
      SEED,
    ));

  it('reads what two other readers read', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n })),
        (value) => {
          const payload = encodeItem(itemOf(value));
          expect(comparable(decodeCbor2(payload))).toEqual(comparable(value));
          expect(comparable(decodeCborg(payload, { useMaps: false }))).toEqual(comparable(value));
        },
      ),
      SEED,
    ));
});

/** Integers alike whether number or bigint, -0 as 0. */
function comparable(value: unknown): unknown {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}`;
    return typeof inner === 'number' && Number.isInteger(inner) ? `${BigInt(inner)}` : inner;
  });
}

function itemOf(value: unknown): CborItem {
  if (value === null) return { kind: 'simple', value: 22 };
  if (typeof value === 'boolean') return { kind: 'simple', value: value ? 21 : 20 };
  if (typeof value === 'bigint') return { kind: 'integer', value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? { kind: 'integer', value: BigInt(value) }
      : { kind: 'float', value };
  if (typeof value === 'string') return { kind: 'text', value };
  if (Array.isArray(value)) return { kind: 'array', items: value.map(itemOf) };
  if (typeof value !== 'object') throw new Error('not a value of JSON');
  return {
    kind: 'map',
    pairs: Object.entries(value).map(([key, inner]) => [{ kind: 'text', value: key }, itemOf(inner)] as const),
  };
}

describe('reading CBOR', () => {
  it.each([
    ['', 'truncated', 0],
    ['18', 'truncated', 0],
    ['1bffffffffffffff', 'truncated', 0],
    ['8201', 'truncated', 2],
    ['a10118', 'truncated', 2],
    ['62c3', 'truncated', 0],
    ['7f6161', 'truncated', 3],
    ['5f4100', 'truncated', 3],
    ['9f', 'truncated', 1],
    ['9bffffffffffffffff', 'truncated', 9],
    ['bb7fffffffffffffff', 'truncated', 9],
    ['7b7fffffffffffffff61', 'truncated', 0],
    ['5bffffffffffffffff00', 'truncated', 0],
    ['1c', 'not-well-formed', 0],
    ['811d', 'not-well-formed', 1],
    ['fe', 'not-well-formed', 0],
    ['1f', 'not-well-formed', 0],
    ['3f', 'not-well-formed', 0],
    ['df00', 'not-well-formed', 0],
    ['ff', 'not-well-formed', 0],
    ['81ff', 'not-well-formed', 1],
    ['a1ff', 'not-well-formed', 1],
    ['a101ff', 'not-well-formed', 2],
    ['bf01ff', 'not-well-formed', 2],
    ['c1ff', 'not-well-formed', 1],
    ['f800', 'not-well-formed', 0],
    ['f81f', 'not-well-formed', 0],
    ['5f6161ff', 'not-well-formed', 1],
    ['7f4161ff', 'not-well-formed', 1],
    ['7f00ff', 'not-well-formed', 1],
    ['5f5f4161ffff', 'not-well-formed', 1],
    ['62c328', 'invalid-utf8', 1],
    ['63414280', 'invalid-utf8', 3],
    ['62c0af', 'invalid-utf8', 1],
    ['63eda080', 'invalid-utf8', 1],
    ['64f4908080', 'invalid-utf8', 1],
    ['7f61c361bcff', 'invalid-utf8', 2],
    ['0000', 'trailing-data', 1],
    ['80ff', 'trailing-data', 1],
  ])('refuses %s as %s at offset %i', (digits, code, at) => expect(problemOf(hex(digits))).toEqual([code, at]));

  it('names the first byte of a bad sequence, however long the text', () => {
    const long = 'é'.repeat(40);
    const payload = encodeItem({ kind: 'text', value: long });
    payload[payload.length - 1] = 0x28;
    expect(problemOf(payload)).toEqual(['invalid-utf8', payload.length - 2]);
  });

  it.each(['81', 'c1', 'a100', '9f'])('stops at 64 levels of %s', (level) => {
    const deep = (levels: number): Uint8Array =>
      hex(`${level.repeat(levels)}00${level === '9f' ? 'ff'.repeat(levels) : ''}`);
    expect(problemOf(deep(64))).toBeUndefined();
    expect(problemOf(deep(65))?.[0]).toBe('too-deep');
    expect(problemOf(deep(100_000))?.[0]).toBe('too-deep');
  });

  it('stops at the limit of items', () => {
    const payload = hex(`83${'00'.repeat(3)}`);
    expect(readItem(payload, { ...CBOR_LIMITS, items: 4 }).ok).toBe(true);
    const refused = readItem(payload, { ...CBOR_LIMITS, items: 3 });
    expect(!refused.ok && refused.problem.code).toBe('unsupported');
  });

  it('keeps what stands before a problem', () => {
    const { item, problem } = readPartial(hex('8301820203ff'));
    expect(item && formatItem(item)).toBe('[1, [2, 3]]'); // the third element is missing
    expect(problem?.at).toBe(5);
    expect(readPartial(hex('')).item).toBeUndefined();
  });

  it('does not throw on 2,000 random inputs', () => {
    const random = seeded(2000);
    for (let i = 0; i < 2000; i++) {
      const item = readItem(random.bytes(random.integer(60)));
      if (item.ok) expect(encodeItem(item.value).length).toBeGreaterThan(0);
    }
  });
});

describe('keys of maps', () => {
  it.each([
    ['a201020103', '1'],
    ['a20102180103', '1_0'],
    ['a26161016161f6', '"a"'],
    ['a2820102018201180202', '[1, 2_0]'],
    ['a2f93e0001fb3ff800000000000002', '1.5_3'],
  ])('of %s: %s is there twice', (digits, key) => {
    const map = read(digits);
    const found = map.kind === 'map' ? duplicateKey(map) : undefined;
    expect(found && formatItem(found)).toBe(key);
  });

  it.each(['a0', 'a201020304', 'a2010261310a', 'a20120f93c0021'])('of %s are all different', (digits) => {
    const map = read(digits);
    expect(map.kind === 'map' && duplicateKey(map)).toBeUndefined();
  });

  it.each([
    ['a301002000613100', 'bytewise'],
    ['a300001818002000', 'bytewise'],
    ['a300002000181800', 'length-first'],
    ['a202000100', 'none'],
  ])('of %s stand in %s order', (digits, order) => {
    const map = read(digits);
    expect(map.kind === 'map' && keyOrder(map)).toBe(order);
  });

  it('are sorted in preferred form', () => {
    expect(toHex(encodeItem(preferred(read('bf613105180120ff'))))).toBe('a20120613105');
  });
});

describe('an item', () => {
  it.each([
    ['1800', false],
    ['17', true],
    ['1818', true],
    ['1900ff', false],
    ['3817', false],
    ['9800', false],
    ['b80100f6', false],
    ['d80100', false],
    ['780161', false],
    ['9fff', true],
    ['fb3ff0000000000000', true],
  ])('%s has the shortest head: %s', (digits, expected) => expect(isMinimal(read(digits))).toBe(expected));

  it('can be malformed on purpose', () => {
    const array: CborItem = { kind: 'array', items: [{ kind: 'integer', value: 1n }], announced: 2 };
    expect(toHex(encodeItem(array))).toBe('8201');
    expect(toHex(encodeItem({ kind: 'text', value: 'a', announced: 5 }))).toBe('6561');
    expect(toHex(encodeItem({ kind: 'bytes', value: Uint8Array.of(1), announced: 2n ** 63n }))).toBe(
      '5b800000000000000001',
    );
    const raw: CborItem = { kind: 'raw', bytes: hex('1c') };
    expect(toHex(encodeItem({ kind: 'map', pairs: [[raw, raw]], indefinite: true }))).toBe('bf1c1cff');
    expect(formatItem(raw)).toBe("raw'1c'");
  });

  it('keeps the bits of a NaN', () => {
    expect(toHex(encodeItem(read('f97e01')))).toBe('f97e01');
    expect(toHex(encodeItem(read('fb7ff4000000000001')))).toBe('fb7ff4000000000001');
    expect(toHex(encodeItem(read('faffc00000')))).toBe('faffc00000');
  });
});
