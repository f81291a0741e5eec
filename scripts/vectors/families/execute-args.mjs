import { accept, family, reject } from '../lib/family.mjs';
import { execArguments } from '../lib/values.mjs';
import { BAD_UTF8 } from './text/strings.mjs';
import { refuse } from './text/common.mjs';
import { utf8 } from '../lib/bytes.mjs';

/** @typedef {import('./text/common.mjs').Group} Group */

const SPEC = ['core-1.2.2 6.3.5 MUST', 'core-1.1.1 6.3.5 MUST', 'core-1.0.2 5.4.5 MUST'];
const broken = refuse('not-well-formed', 'truncated', 'bad-value', 'bad-structure');
/** `!`, 23-26, 28-5B, 5D-7E. */
const CHARS = Array.from({ length: 0x7f - 0x21 }, (_, i) => String.fromCharCode(0x21 + i))
  .filter((character) => !'"\'\\'.includes(character))
  .join('');

/** @param {Group} group */
function valid(group) {
  group('valid', 'Arguments', { flags: ['Basic'], spec: SPEC }, (v) => {
    /** @param {string} name @param {string} comment @param {string} text @param {...[number, (string | null)?]} list */
    const both = (name, comment, text, ...list) =>
      v.valid(name, comment, { text, decoded: execArguments(...list), encode: 'bytes' });
    both('empty', 'no argument', '');
    for (const digit of [0, 5, 9]) both(`digit-${digit}`, `${digit} alone`, String(digit), [digit]);
    both('two-digits', 'two digits', '2,7', [2], [7]);
    both(
      'all-digits',
      'every digit',
      '0,1,2,3,4,5,6,7,8,9',
      ...Array.from({ length: 10 }, (_, i) => /** @type {[number]} */ ([i])),
    );
    both('order-kept', 'digits in another order', '9,0,5', [9], [0], [5]);
    both(
      'all-digits-with-values',
      'every digit with a value',
      Array.from({ length: 10 }, (_, i) => `${i}='v${i}'`).join(','),
      ...Array.from({ length: 10 }, (_, i) => /** @type {[number, string]} */ ([i, `v${i}`])),
    );
    both('value', 'a value', "2='10.3'", [2, '10.3']);
    both('digit-and-value', 'a digit, then a value', "7,0='https://www.oma.org'", [7], [0, 'https://www.oma.org']);
    both('value-and-digit', 'a value, then a digit', "0='a',7", [0, 'a'], [7]);
    both('value-between', 'a value between two digits', "1,2='b',3", [1], [2, 'b'], [3]);
    both('empty-value', 'an empty value', "3=''", [3, '']);
    both('empty-value-then-digit', 'an empty value, then a digit', "3='',4", [3, ''], [4]);
    both('server-trigger', 'a registration update over UDP', "0='U'", [0, 'U']);
    v.valid('no-argument-and-format', 'no argument under the number of a text', {
      context: { operation: 'execute', role: 'client', contentFormat: 0 },
      text: '',
      decoded: execArguments(),
    });
  });
  group('characters', 'Characters of a value', { flags: ['Characters'], spec: SPEC }, (v) => {
    /** @param {string} name @param {string} value */
    const both = (name, value) =>
      v.valid(`value-${name}`, JSON.stringify(value), {
        text: `0='${value}'`,
        decoded: execArguments([0, value]),
        encode: 'bytes',
      });
    for (const [name, value] of [
      ['comma', 'a,b'],
      ['equals', 'a=b'],
      ['argument', '1=2,3'],
      ['digits', '0123456789'],
      ['brackets', '{[(<>)]}'],
      ['percent', '%20%27'],
      ['json', '{}'],
      ['url', 'coaps://[2001:db8::1]:5684/rd?ep=a&lt=60'],
      ['base64', 'AQID+/8='],
      ['all', CHARS],
      ['exclamation', '!'],
      ['tilde', '~'],
      ['minus', '-1'],
      ['plus', '+49'],
    ])
      both(name ?? '', value ?? '');
    both('1000', 'x'.repeat(1000));
    v.valid('value-64k', 'a value of 65536 characters', {
      text: `0='${'y'.repeat(65536)}'`,
      decoded: execArguments([0, 'y'.repeat(65536)]),
      encode: 'bytes',
      flags: ['Large'],
    });
    for (const [name, value] of [
      ['backslash', 'a\\b'],
      ['double-quote', 'a"b'],
      ['tab', 'a\tb'],
      ['newline', 'a\nb'],
      ['nul', 'a\u0000b'],
      ['delete', 'a\u007fb'],
      ['escape', '\u001b[0m'],
      ['latin-1', 'caf\u00e9'],
      ['euro', '\u20ac'],
      ['emoji', '\u{1f600}'],
      ['no-break-space', 'a\u00a0b'],
    ])
      v.invalid(`value-bad-${name}`, JSON.stringify(value), {
        text: `0='${value}'`,
        error: refuse('not-well-formed', 'bad-value', 'invalid-utf8'),
      });
    v.invalid('value-bad-single-quote', 'a single quote inside', { text: "0='it's'", error: broken });
    v.invalid('value-bad-doubled-quote', 'a single quote written twice', { text: "0='it''s'", error: broken });
    for (const [name, payload] of BAD_UTF8.slice(0, 6))
      v.invalid(`value-utf8-${name}`, `bad UTF-8: ${name}`, {
        payload: `${utf8("0='")}${payload}${utf8("'")}`,
        error: refuse('invalid-utf8', 'not-well-formed'),
      });
    const blank = (/** @type {string} */ text, /** @type {[number, string][]} */ list) => ({
      text,
      flags: ['Blank'],
      spec: ['core-1.2.2 6.3.5 inferred'],
      outcomes: [
        reject(broken, 'a blank is no character of a value'),
        accept(execArguments(...list), 'an example prints one'),
      ],
    });
    v.acceptable('value-blank', 'a blank in a value', blank("0='a b'", [[0, 'a b']]));
    v.acceptable('value-blank-printed', "7,0=' https://www.oma.org', as an example has it", {
      ...blank("7,0=' https://www.oma.org'", []),
      outcomes: [
        reject(broken, 'a blank is no character of a value'),
        accept(execArguments([7], [0, ' https://www.oma.org']), 'printed so'),
      ],
      flags: ['Blank', 'SpecErratum'],
      erratum: { ref: 'OMA#487', form: 'printed', pair: 'digit-and-value' },
    });
  });
}

