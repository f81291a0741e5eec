import { describe, expect, it } from 'vitest';
import { inRange, parseRange } from './range.js';
import { boolean, float, integer, objlnk, opaque, text, unsigned } from './value.js';

describe('parseRange', () => {
  it.each([
    ['0..255', [[0, 255]]],
    ['0-100', [[0, 100]]],
    ['1...63', [[1, 63]]],
    ['[1:4]', [[1, 4]]],
    ['-158..-44', [[-158, -44]]],
    ['-140 .. -44', [[-140, -44]]],
    [
      '0..247, 255',
      [
        [0, 247],
        [255, 255],
      ],
    ],
    [
      '0; 3.8..20.5',
      [
        [0, 0],
        [3.8, 20.5],
      ],
    ],
    [
      '5, 10, 15, 20',
      [
        [5, 5],
        [10, 10],
        [15, 15],
        [20, 20],
      ],
    ],
    ['8 bit', [[-128, 255]]],
    ['8-Bits', [[-128, 255]]],
    ['2 bytes', [[-32768, 65535]]],
  ])('reads %s of a number', (range, parsed) => {
    expect(parseRange(range, 'integer')).toEqual(parsed);
  });

  it.each([
    ['string', '0..255', [[0, 255]]],
    ['string', '0-255 bytes', [[0, 255]]],
    [
      'string',
      '10 or 26 Bytes',
      [
        [10, 10],
        [26, 26],
      ],
    ],
    ['string', '64', [[0, 64]]],
    ['string', '12 Bytes', [[0, 12]]],
    ['opaque', '6', [[6, 6]]],
    ['opaque', '6 bytes', [[6, 6]]],
    [
      'opaque',
      '16,32,48',
      [
        [16, 16],
        [32, 32],
        [48, 48],
      ],
    ],
    [
      'opaque',
      '16-32-48 bytes',
      [
        [16, 16],
        [32, 32],
        [48, 48],
      ],
    ],
  ] as const)('reads the length of a %s from %s', (type, range, parsed) => {
    expect(parseRange(range, type)).toEqual(parsed);
  });

  it.each([
    ['integer', ''],
    ['integer', '255'],
    ['integer', 'two or three'],
    ['integer', '<7 to >12.5'],
    ['integer', '9..1'],
    ['integer', '1..'],
    ['opaque', '8 bit'],
    ['boolean', 'ON;OFF'],
    ['string', 'see the specification'],
  ] as const)('leaves a %s open with %j', (type, range) => {
    expect(parseRange(range, type)).toBeUndefined();
  });
});

describe('inRange', () => {
  it('compares numbers with both ends', () => {
    expect([-1, 0, 100, 101].map((value) => inRange(integer(value), '0..100'))).toEqual([false, true, true, false]);
    expect(inRange(unsigned(2n ** 64n - 1n), '0..255')).toBe(false);
    expect(inRange(float(20.6), '0; 3.8..20.5')).toBe(false);
    expect(inRange(float(Number.NaN), '0..1')).toBe(false);
  });

  it('compares the bytes of strings and opaque values', () => {
    expect(inRange(text('ä'.repeat(128)), '0..255')).toBe(false);
    expect(inRange(text('a'.repeat(255)), '0..255')).toBe(true);
    expect(inRange(opaque(new Uint8Array(5)), '6')).toBe(false);
    expect(inRange(opaque(new Uint8Array(32)), '16,32,48')).toBe(true);
  });

  it('takes everything where the range is open, or the type has none', () => {
    expect(inRange(integer(7), '')).toBe(true);
    expect(inRange(integer(7), 'see the specification')).toBe(true);
    expect(inRange(boolean(true), '0..0')).toBe(true);
    expect(inRange(objlnk(3, 0), '0..1')).toBe(true);
  });
});
