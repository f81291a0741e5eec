import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../base/bytes.js';
import { seeded } from '../base/random.js';
import { decodeArguments, formatArguments, parseArguments, type ExecuteArgument } from './execute-arguments.js';

function parse(text: string, lenient: readonly string[] = []) {
  const read = parseArguments(text, new Set(lenient));
  return read.ok ? read.value : [read.problem.code, read.problem.at];
}

const CHARS = Array.from({ length: 0x7f - 0x21 }, (_, i) => String.fromCharCode(0x21 + i)).filter(
  (letter) => !`"'\\`.includes(letter),
);

describe('Execute arguments', () => {
  it.each<[string, readonly ExecuteArgument[]]>([
    ['', []],
    ['5', [{ digit: 5 }]],
    ["2='10.3'", [{ digit: 2, value: '10.3' }]],
    ["7,0='https://www.oma.org',4", [{ digit: 7 }, { digit: 0, value: 'https://www.oma.org' }, { digit: 4 }]],
    ['0,1,2,3,4,5,6,7,8,9', Array.from({ length: 10 }, (_, digit) => ({ digit }))],
    ["3=''", [{ digit: 3, value: '' }]],
    ["3='a,b=c,1'", [{ digit: 3, value: 'a,b=c,1' }]],
    [`9='${CHARS.join('')}'`, [{ digit: 9, value: CHARS.join('') }]],
  ])('reads and writes %j', (text, expected) => {
    expect(parse(text)).toEqual(expected);
    expect(formatArguments(expected)).toEqual({ ok: true, value: text });
  });

  it.each<[string, string, number]>([
    ['10', 'not-well-formed', 1],
    ['a', 'not-well-formed', 0],
    ['-1', 'not-well-formed', 0],
    ['٣', 'not-well-formed', 0],
    ['0=a', 'not-well-formed', 2],
    ["0='a", 'truncated', 4],
    ["3=x'", 'not-well-formed', 2],
    ["3'x'", 'not-well-formed', 1],
    ['3="x"', 'not-well-formed', 2],
    ["0='a b'", 'not-well-formed', 4],
    ["0=' '", 'not-well-formed', 3],
    ["0='a\\b'", 'not-well-formed', 4],
    ["0='a\"b'", 'not-well-formed', 4],
    ["0='a'b'", 'not-well-formed', 5],
    ["0=''x", 'not-well-formed', 4],
    ["0='é'", 'not-well-formed', 3],
    ["0='\x7f'", 'not-well-formed', 3],
    ["0='\t'", 'not-well-formed', 3],
    ["0='\0'", 'not-well-formed', 3],
    ['1,,2', 'not-well-formed', 2],
    [',1', 'not-well-formed', 0],
    ['1,', 'truncated', 2],
    ['1, 2', 'not-well-formed', 2],
    ["1 ='a'", 'not-well-formed', 1],
    ["1= 'a'", 'not-well-formed', 2],
    ['1\n', 'not-well-formed', 1],
    [' 1', 'not-well-formed', 0],
    ['=', 'not-well-formed', 0],
    ['3=', 'truncated', 2],
    ['1,1', 'duplicate', 2],
    ["0='a',0='b'", 'duplicate', 6],
  ])('refuses %j as %s at %i', (text, code, at) => {
    expect(parse(text)).toEqual([code, at]);
  });

  it('takes blanks and repeated digits only by name', () => {
    expect(parse("0=' <x> '", ['arguments-repeated'])).toEqual(['not-well-formed', 3]);
    expect(parse("0=' <x> '", ['arguments-blanks'])).toEqual([{ digit: 0, value: ' <x> ' }]);
    expect(parse('1, 2', ['arguments-blanks'])).toEqual(['not-well-formed', 2]);
    expect(parse('1,1', ['arguments-blanks'])).toEqual(['duplicate', 2]);
    expect(parse('1,1', ['arguments-repeated'])).toEqual([{ digit: 1 }, { digit: 1 }]);
  });

  it('reads payloads, and reads back what it writes', () => {
    expect(decodeArguments(utf8("0='U'"))).toEqual({ ok: true, value: [{ digit: 0, value: 'U' }] });
    const broken = decodeArguments(fromHex('303d27c32827') ?? new Uint8Array());
    expect(broken.ok ? undefined : broken.problem.code).toBe('invalid-utf8');
    const value = fc.option(
      fc.array(fc.constantFrom(...CHARS)).map((letters) => letters.join('')),
      { nil: undefined },
    );
    const argument = fc
      .tuple(fc.integer({ min: 0, max: 9 }), value)
      .map(([digit, text]): ExecuteArgument => (text === undefined ? { digit } : { digit, value: text }));
    fc.assert(
      fc.property(fc.uniqueArray(argument, { selector: ({ digit }) => digit }), (list) => {
        const text = formatArguments(list);
        expect(text.ok && parseArguments(text.value)).toEqual({ ok: true, value: list });
      }),
    );
    expect(parse(`0='${'x'.repeat(65_536)}'`)).toHaveLength(1);
  });

  it('does not write what the grammar forbids', () => {
    for (const list of [
      [{ digit: 10 }],
      [{ digit: -1 }],
      [{ digit: 0.5 }],
      [{ digit: 0, value: "'" }],
      [{ digit: 0, value: ' ' }],
    ]) {
      const text = formatArguments(list);
      expect(text.ok ? 'ok' : text.problem.code).toBe('not-encodable');
    }
  });

  it('survives random bytes', () => {
    const random = seeded(11);
    for (let i = 0; i < 2000; i++) {
      const read = decodeArguments(random.bytes(random.integer(12)));
      expect(read.ok || typeof read.problem.at === 'number').toBe(true);
    }
  });
});