/** @param {Group} group */
function invalid(group) {
  group('syntax', 'Texts that are no arguments', { flags: ['Malformed'], spec: SPEC }, (v) => {
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['two-figures', '10'],
      ['letter', 'a'],
      ['negative', '-1'],
      ['plus', '+1'],
      ['decimal', '1.5'],
      ['hex', '0x1'],
      ['foreign-digit', '\u0661'],
      ['value-bare', '3=x'],
      ['value-not-closed', "3='x"],
      ['value-not-opened', "3=x'"],
      ['value-without-equals', "3'x'"],
      ['value-double-quotes', '3="x"'],
      ['value-missing', '3='],
      ['value-open-alone', "3='"],
      ['value-backticks', '3=`x`'],
      ['equals-alone', '='],
      ['equals-first', "='x'"],
      ['equals-twice', "3=='x'"],
      ['value-then-text', "0=''x"],
      ['value-then-digit', "0='a'1"],
      ['value-then-value', "0='a''b'"],
      ['name', "reset='now'"],
      ['comma-at-start', ',1'],
      ['comma-at-end', '1,'],
      ['comma-twice', '1,,2'],
      ['comma-alone', ','],
      ['comma-before-value', "0=,'a'"],
      ['semicolon', '1;2'],
      ['ampersand', '1&2'],
      ['no-comma', "1'a',2"],
      ['blank-alone', ' '],
      ['blank-before', ' 1'],
      ['blank-after', '1 '],
      ['blank-after-comma', '1, 2'],
      ['blank-before-comma', '1 ,2'],
      ['blank-before-equals', "1 ='a'"],
      ['blank-after-equals', "1= 'a'"],
      ['newline-at-end', '1\n'],
      ['crlf-at-end', "0='a'\r\n"],
      ['nul-at-end', '1\u0000'],
      ['bom', '\ufeff1'],
      ['json', '{"0":"a"}'],
      ['json-array', '[0]'],
      ['senml', '[{"n":"0","vs":"a"}]'],
      ['quoted', "'1'"],
      ['brackets', '(1)'],
    ]))
      v.invalid(`bad-${name}`, JSON.stringify(text), { text, error: broken });
    for (const [name, text] of [
      ['digits', '2,2'],
      ['same-values', "0='a',0='a'"],
      ['other-values', "0='a',0='b'"],
      ['digit-and-value', "5,5='a'"],
      ['apart', '1,2,3,1'],
    ])
      v.invalid(`duplicate-${name}`, text ?? '', {
        context: { enabler: ['1.2'] },
        text: text ?? '',
        flags: ['Duplicate'],
        spec: ['core-1.2.2 6.3.5 MUST'],
        error: refuse('duplicate', 'not-well-formed', 'bad-structure'),
      });
    v.acceptable('duplicate-before-1-2', 'one digit twice, for a client of 1.1', {
      context: { enabler: ['1.0', '1.1'] },
      text: '2,2',
      flags: ['Duplicate'],
      spec: ['core-1.1.1 6.3.5 inferred'],
      outcomes: [
        reject(refuse('duplicate', 'not-well-formed', 'bad-structure'), 'no use for it'),
        accept(execArguments([2], [2]), 'not forbidden in so many words before 1.2.1'),
      ],
    });
    v.invalid('prefix-value', 'a cut value', { text: "7,0='https://www", error: broken });
    v.invalid('prefix-comma', 'a cut list', { text: "7,0='a',", error: broken });
  });
  group(
    'format',
    'The number of the format',
    { context: { operation: 'execute', role: 'client' }, flags: ['FormatNumber'], spec: ['core-1.2.2 6.3.5 inferred'] },
    (v) => {
      v.valid('format-absent', 'arguments without a format', {
        context: { contentFormat: null },
        text: "0='U'",
        decoded: execArguments([0, 'U']),
        spec: ['core-1.1.1 6.3.5 MAY'],
      });
      v.acceptable('format-senml', 'arguments under the number of SenML JSON', {
        context: { contentFormat: 110 },
        text: "0='U'",
        outcomes: [
          reject(
            { class: 'unsupported', alsoAccept: ['not-well-formed'], coapCode: ['4.00', '4.15'] },
            'arguments are plain text',
          ),
          accept(execArguments([0, 'U']), 'the number is passed over'),
        ],
      });
    },
  );
  group('encode', 'What an encoder must not write', { flags: ['NotEncodable'], spec: SPEC }, (v) => {
    for (const [name, value] of [
      ['single-quote', "it's"],
      ['double-quote', 'a"b'],
      ['backslash', 'a\\b'],
      ['newline', 'a\nb'],
      ['blank', 'a b'],
      ['latin-1', 'caf\u00e9'],
    ])
      v.refuses(`encode-${name}`, JSON.stringify(value), {
        decoded: execArguments([0, value]),
        error: { class: 'not-encodable', alsoAccept: ['bad-value'] },
      });
  });
}

export default family(
  {
    format: 'execute-args',
    contentFormat: null,
    header: [
      'Arguments of Execute: Core 1.0.2 §5.4.5, Core 1.1.1 §6.3.5, Core 1.2.2 §6.3.5; plain text (Content-Format 0, or none).',
      'arg = DIGIT [ "=" "\'" *CHAR "\'" ]; CHAR is printable ASCII without blank, quotes and backslash.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'everyday arguments' },
      Characters: {
        kind: 'edge',
        description: 'what a value may hold',
        effect: 'a comma or an equals sign inside a value ends it',
      },
      Blank: { kind: 'ambiguous-spec', description: 'a blank in a value', links: ['OMA#487'] },
      Large: { kind: 'limit', description: 'long values' },
      Malformed: { kind: 'malformed', description: 'outside of the grammar' },
      Duplicate: { kind: 'version', description: 'one digit twice', links: ['OMA#536'] },
      FormatNumber: { kind: 'version', description: 'Content-Format absent or another' },
      NotEncodable: { kind: 'limit', description: 'values outside of the grammar' },
      SpecErratum: { kind: 'spec-erratum', description: 'examples as printed' },
    },
  },
  ({ group }) => {
    valid(group);
    invalid(group);
  },
);
