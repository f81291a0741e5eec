import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.js';
import { formatDate, parseDate } from './date.js';
import { addDecimals, formatDecimal, parseDecimal, toInteger } from './decimal.js';
import { floatWidth, fromHalf, readFloat, toHalf, writeFloat, type FloatWidth } from './float.js';
import { firstInvalid, readText } from './text.js';
import { CborWriter } from './writer.js';

const SEED = { seed: 16, numRuns: 500 };

describe('a half-precision float', () => {
  it('comes back bit by bit, all 65,536 of them', () => {
    for (let bits = 0; bits <= 0xffff; bits++) {
      const value = fromHalf(bits);
      const isNaN = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
      expect(Number.isNaN(value)).toBe(isNaN);
      if (!isNaN) expect(toHalf(value)).toBe(bits);
    }
  });

  it.each([
    [65504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [-0, 0x8000],
    [Infinity, 0x7c00],
    [NaN, 0x7e00],
  ])('holds %d', (value, bits) => expect(toHalf(value)).toBe(bits));

  it.each([65505, 65520, 2 ** -25, 1 + 2 ** -11, 0.1, 2 ** 16, Number.MAX_VALUE, 5e-324])('does not hold %d', (value) =>
    expect(toHalf(value)).toBe(-1),
  );

  it('is rounded to the nearest, ties to even, where it must', () => {
    const rounded = (value: number): number => {
      const bytes = new Uint8Array(2);
      writeFloat(bytes, 0, value, 2);
      return readFloat(bytes, 0, 2);
    };
    expect(rounded(1 + 2 ** -11)).toBe(1);
    expect(rounded(1 + 3 * 2 ** -11)).toBe(1 + 2 ** -9);
    expect(rounded(65519)).toBe(65504);
    expect(rounded(65520)).toBe(Infinity);
    expect(rounded(-70000)).toBe(-Infinity);
    expect(rounded(2 ** -25)).toBe(0);
    expect(rounded(-0.1)).toBe(-0.0999755859375);
  });
});

describe('a float', () => {
  it('takes the narrowest width that holds it, and comes back', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.float(), fc.integer()),
        fc.constantFrom<FloatWidth>(2, 4, 8),
        (value, least) => {
          const width = floatWidth(value, least);
          const bytes = new Uint8Array(8);
          writeFloat(bytes, 0, value, width);
          expect(width).toBeGreaterThanOrEqual(least);
          expect(readFloat(bytes, 0, width)).toBe(value);
          if (width === 8 && least < 8) expect(Math.fround(value)).not.toBe(value);
          if (width === 4 && least < 4) expect(toHalf(value)).toBe(-1);
        },
      ),
      SEED,
    ));
});

describe('text', () => {
  it('is valid where the strict decoder of the engine says so', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const isValid = (bytes: Uint8Array): boolean => {
      try {
        decoder.decode(bytes);
        return true;
      } catch {
        return false;
      }
    };
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from(list);
        const bad = firstInvalid(bytes, 0, bytes.length);
        expect(bad === bytes.length).toBe(isValid(bytes));
        expect(isValid(bytes.subarray(0, bad))).toBe(true);
      }),
      { seed: 8, numRuns: 5000 },
    );
  });

  it('is the same short or long, with or without a byte order mark', () => {
    for (const text of [
      '',
      'a',
      'abcd',
      'abcde',
      'é',
      '\ufeffa',
      '\0',
      'x'.repeat(24),
      'x'.repeat(25),
      'x'.repeat(300),
      '😀'.repeat(9),
    ]) {
      const bytes = new TextEncoder().encode(`--${text}--`);
      expect(readText(bytes, 2, bytes.length - 2)).toBe(text);
    }
  });
});

describe('a date', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2023-11-14T22:13:20Z', 1700000000],
    ['2023-11-14t22:13:20z', 1700000000],
    ['2023-11-14T23:13:20+01:00', 1700000000],
    ['2023-11-14T16:43:20-05:30', 1700000000],
    ['2023-11-14T22:13:20.000Z', 1700000000],
    ['2023-11-14T22:13:20-00:00', 1700000000],
    ['1969-12-31T23:59:59Z', -1],
    ['2000-02-29T00:00:00Z', 951782400],
    ['2016-12-31T23:59:60Z', 1483228800],
    ['0000-01-01T00:00:00Z', -62167219200],
    ['9999-12-31T23:59:59Z', 253402300799],
  ])('%s is %i', (text, seconds) => expect(parseDate(text)).toBe(seconds));

  it.each([
    'yesterday',
    '',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2023-13-01T00:00:00Z',
    '2023-00-01T00:00:00Z',
    '2023-04-31T00:00:00Z',
    '2023-04-00T00:00:00Z',
    '2023-04-01T24:00:00Z',
    '2023-04-01T00:60:00Z',
    '2023-04-01T00:00:61Z',
    '2023-04-01T00:00:00',
    '2023-04-01T00:00:00.5Z',
    '2023-04-01T00:00:00+24:00',
    '2023-04-01 00:00:00Z',
    ' 2023-04-01T00:00:00Z',
  ])('%j is none', (text) => expect(parseDate(text)).toBeUndefined());

  it('comes back over all years that it can name', () =>
    fc.assert(
      fc.property(fc.integer({ min: -62167219200, max: 253402300799 }), (seconds) => {
        expect(parseDate(formatDate(seconds) ?? '')).toBe(seconds);
      }),
      SEED,
    ));

  it.each([-62167219201, 253402300800, 2 ** 53])('%i has no form', (seconds) =>
    expect(formatDate(seconds)).toBeUndefined(),
  );
});

