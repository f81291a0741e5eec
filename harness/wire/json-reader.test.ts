import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../base/bytes.js';
import { seeded } from '../base/random.js';
import { exactInteger, memberOf, readJson, type JsonNode } from './json-reader.js';

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.name, plain(member.value)]));
    case 'array':
      return node.items.map(plain);
    case 'number':
      return Number(node.text);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

const read = (text: string) => readJson(utf8(text));
const problemOf = (text: string) => {
  const result = read(text);
  return result.ok ? undefined : [result.problem.code, result.problem.at];
};

describe('readJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__')),
        (value) => {
          const result = read(JSON.stringify(value));
          expect(result.ok && plain(result.value)).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  it('gives byte offsets, also behind characters of several bytes', () => {
    const result = read('{"é😀": [1, "x"]}');
    expect(result.ok).toBe(true);
    if (!result.ok || result.value.kind !== 'object') return;
    const member = memberOf(result.value, 'é😀');
    expect(member).toMatchObject({ at: 1, value: { kind: 'array', at: 11, end: 19 } });
    expect(result.value).toMatchObject({ at: 0, end: 20 });
    expect(memberOf(result.value, 'e')).toBeUndefined();
  });

  it('keeps every digit of a number', () => {
    for (const text of ['18446744073709551615', '1716501300.556635828', '-0.0', '1E+2', '0', '-12e-3']) {
      const result = read(text);
      expect(result.ok && result.value).toEqual({ kind: 'number', at: 0, end: text.length, text });
    }
  });

  it('reads escapes and surrogate pairs', () => {
    const result = read(String.raw`"\"\\\/\b\f\n\r\t\u0000\uD83D\uDE00"`);
    expect(result.ok && plain(result.value)).toBe('"\\/\b\f\n\r\t\0😀');
  });

  it.each<[string, string, number]>([
    ['', 'truncated', 0],
    ['{', 'truncated', 1],
    ['{"a"', 'truncated', 4],
    ['{"a":', 'truncated', 5],
    ['{"a":1', 'truncated', 6],
    ['[1', 'truncated', 2],
    ['"ab', 'truncated', 3],
    ['"\\u12', 'truncated', 5],
    ['tru', 'truncated', 3],
    ['1.', 'truncated', 2],
    ['[1,]', 'not-well-formed', 3],
    ['{"a":1,}', 'not-well-formed', 7],
    ['{a:1}', 'not-well-formed', 1],
    ["{'a':1}", 'not-well-formed', 1],
    ['{"a" 1}', 'not-well-formed', 5],
    ['[1 2]', 'not-well-formed', 3],
    ['01', 'not-well-formed', 1],
    ['+1', 'not-well-formed', 0],
    ['.5', 'not-well-formed', 0],
    ['5.e1', 'not-well-formed', 2],
    ['0x10', 'not-well-formed', 1],
    ['1e', 'truncated', 2],
    ['-', 'truncated', 1],
    ['-a', 'not-well-formed', 1],
    ['NaN', 'not-well-formed', 0],
    ['Infinity', 'not-well-formed', 0],
    ['"a\nb"', 'not-well-formed', 2],
    ['"\\x"', 'not-well-formed', 1],
    ['"\\u12g4"', 'not-well-formed', 1],
    ['/* */1', 'not-well-formed', 0],
    ['\uFEFF1', 'not-well-formed', 0],
    ['{"a":1,"a":2}', 'duplicate', 7],
    ['{} x', 'trailing-data', 3],
    ['1\0', 'trailing-data', 1],
    ['"\\uD800"', 'invalid-utf8', 0],
    ['"\\uDE00\\uD83D"', 'invalid-utf8', 0],
    ['['.repeat(100), 'too-deep', 65],
  ])('refuses %j as %s at %i', (text, code, at) => {
    expect(problemOf(text)).toEqual([code, at]);
  });

  it('refuses text that is not UTF-8', () => {
    for (const bytes of ['22c32822', '22eda08022', '22c0af22', '22f0908022']) {
      const result = readJson(fromHex(bytes) ?? new Uint8Array());
      expect(result.ok ? undefined : result.problem.code).toBe('invalid-utf8');
    }
  });

  it('agrees with JSON.parse on every prefix and every changed byte', () => {
    const bytes = utf8('{"bn":"/3/0/","bt":1.7e9,"e":[{"n":"0","sv":"\\u00e9"},{"n":"9","v":-85},{"bv":true},null]}');
    const random = seeded(7);
    const inputs = [...bytes.keys()].map((end) => bytes.subarray(0, end));
    for (const at of bytes.keys()) inputs.push(bytes.with(at, random.integer(256)));
    for (const input of inputs) {
      const ours = readJson(input);
      expect(ours.ok || ours.problem.code === 'duplicate').toBe(parses(input));
    }
  });

  it('survives random bytes and bombs', () => {
    const random = seeded(1);
    for (let i = 0; i < 2000; i++) readJson(random.bytes(random.integer(40)));
    expect(problemOf('1'.repeat(300_000))).toBeUndefined();
    expect(problemOf('['.repeat(100_000))).toEqual(['too-deep', 65]);
  });
});

function parses(input: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input));
    return true;
  } catch {
    return false;
  }
}

describe('exactInteger', () => {
  it.each<[string, bigint | string]>([
    ['0', 0n],
    ['-0', 0n],
    ['0.000', 0n],
    ['9007199254740993', 9007199254740993n],
    ['18446744073709551615', 18446744073709551615n],
    ['-9223372036854775808', -9223372036854775808n],
    ['1e2', 100n],
    ['1.0', 1n],
    ['100e-2', 1n],
    ['1.50E1', 15n],
    ['120.00e1', 1200n],
    ['1.5', 'fraction'],
    ['1e-1', 'fraction'],
    ['5e-324', 'fraction'],
    ['1e400', 'out-of-range'],
    ['1e999999999999', 'out-of-range'],
    ['abc', 'fraction'],
  ])('takes %s as %s', (literal, value) => {
    expect(exactInteger(literal)).toBe(value);
  });
});
