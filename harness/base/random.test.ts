import { describe, expect, it } from 'vitest';
import { toHex } from './bytes.js';
import { seeded, unpredictable } from './random.js';

describe('A seeded stream', () => {
  it('gives the same numbers for the same seed', () => {
    expect(toHex(seeded(7).bytes(8))).toBe(toHex(seeded(7).bytes(8)));
    expect(toHex(seeded(7).bytes(8))).not.toBe(toHex(seeded(8).bytes(8)));
  });

  it('has streams that do not move each other', () => {
    const random = seeded(7);
    const first = toHex(random.fork('a').bytes(4));
    random.bytes(100);
    expect(toHex(random.fork('a').bytes(4))).toBe(first);
  });
});

describe('The unpredictable source', () => {
  it('never gives the same key twice', () => {
    const keys = Array.from({ length: 100 }, () => toHex(unpredictable.bytes(16)));
    expect(new Set(keys).size).toBe(100);
    expect(keys.every((key) => key.length === 32)).toBe(true);
  });

  it('keeps to its ranges', () => {
    for (let i = 0; i < 1000; i++) {
      const fraction = unpredictable.next();
      expect(fraction >= 0 && fraction < 1).toBe(true);
      expect(unpredictable.integer(3)).toBeLessThan(3);
    }
    expect(unpredictable.integer(0)).toBe(0);
    expect(unpredictable.integer(2 ** 50)).toBeLessThan(2 ** 50);
  });

  it('has forks that differ from each other', () => {
    expect(toHex(unpredictable.fork('a').bytes(16))).not.toBe(toHex(unpredictable.fork('a').bytes(16)));
  });
});
