import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../base/bytes.js';
import { Redaction } from './redaction.js';

const KEY = fromHex('c0ffee00c0ffee11c0ffee22c0ffee33') ?? new Uint8Array();
const TEXT = utf8('correct horse battery');
const redaction = (): Redaction => {
  const made = new Redaction();
  made.add(KEY);
  made.add(TEXT);
  return made;
};
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('A redaction', () => {
  it('leaves text without a secret as it is', () =>
    expect(redaction().redact('{"kind":"datagram","bytes":"40010203"}')).toBe(
      '{"kind":"datagram","bytes":"40010203"}',
    ));

  it.each([
    ['hexadecimal', toHex(KEY)],
    ['hexadecimal in capitals', toHex(KEY).toUpperCase()],
    ['base64', base64(KEY)],
    ['base64url', Buffer.from(KEY).toString('base64url')],
    ['base64 in a payload', toHex(utf8(base64(KEY)))],
    ['digits in a payload', toHex(utf8(toHex(KEY)))],
    ['capital digits in a payload', toHex(utf8(toHex(KEY).toUpperCase()))],
    ['text', 'correct horse battery'],
    ['text in hexadecimal', toHex(TEXT)],
  ])('takes a key out that is written as %s', (_name, form) => {
    const redacted = redaction().redact(`before ${form} after`);
    expect(redacted).not.toContain(form);
    expect(redacted).toMatch(/^before .* after$/);
    expect(redacted).toHaveLength(`before ${form} after`.length);
  });

  it('keeps the same key recognisable, and different ones different', () => {
    const [first, second] = [redaction(), redaction()].map((one) => one.redact(toHex(KEY)));
    expect(first).toBe(second);
    expect(redaction().redact(toHex(TEXT))).not.toBe(first);
  });

  it('keeps text text', () => expect(redaction().redact('"correct horse battery"')).toMatch(/^"[a-z]{21}"$/));

  it('takes out many keys, one beside the other, and keeps what is between', () => {
    const many = new Redaction();
    const keys = Array.from({ length: 500 }, (_, i) => Uint8Array.from([i >> 8, i & 255, ...KEY]));
    for (const key of keys) many.add(key);
    const text = keys.map((key) => `<${toHex(key)}>`).join('');
    const redacted = many.redact(text);
    expect(keys.filter((key) => redacted.includes(toHex(key)))).toEqual([]);
    expect(redacted.match(/<[0-9a-f]{36}>/g)).toHaveLength(500);
  });

  it('does not look for keys that are too short to be found', () => {
    const short = new Redaction();
    short.add(Uint8Array.of(1, 2, 3, 4, 5));
    expect(short.redact('0102030405')).toBe('0102030405');
  });
});