describe('a decimal', () => {
  it.each([
    ['12.5', 125n, -1],
    ['-0.001e2', -1n, -1],
    ['7E+3', 7n, 3],
    ['0e999999999', 0n, 0],
  ])('%s is exact', (text, digits, exponent) => expect(parseDecimal(text)).toEqual({ digits, exponent }));

  it.each(['', '.5', '1.', '+1', '0x1', 'NaN', '1e999', `1${'0'.repeat(400)}`, '1e-401'])(
    '%j is none, or too long',
    (text) => expect(parseDecimal(text)).toBeUndefined(),
  );

  it.each([
    ['1e2', 100n],
    ['1250e-1', 125n],
    ['-3.00', -3n],
    ['1.5', undefined],
    ['1e-1', undefined],
  ])('%s as an integer is %s', (text, expected) => expect(toInteger(parseDecimal(text)!)).toBe(expected));

  it('is added without loss', () => {
    const sum = (a: string, b: string): number =>
      Number(formatDecimal(addDecimals(parseDecimal(a)!, parseDecimal(b)!)));
    expect(sum('0.1', '0.2')).toBe(0.3);
    expect(sum('1700000000.25', '-0.5')).toBe(1699999999.75);
    expect(sum('1e300', '1e-300')).toBe(1e300);
  });
});

describe('the writer', () => {
  it('grows over its first slab, and keeps what it handed out', () => {
    const first = new CborWriter();
    first.text('first');
    const early = first.finish();
    const second = new CborWriter();
    second.bytes(new Uint8Array(100_000).fill(7));
    const large = second.finish();
    for (let i = 0; i < 10_000; i++) {
      const writer = new CborWriter();
      writer.integer(i);
      writer.finish();
    }
    expect(toHex(early)).toBe('656669727374');
    expect(large.length).toBe(100_005);
    expect(large.subarray(5).every((byte) => byte === 7)).toBe(true);
  });

  it('can be used twice at a time', () => {
    const [a, b] = [new CborWriter(), new CborWriter()];
    a.integer(1);
    b.integer(2);
    a.integer(3);
    expect([toHex(a.finish()), toHex(b.finish())]).toEqual(['0103', '02']);
  });

  it.each([
    [0, '00'],
    [23n, '17'],
    [24, '1818'],
    [255n, '18ff'],
    [256, '190100'],
    [65535, '19ffff'],
    [65536n, '1a00010000'],
    [4294967295, '1affffffff'],
    [4294967296, '1b0000000100000000'],
    [2n ** 53n + 1n, '1b0020000000000001'],
    [2n ** 64n - 1n, '1bffffffffffffffff'],
    [-1, '20'],
    [-24n, '37'],
    [-25, '3818'],
    [-4294967296, '3affffffff'],
    [-4294967297, '3b0000000100000000'],
    [-(2n ** 63n), '3b7fffffffffffffff'],
    [-(2n ** 64n), '3bffffffffffffffff'],
  ])('writes the integer %s', (value, expected) => {
    const writer = new CborWriter();
    writer.integer(value);
    expect(toHex(writer.finish())).toBe(expected);
  });

  it.each([2n ** 64n, -(2n ** 64n) - 1n])('refuses the integer %s', (value) =>
    expect(() => new CborWriter().integer(value)).toThrow('64 bits'),
  );

  it('refuses a lone surrogate', () => expect(() => new CborWriter().text('a\ud800')).toThrow('surrogate'));

  it.each(['', 'a'.repeat(23), 'a'.repeat(24), 'é'.repeat(11), '😀'.repeat(70), 'a'.repeat(70_000)])(
    'writes a text of any length',
    (text) => {
      const writer = new CborWriter();
      writer.text(text);
      const bytes = new TextEncoder().encode(text);
      expect(toHex(writer.finish()).endsWith(toHex(bytes))).toBe(true);
    },
  );
});
