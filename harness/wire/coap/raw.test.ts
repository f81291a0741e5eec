import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { decodeMessage, encodeMessage } from './codec.js';
import { stringOption, uriPath } from './options.js';
import { encodeRaw } from './raw.js';

const hexOf = (...raw: Parameters<typeof encodeRaw>): string => toHex(encodeRaw(...raw));

describe('encodeRaw', () => {
  it('writes a whole message like the codec', () => {
    const message = {
      type: 'NON',
      code: '0.02',
      id: 7,
      token: utf8('t'),
      options: uriPath('/rd/a-name-longer-than-12'),
      payload: utf8('p'),
    } as const;
    expect(hexOf(message)).toBe(toHex(encodeMessage(message)));
  });

  it('writes an empty message when told nothing', () => {
    expect(hexOf({})).toBe('40000000');
  });

  it('writes any version and token length', () => {
    expect(hexOf({ version: 2, code: '0.01', id: 1 })).toBe('80010001');
    expect(hexOf({ code: '0.01', id: 1, tokenLength: 8, token: Uint8Array.of(0xaa) })).toBe('48010001aa');
    expect(hexOf({ code: '0.01', token: new Uint8Array(9), tokenLength: 9 })).toBe('49010000000000000000000000');
  });

  it('writes codes of reserved classes and content after an empty code', () => {
    expect(hexOf({ code: '7.01' })).toBe('40e10000');
    expect(hexOf({ token: Uint8Array.of(0) })).toBe('4100000000');
  });

  it('writes a payload marker without payload and a payload without marker', () => {
    expect(hexOf({ code: '0.01', marker: true })).toBe('40010000ff');
    expect(hexOf({ code: '0.01', payload: utf8('a'), marker: false })).toBe('4001000061');
  });

  it('writes reserved nibbles and cut extensions', () => {
    const bytes = fromHex('ff00') ?? new Uint8Array();
    expect(hexOf({ code: '0.01', options: [{ delta: 15, length: 0, bytes }] })).toBe('40010000f0ff00');
    expect(hexOf({ code: '0.01', id: 1, options: [{ delta: 13, length: 0 }] })).toBe('40010001d0');
  });

  it('writes a length that its option does not have', () => {
    expect(hexOf({ code: '0.01', options: [{ ...stringOption(11, '3'), declaredLength: 300 }] })).toBe(
      '40010000be001f33',
    );
  });

  it('keeps the order of options, so that numbers pass 65535', () => {
    const options = [stringOption(15, 'a'), stringOption(11, 'b')];
    const decoded = decodeMessage(encodeRaw({ code: '0.01', options }));
    expect(decoded).toMatchObject({ ok: false, problem: { code: 'coap-option-number' } });
  });

  it('appends and cuts', () => {
    expect(hexOf({ trailing: Uint8Array.of(1, 2) })).toBe('400000000102');
    expect(hexOf({ cut: 2 })).toBe('4000');
  });
});
