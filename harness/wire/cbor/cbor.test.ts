import { decode as cbor2Decode, encode as cbor2Encode } from 'cbor2';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/bytes.js';
import { formatItem } from './diagnostic.js';
import { encodeItem } from './encode-item.js';
import { readItem } from './tree.js';
const bytes = (h: string) => fromHex(h)!;
describe('x', () => {
  it('y', () => {
    for (const h of [
      'f93c00',
      'fb3ff199999999999a',
      'c11a514b67b0',
      'bf61610161629f0203ffff',
      '5f42010243030405ff',
      '7f657374726561646d696e67ff',
      'f97e01',
      '1800',
      'a201020103',
      '9b0000000000000001ff',
    ]) {
      const r = readItem(bytes(h));
      console.log(h, r.ok ? formatItem(r.value) : r.problem);
      if (r.ok) expect(toHex(encodeItem(r.value))).toBe(h);
    }
    void cbor2Decode;
    void cbor2Encode;
  });
});
