import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toHex, utf8 } from '../../base/bytes.js';
import { ProblemError } from '../../base/error.js';
import type { CoapMessage, CoapOption } from './message.js';
import {
  blockOption,
  blockSizeOf,
  decodeBlock,
  decodeUint,
  encodeBlock,
  encodeUint,
  exponentOf,
  formatBlock,
  formatOptionName,
  getBlock,
  getLocationPath,
  getOpaque,
  getOpaques,
  getPath,
  getPathSegments,
  getQuery,
  getStrings,
  getUint,
  hasOption,
  hasValidLength,
  isCritical,
  isNoCacheKey,
  isRepeatable,
  isUnsafe,
  locationPath,
  OptionNumber,
  OPTIONS,
  queryMap,
  stringOption,
  uintOption,
  uriPath,
  uriQuery,
} from './options.js';

const having = (...options: CoapOption[]): CoapMessage => ({
  type: 'CON',
  code: '0.01',
  id: 0,
  token: new Uint8Array(0),
  options,
  payload: new Uint8Array(0),
});
const texts = (options: readonly CoapOption[]): (string | undefined)[] => options.map(({ value }) => fromUtf8(value));

describe('option numbers', () => {
  it('have one definition each', () => {
    expect([...OPTIONS.keys()].sort((a, b) => a - b)).toEqual(Object.values(OptionNumber).sort((a, b) => a - b));
  });

  it('tell their class', () => {
    expect([1, 3, 5, 7, 9, 11, 15, 17, 23, 27, 35, 39].every(isCritical)).toBe(true);
    expect([4, 6, 8, 12, 14, 20, 28, 60, 252, 258, 292].some(isCritical)).toBe(false);
    expect([3, 7, 11, 15, 6, 14].every(isUnsafe)).toBe(true);
    expect([28, 60, 252].every(isNoCacheKey)).toBe(true);
    expect([11, 292, 17].some(isNoCacheKey)).toBe(false);
  });

  it('tell which may be repeated', () => {
    expect([1, 4, 8, 11, 15, 20, 292].every(isRepeatable)).toBe(true);
    expect([3, 5, 6, 7, 12, 14, 17, 23, 27, 28, 35, 39, 60, 252, 258].some(isRepeatable)).toBe(false);
    expect(isRepeatable(65_000)).toBe(true);
  });

  it('tell which lengths they allow', () => {
    const of = (number: number, length: number): boolean => hasValidLength({ number, value: new Uint8Array(length) });
    expect([of(12, 0), of(12, 2), of(12, 3)]).toEqual([true, true, false]);
    expect([of(3, 0), of(3, 1), of(3, 255), of(3, 256)]).toEqual([false, true, true, false]);
    expect([of(35, 1034), of(35, 1035)]).toEqual([true, false]);
    expect([of(5, 0), of(5, 1)]).toEqual([true, false]);
    expect(of(65_000, 5_000)).toBe(true);
  });

  it('have names', () => {
    expect(formatOptionName(292)).toBe('Request-Tag');
    expect(formatOptionName(41)).toBe('Option 41');
  });
});

describe('uint values', () => {
  it.each([
    [0, ''],
    [1, '01'],
    [255, 'ff'],
    [256, '0100'],
    [11_542, '2d16'],
    [65_536, '010000'],
    [0xff_ffff, 'ffffff'],
    [0x100_0000, '01000000'],
    [0xffff_ffff, 'ffffffff'],
  ])('encode %i in the fewest bytes', (value, bytes) => {
    expect(toHex(encodeUint(value))).toBe(bytes);
    expect(decodeUint(encodeUint(value))).toBe(value);
  });

  it('are read with leading zeros, and not above 32 bits', () => {
    expect(decodeUint(Uint8Array.of(0, 0, 0, 0, 0, 60))).toBe(60);
    expect(decodeUint(Uint8Array.of(1, 0, 0, 0, 0))).toBeUndefined();
  });

  it.each([-1, 1.5, 2 ** 32, NaN])('refuse %d', (value) => {
    expect(() => encodeUint(value)).toThrow(ProblemError);
  });

  it('are read from a message: the first of those with a length allowed', () => {
    expect(getUint(having(uintOption(12, 60), uintOption(12, 0)), 12)).toBe(60);
    expect(getUint(having({ number: 12, value: new Uint8Array(0) }), 12)).toBe(0);
    expect(getUint(having({ number: 12, value: Uint8Array.of(0xfd, 0xe8, 0xe8) }), 12)).toBeUndefined();
    expect(getUint(having(), 12)).toBeUndefined();
  });
});

