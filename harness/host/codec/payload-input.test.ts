import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../base/bytes.js';
import { parsePayload, type InputForm } from './payload-input.js';

const read = (text: string, form: InputForm = 'auto', from: 'argument' | 'stream' = 'argument'): string | undefined => {
  const payload = parsePayload(utf8(text), form, from);
  return payload && toHex(payload);
};

describe('A payload that a person gives', () => {
  it.each([
    ['c10964', 'c10964'],
    ['C1 09 64', 'c10964'],
    ['c1:09:64\n', 'c10964'],
    ['0xc1 0x09 0x64', 'c10964'],
    ['', ''],
  ])('may be hexadecimal: %j', (text, expected) => expect(read(text)).toBe(expected));

  it('may be a dump of xxd', () => {
    const dump =
      '00000000: c800 144f 7065 6e20 4d6f 6269 6c65 2041  ...Open Mobile A\n00000010: 6c6c 6961 6e63 65                        lliance\n';
    expect(read(dump)).toBe(`c80014${toHex(utf8('Open Mobile Alliance'))}`);
    expect(read('00000000: c109 64                                  .d', 'hex', 'stream')).toBe('c10964');
  });

  it('may be a dump of hexdump -C', () => {
    const dump =
      '00000000  c8 00 14 4f 70 65 6e 20  4d 6f 62 69 6c 65 20 41  |...Open Mobile A|\n00000010  6c 6c 69 61 6e 63 65                              |lliance|\n00000017\n';
    expect(read(dump)).toBe(`c80014${toHex(utf8('Open Mobile Alliance'))}`);
  });

  it('may be base64 with either alphabet, where it is no hexadecimal', () => {
    expect(read('wQlk')).toBe('c10964');
    expect(read('+/8=')).toBe('fbff');
    expect(read('-_8')).toBe('fbff');
    expect(read('wQl')).toBe('c109');
    expect(read('c109', 'base64')).toBe('735d3d');
  });

  it('is as it stands in a file or a stream, unless it is all hexadecimal', () => {
    expect(read('[{"n":"a"}]', 'auto', 'stream')).toBe(toHex(utf8('[{"n":"a"}]')));
    expect(read('c1 09 64\n', 'auto', 'stream')).toBe('c10964');
    expect(read('85', 'raw', 'stream')).toBe('3835');
  });

  it.each<[string, InputForm]>([
    ['c1096', 'hex'],
    ['81a2006', 'auto'],
    ['wQlk', 'hex'],
    ['{"n"}', 'auto'],
    ['wQlkx', 'base64'],
  ])('is none: %j as %s', (text, form) => expect(read(text, form)).toBeUndefined());
});
