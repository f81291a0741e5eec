import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { JSON_LIMITS, readJson, readPartialJson, type JsonItem } from './json.js';

const problemOf = (text: string | Uint8Array): readonly [string, number | undefined] | undefined => {
  const result = readJson(typeof text === 'string' ? utf8(text) : text);
  return result.ok ? undefined : [result.problem.code, result.problem.at];
};

/** The value as JSON.parse would give it. */
function plain(item: JsonItem): unknown {
  switch (item.kind) {
    case 'string':
    case 'boolean':
      return item.value;
    case 'number':
      return Number(item.text);
    case 'null':
      return null;
    case 'array':
      return item.items.map(plain);
    case 'object':
      return Object.fromEntries(item.members.map(({ key, value }) => [key.value, plain(value)]));
  }
}

describe('reading JSON', () => {
  it('gives what JSON.parse gives', () =>
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1, '\t'), (text, indent) => {
        const shown = JSON.stringify(JSON.parse(text), null, indent);
        const item = readJson(utf8(` ${shown}\r\n`));
        expect(item.ok && plain(item.value)).toEqual(JSON.parse(text));
      }),
      { seed: 8259, numRuns: 500 },
    ));

  it('keeps digits, duplicate members and offsets', () => {
    const item = readJson(utf8('{"é":9007199254740993, "a":-1.50e+2, "a":"\\u0041\\n"}'));
    expect(item.ok && item.value).toEqual({
      kind: 'object',
      at: 0,
      end: 53,
      members: [
        {
          key: { kind: 'string', at: 1, end: 5, value: 'é' },
          value: { kind: 'number', at: 6, end: 22, text: '9007199254740993' },
        },
        {
          key: { kind: 'string', at: 24, end: 27, value: 'a' },
          value: { kind: 'number', at: 28, end: 36, text: '-1.50e+2' },
        },
        {
          key: { kind: 'string', at: 38, end: 41, value: 'a' },
          value: { kind: 'string', at: 42, end: 52, value: 'A\n' },
        },
      ],
    });
  });

  it.each([
    '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\uD83D\\uDE00"',
    '"\\ud83d\\ude00\\u0000"',
    '"\u2028\u2029\x7f"',
    '"😀é"',
  ])('reads the string %s', (text) => {
    const item = readJson(utf8(text));
    expect(item.ok && plain(item.value)).toBe(JSON.parse(text));
  });

  it.each<[string, string, number]>([
    ['', 'truncated', 0],
    ['  ', 'truncated', 2],
    ['[', 'truncated', 1],
    ['[1', 'truncated', 2],
    ['[1,', 'truncated', 3],
    ['{', 'truncated', 1],
    ['{"a"', 'truncated', 4],
    ['{"a":', 'truncated', 5],
    ['{"a":1', 'truncated', 6],
    ['"a', 'truncated', 0],
    ['"a\\', 'truncated', 2],
    ['"\\u00', 'truncated', 1],
    ['"\\ud83d', 'truncated', 1],
    ['"\\ud83d\\', 'truncated', 1],
    ['"\\ud83d\\ude', 'truncated', 1],
    ['[tru', 'truncated', 1],
    ['[-', 'truncated', 1],
    ['[1.', 'truncated', 1],
    ['[1e', 'truncated', 1],
    ['[1e+', 'truncated', 1],
    ['[01]', 'not-well-formed', 1],
    ['[+1]', 'not-well-formed', 1],
    ['[.5]', 'not-well-formed', 1],
    ['[5.]', 'not-well-formed', 1],
    ['[1e]', 'not-well-formed', 1],
    ['[0x1]', 'not-well-formed', 2],
    ['[1-2]', 'not-well-formed', 1],
    ['[NaN]', 'not-well-formed', 1],
    ['[Infinity]', 'not-well-formed', 1],
    ['[nul]', 'not-well-formed', 1],
    ['[nullx]', 'not-well-formed', 5],
    ['[True]', 'not-well-formed', 1],
    ["['a']", 'not-well-formed', 1],
    ['[1,]', 'not-well-formed', 3],
    ['[,1]', 'not-well-formed', 1],
    ['[1 2]', 'not-well-formed', 3],
    ['[1}', 'not-well-formed', 2],
    ['{"a":1,}', 'not-well-formed', 7],
    ['{a:1}', 'not-well-formed', 1],
    ['{"a" 1}', 'not-well-formed', 5],
    ['{"a":1 "b":2}', 'not-well-formed', 7],
    ['{1:2}', 'not-well-formed', 1],
    ['[/* */]', 'not-well-formed', 1],
    ['"\n"', 'not-well-formed', 1],
    ['"a\x00"', 'not-well-formed', 2],
    ['"\\x41"', 'not-well-formed', 1],
    ['"\\u00g0"', 'not-well-formed', 1],
    ['\ufeff[]', 'not-well-formed', 0],
    ['\0[', 'not-well-formed', 0],
    ['"\\ud800"', 'invalid-utf8', 1],
    ['"\\ud800\\u0041"', 'invalid-utf8', 1],
    ['"\\ude00\\ud83d"', 'invalid-utf8', 1],
    ['[] x', 'trailing-data', 3],
    ['[][]', 'trailing-data', 2],
    ['[]\0', 'trailing-data', 2],
    ['1 1', 'trailing-data', 2],
  ])('refuses %j as %s at offset %i', (text, code, at) => expect(problemOf(text)).toEqual([code, at]));

  it('names the byte that is not UTF-8', () => {
    expect(problemOf(Uint8Array.of(0x22, 0x61, 0xc3, 0x28, 0x22))).toEqual(['invalid-utf8', 2]);
    expect(problemOf(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toEqual(['invalid-utf8', 1]);
  });

  it('refuses every proper prefix as truncated', () => {
    const text = '[{"n":"é\\ud83d\\ude00\\n","v":-12.5e-3,"b":[true,false,null,{}]} ]';
    const bytes = utf8(text);
    expect(problemOf(bytes)).toBeUndefined();
    for (let length = 0; length < bytes.length; length++)
      expect(problemOf(bytes.subarray(0, length))?.[0]).toBe('truncated');
  });

  it.each(['[', '{"a":'])('stops at 64 levels of %s', (open) => {
    const close = open === '[' ? ']' : '}';
    const deep = (levels: number): string => `${open.repeat(levels)}1${close.repeat(levels)}`;
    expect(problemOf(deep(64))).toBeUndefined();
    expect(problemOf(deep(65))?.[0]).toBe('too-deep');
    expect(problemOf(open.repeat(100_000))?.[0]).toBe('too-deep');
  });

  it('stops at the limit of values', () => {
    expect(readJson(utf8('[1,2,3]'), { ...JSON_LIMITS, items: 4 }).ok).toBe(true);
    expect(readJson(utf8('[1,2,3]'), { ...JSON_LIMITS, items: 3 }).ok).toBe(false);
  });

  it('keeps what stands before a problem', () => {
    const { item, problem } = readPartialJson(utf8('[{"n":"a","v":01}]'));
    expect(item && plain(item)).toEqual([{ n: 'a' }]);
    expect(problem).toMatchObject({ code: 'not-well-formed', at: 14, message: '01 is no number of JSON' });
  });

  it('does not throw on 2,000 random inputs', () => {
    const random = seeded(2000);
    const letters = '[]{}":,0123456789.eE+-truefalsnu\\ \n é';
    for (let i = 0; i < 2000; i++) {
      const length = random.integer(30);
      const text = Array.from({ length }, () => letters[random.integer(letters.length)] ?? '').join('');
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch {
        parsed = undefined;
      }
      const item = readJson(utf8(text));
      expect(item.ok).toBe(parsed !== undefined);
      if (item.ok) expect(plain(item.value)).toEqual(parsed);
      readJson(random.bytes(length));
    }
  });
});