describe('paths and queries', () => {
  it.each([
    ['/3/0', ['3', '0']],
    ['3/0', ['3', '0']],
    ['/', []],
    ['', []],
    ['/3/', ['3', '']],
    ['//', ['', '']],
    ['/a%2Fb/%C3%A9', ['a/b', 'é']],
    ['/100%', ['100%']],
    ['/%ff', ['%ff']],
  ])('turn %j into one option a segment', (path, segments) => {
    expect(texts(uriPath(path))).toEqual(segments);
    expect(texts(locationPath(path))).toEqual(segments);
  });

  it('read a path back', () => {
    expect(getPath(having(...uriPath('/3/0/9')))).toBe('/3/0/9');
    expect(getPath(having())).toBe('/');
    expect(getPathSegments(having(...uriPath('/rd/x')))).toEqual(['rd', 'x']);
    expect(getPath(having(stringOption(11, 'a/b'), stringOption(11, '50%')))).toBe('/a%2Fb/50%25');
  });

  it('give the same options for a path read from them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 4 }), (segments) => {
        fc.pre(segments.join('') !== '' || segments.length === 0);
        const options = segments.map((segment) => stringOption(OptionNumber.uriPath, segment));
        expect(uriPath(getPath(having(...options)))).toEqual(options);
      }),
    );
  });

  it('read a Location-Path, if there is one', () => {
    expect(getLocationPath(having(...locationPath('/rd/5a3f')))).toBe('/rd/5a3f');
    expect(getLocationPath(having())).toBeUndefined();
  });

  it('read what is not UTF-8 as replacement characters', () => {
    expect(getStrings(having({ number: 11, value: Uint8Array.of(0x61, 0xff) }), 11)).toEqual(['a\ufffd']);
  });

  it('read queries as list and as map', () => {
    const message = having(...uriQuery(['ep=a=b', 'lt=20', 'Q', 'b=', 'lt=30']));
    expect(getQuery(message)).toEqual(['ep=a=b', 'lt=20', 'Q', 'b=', 'lt=30']);
    expect([...queryMap(message)]).toEqual([
      ['ep', 'a=b'],
      ['lt', '30'],
      ['Q', ''],
      ['b', ''],
    ]);
  });

  it('take a query as it is, percent signs too', () => {
    expect(texts(uriQuery(['a=%20']))).toEqual(['a=%20']);
  });
});

describe('opaque values', () => {
  it('are read in order, those too long left out', () => {
    const etags = having(
      { number: 4, value: utf8('one') },
      { number: 4, value: utf8('far too long') },
      { number: 4, value: utf8('two') },
    );
    expect(texts(getOpaques(etags, 4).map((value) => ({ number: 4, value })))).toEqual(['one', 'two']);
    expect(getOpaque(etags, 4)).toEqual(utf8('one'));
    expect(getOpaque(etags, 292)).toBeUndefined();
    expect(hasOption(etags, 4)).toBe(true);
    expect(hasOption(etags, 292)).toBe(false);
  });
});

describe('Block values', () => {
  it.each([
    [{ num: 0, more: true, szx: 6 }, '0e', '0/1/1024'],
    [{ num: 0, more: false, szx: 6 }, '06', '0/0/1024'],
    [{ num: 1, more: true, szx: 6 }, '1e', '1/1/1024'],
    [{ num: 2, more: false, szx: 6 }, '26', '2/0/1024'],
    [{ num: 0, more: true, szx: 2 }, '0a', '0/1/64'],
    [{ num: 3, more: true, szx: 2 }, '3a', '3/1/64'],
    [{ num: 16, more: true, szx: 6 }, '010e', '16/1/1024'],
    [{ num: 4096, more: false, szx: 6 }, '010006', '4096/0/1024'],
    [{ num: 0, more: false, szx: 0 }, '', '0/0/16'],
    [{ num: 0xf_ffff, more: true, szx: 7 }, 'ffffff', '1048575/1/2048'],
  ])('encode %o as %s', (block, bytes, text) => {
    expect(toHex(encodeBlock(block))).toBe(bytes);
    expect(decodeBlock(encodeBlock(block))).toEqual(block);
    expect(formatBlock(block)).toBe(text);
  });

  it('are read with leading zeros, and not of four bytes', () => {
    expect(decodeBlock(Uint8Array.of(0, 0, 0x1e))).toEqual({ num: 1, more: true, szx: 6 });
    expect(decodeBlock(Uint8Array.of(0, 0, 0, 6))).toBeUndefined();
  });

  it.each([
    { num: 2 ** 20, more: false, szx: 6 },
    { num: -1, more: false, szx: 6 },
    { num: 0, more: false, szx: 8 },
  ])('refuse %o', (block) => {
    expect(() => encodeBlock(block)).toThrow(ProblemError);
  });

  it('are read from a message', () => {
    const block = { num: 3, more: true, szx: 2 };
    expect(getBlock(having(blockOption(27, block)), OptionNumber.block1)).toEqual(block);
    expect(getBlock(having(blockOption(27, block)), OptionNumber.block2)).toBeUndefined();
  });

  it('have sizes of 16 to 1024 bytes', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(blockSizeOf)).toEqual([16, 32, 64, 128, 256, 512, 1024]);
    expect(([16, 32, 64, 128, 256, 512, 1024] as const).map(exponentOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
