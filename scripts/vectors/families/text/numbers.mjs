/** Integers, floats, booleans, times. */
import { accept, reject } from '../../lib/family.mjs';
import { boolean, float, integer, time, unsigned } from '../../lib/values.mjs';
import { decimal } from '../../emit/text-value.mjs';
import { BOOLEAN, CONTEXT, FLOAT, INTEGER, refuse, slug, SPEC, TIME, UNSIGNED } from './common.mjs';

/** @typedef {import('./common.mjs').Group} Group */

/** @param {Group} group */
function integers(group) {
  group('integer', 'Integers', { context: { ...CONTEXT, path: INTEGER }, flags: ['Basic'], spec: SPEC }, (v) => {
    for (const value of [
      5,
      9,
      10,
      100,
      255,
      256,
      -5,
      -10,
      65536,
      -65536,
      '9007199254740992',
      '-9007199254740993',
      '9223372036854775806',
      '-9223372036854775807',
    ])
      v.valid(`integer-${slug(value)}`, `${value}`, {
        text: String(value),
        nodes: [integer(INTEGER, value)],
        encode: 'bytes',
        flags: [String(value).length > 15 ? 'Int64' : 'Basic'],
      });
    for (const value of ['9223372036854775808', '-9223372036854775809', '18446744073709551615', '99999999999999999999'])
      v.invalid(`integer-beyond-${slug(value)}`, `${value} is beyond 64 signed bits`, {
        text: value,
        flags: ['OutOfRange'],
        error: refuse('out-of-range', 'bad-value'),
      });
    v.invalid('integer-400-digits', 'a number of 400 digits', {
      text: '9'.repeat(400),
      flags: ['OutOfRange'],
      error: refuse('out-of-range', 'bad-value'),
    });
  });
  group(
    'integer-lenient',
    'Forms of an integer that a reader may take',
    { context: { ...CONTEXT, path: INTEGER }, flags: ['NumberForm'], spec: ['core-1.2.2 C inferred'] },
    (v) => {
      const strict = reject(refuse('bad-value'), 'not the form of the text');
      for (const [name, text, value] of /** @type {[string, string, number][]} */ ([
        ['plus', '+5', 5],
        ['plus-0', '+0', 0],
        ['leading-zero', '05', 5],
        ['leading-zeros', '-0005', -5],
        ['double-zero', '00', 0],
        ['minus-0', '-0', 0],
      ]))
        v.acceptable(`integer-${name}`, `${text}`, {
          text,
          outcomes: [accept([integer(INTEGER, value)], 'the same number'), strict],
        });
      v.acceptable('integer-zeros-19', 'nineteen zeros and a five', {
        text: `${'0'.repeat(19)}5`,
        outcomes: [accept([integer(INTEGER, 5)], 'the same number'), strict],
      });
    },
  );
  group(
    'integer-bad',
    'Texts that are no integer',
    { context: { ...CONTEXT, path: INTEGER }, flags: ['NoNumber'], spec: SPEC },
    (v) => {
      for (const [name, text] of /** @type {[string, string][]} */ ([
        ['blank-before', ' 5'],
        ['blank-after', '5 '],
        ['newline-after', '5\n'],
        ['crlf-after', '5\r\n'],
        ['tab-before', '\t5'],
        ['nul-after', '5\u0000'],
        ['blank-inside', '1 000'],
        ['dot-zero', '5.0'],
        ['dot', '5.'],
        ['exponent', '1e2'],
        ['exponent-upper', '1E2'],
        ['half', '1.5'],
        ['hex', '0x10'],
        ['hex-letters', 'ff'],
        ['binary', '0b1'],
        ['octal', '0o7'],
        ['minus', '-'],
        ['plus-alone', '+'],
        ['double-minus', '--5'],
        ['minus-after', '5-'],
        ['minus-blank', '- 5'],
        ['comma', '1,000'],
        ['underscore', '1_000'],
        ['letters', 'five'],
        ['true', 'true'],
        ['two-numbers', '5,6'],
        ['quoted', '"5"'],
        ['suffix-l', '5L'],
        ['suffix-n', '5n'],
        ['nan', 'NaN'],
        ['null', 'null'],
        ['dot-alone', '.'],
      ]))
        v.invalid(`integer-bad-${name}`, `${JSON.stringify(text)}`, {
          text,
          error: refuse('bad-value', 'bad-type', 'out-of-range'),
        });
      v.invalid('integer-bad-empty', 'an empty payload', {
        text: '',
        flags: ['EmptyPayload'],
        error: refuse('bad-value', 'truncated', 'bad-length'),
      });
      v.invalid('integer-bad-bom', 'a byte order mark before the number', {
        text: '\ufeff5',
        error: refuse('bad-value', 'bad-type', 'out-of-range'),
      });
      v.acceptable('integer-arabic-digits', 'ARABIC-INDIC DIGIT FIVE', {
        text: '\u0665',
        flags: ['ForeignDigits'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          reject(refuse('bad-value', 'bad-type'), 'the digits are those of ASCII'),
          accept([integer(INTEGER, 5)], 'the number parser of the platform takes digits of other scripts'),
        ],
      });
      v.acceptable('integer-fullwidth-digits', 'FULLWIDTH DIGIT FIVE', {
        text: '\uff15',
        flags: ['ForeignDigits'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [
          reject(refuse('bad-value', 'bad-type'), 'the digits are those of ASCII'),
          accept([integer(INTEGER, 5)], 'the number parser of the platform takes digits of other scripts'),
        ],
      });
    },
  );
  group(
    'unsigned',
    'Unsigned integers',
    { context: { ...CONTEXT, path: UNSIGNED, enabler: ['1.1', '1.2'] }, flags: ['Basic'], spec: SPEC },
    (v) => {
      for (const value of [1, 256, '4294967296', '9223372036854775807', '9223372036854775808', '18446744073709551614'])
        v.valid(`unsigned-${value}`, `${value}`, {
          text: String(value),
          nodes: [unsigned(UNSIGNED, value)],
          encode: 'bytes',
          flags: [String(value).length > 15 ? 'Int64' : 'Basic'],
        });
      for (const [name, text] of [
        ['minus-1', '-1'],
        ['2p64', '18446744073709551616'],
        ['minus-2p63', '-9223372036854775808'],
      ])
        v.invalid(`unsigned-${name}`, `${text}`, {
          text: text ?? '',
          flags: ['OutOfRange'],
          error: refuse('out-of-range', 'bad-value'),
        });
      for (const [name, text] of [
        ['blank', ' 5'],
        ['half', '0.5'],
        ['hex', '0xff'],
        ['letters', 'ten'],
        ['newline', '5\n'],
      ])
        v.invalid(`unsigned-bad-${name}`, `${JSON.stringify(text)}`, {
          text: text ?? '',
          flags: ['NoNumber'],
          error: refuse('bad-value'),
        });
      v.invalid('unsigned-bad-empty', 'an empty payload', {
        text: '',
        flags: ['EmptyPayload'],
        error: refuse('bad-value', 'truncated', 'bad-length'),
      });
      for (const [name, text, value] of /** @type {[string, string, number][]} */ ([
        ['plus', '+5', 5],
        ['leading-zero', '05', 5],
        ['minus-0', '-0', 0],
      ]))
        v.acceptable(`unsigned-${name}`, `${text}`, {
          text,
          flags: ['NumberForm'],
          spec: ['core-1.2.2 C inferred'],
          outcomes: [
            accept([unsigned(UNSIGNED, value)], 'the same number'),
            reject(refuse('bad-value', 'out-of-range'), 'not the form of the text'),
          ],
        });
    },
  );
}

/** @param {Group} group */
function floats(group) {
  group('float', 'Floats', { context: { ...CONTEXT, path: FLOAT }, flags: ['FloatDigits'], spec: SPEC }, (v) => {
    for (const value of [
      0,
      1,
      -1,
      0.5,
      21.3,
      -40.5,
      3.141592653589793,
      123456789.125,
      6.667e-11,
      1e21,
      1e22,
      5e-324,
      1.7976931348623157e308,
      2 ** 53,
      16777217,
    ])
      v.valid(`float-${slug(value)}`, `${value}`, {
        text: decimal(value),
        nodes: [float(FLOAT, value)],
        encode: 'semantic',
      });
    v.valid('float-spec-example', '0.00000000006667, as the text of the TS has it', {
      text: '0.00000000006667',
      nodes: [float(FLOAT, 6.667e-11)],
    });
    v.valid('float-minus-0', 'negative zero keeps its sign', {
      text: '-0',
      nodes: [float(FLOAT, -0)],
      flags: ['FloatSpecial'],
    });
    v.valid('float-minus-0-0', 'negative zero with a fraction', {
      text: '-0.0',
      nodes: [float(FLOAT, -0)],
      flags: ['FloatSpecial'],
    });
    v.valid('float-trailing-zeros', 'zeros at the end', { text: '1.500', nodes: [float(FLOAT, 1.5)] });
    v.valid('float-no-fraction', 'no fraction', { text: '20', nodes: [float(FLOAT, 20)] });
    v.valid('float-fraction-zero', 'a fraction of zero', { text: '20.0', nodes: [float(FLOAT, 20)] });
    v.valid('float-25-digits', 'more digits than a double holds, correctly rounded', {
      text: '0.1000000000000000055511151',
      nodes: [float(FLOAT, 0.1)],
    });
    v.valid('float-half-way', '2^53 + 1 is half-way and rounds to even', {
      text: '9007199254740993',
      nodes: [float(FLOAT, 9007199254740992)],
      flags: ['FloatRounding'],
    });
    v.valid('float-half-way-up', '2^53 + 1 and a bit rounds up', {
      text: '9007199254740993.0000000000000000001',
      nodes: [float(FLOAT, 9007199254740994)],
      flags: ['FloatRounding'],
    });
    v.valid('float-2p53-plus-3', '2^53 + 3 rounds to even', {
      text: '9007199254740995',
      nodes: [float(FLOAT, 9007199254740996)],
      flags: ['FloatRounding'],
    });
  });
  group(
    'float-lenient',
    'Forms of a float that a reader may take',
    { context: { ...CONTEXT, path: FLOAT }, flags: ['NumberForm'], spec: ['core-1.2.2 C inferred'] },
    (v) => {
      const strict = reject(refuse('bad-value'), 'the text shows decimal notation');
      for (const [name, text, value] of /** @type {[string, string, number][]} */ ([
        ['exponent', '1e-7', 1e-7],
        ['exponent-upper', '1.5E3', 1500],
        ['exponent-plus', '1e+22', 1e22],
        ['exponent-zero', '5e0', 5],
        ['no-integer-part', '.5', 0.5],
        ['minus-no-integer-part', '-.5', -0.5],
        ['dot-at-end', '5.', 5],
        ['plus', '+1.5', 1.5],
        ['leading-zero', '01.5', 1.5],
        ['leading-zeros', '-000.25', -0.25],
      ]))
        v.acceptable(`float-${name}`, `${text}`, {
          text,
          outcomes: [accept([float(FLOAT, value)], 'the same number'), strict],
        });
      v.acceptable('float-1e400', 'beyond binary64', {
        text: '1e400',
        flags: ['NumberForm', 'OutOfRange'],
        outcomes: [
          reject(refuse('out-of-range', 'bad-value'), 'no finite double'),
          accept([float(FLOAT, Infinity)], 'rounds to infinity'),
        ],
      });
      v.acceptable('float-309-digits', 'beyond binary64 without an exponent', {
        text: `2${'0'.repeat(308)}`,
        flags: ['OutOfRange'],
        outcomes: [
          reject(refuse('out-of-range', 'bad-value'), 'no finite double'),
          accept([float(FLOAT, Infinity)], 'rounds to infinity'),
        ],
      });
      v.acceptable('float-underflow', 'below the smallest subnormal', {
        text: `0.${'0'.repeat(400)}1`,
        flags: ['FloatRounding'],
        outcomes: [
          accept([float(FLOAT, 0)], 'rounds to zero'),
          reject(refuse('out-of-range', 'bad-value'), 'no double is near'),
        ],
      });
      for (const [name, text, value] of /** @type {[string, string, number][]} */ ([
        ['nan', 'NaN', NaN],
        ['infinity', 'Infinity', Infinity],
        ['minus-infinity', '-Infinity', -Infinity],
      ]))
        v.acceptable(`float-${name}`, `${text}`, {
          text,
          flags: ['FloatSpecial'],
          outcomes: [
            reject(refuse('bad-value'), 'no decimal number'),
            accept([float(FLOAT, value)], 'the number parser of the platform takes it'),
          ],
        });
      for (const [name, text, value] of /** @type {[string, string, number][]} */ ([
        ['blank-before', ' 1.5', 1.5],
        ['blank-after', '1.5 ', 1.5],
        ['newline-after', '1.5\n', 1.5],
        ['suffix-d', '1.5d', 1.5],
        ['suffix-f', '1.5f', 1.5],
        ['hex-float', '0x1p-1', 0.5],
      ]))
        v.acceptable(`float-${name}`, `${JSON.stringify(text)}`, {
          text,
          flags: ['PlatformParser'],
          outcomes: [
            reject(refuse('bad-value'), 'no decimal number'),
            accept([float(FLOAT, value)], 'the number parser of the platform takes it'),
          ],
        });
    },
  );
  group(
    'float-bad',
    'Texts that are no float',
    { context: { ...CONTEXT, path: FLOAT }, flags: ['NoNumber'], spec: SPEC },
    (v) => {
      for (const [name, text] of /** @type {[string, string][]} */ ([
        ['comma', '1,5'],
        ['two-dots', '1.2.3'],
        ['dot-alone', '.'],
        ['minus', '-'],
        ['exponent-empty', '1e'],
        ['exponent-fraction', '1e1.5'],
        ['letters', 'abc'],
        ['inf', 'INF'],
        ['inf-lower', 'inf'],
        ['quoted', '"1.5"'],
        ['two-numbers', '1.5 2.5'],
        ['double-minus', '--1.5'],
        ['hex', '0xff'],
        ['true', 'true'],
        ['fraction', '1/2'],
        ['percent', '50%'],
      ]))
        v.invalid(`float-bad-${name}`, `${JSON.stringify(text)}`, {
          text,
          error: refuse('bad-value', 'bad-type', 'out-of-range'),
        });
      v.invalid('float-bad-empty', 'an empty payload', {
        text: '',
        flags: ['EmptyPayload'],
        error: refuse('bad-value', 'truncated', 'bad-length'),
      });
    },
  );
}

/** @param {Group} group */
function others(group) {
  group('boolean', 'Booleans', { context: { ...CONTEXT, path: BOOLEAN }, flags: ['BooleanDigit'], spec: SPEC }, (v) => {
    v.valid('boolean-1', 'true is 1', { text: '1', nodes: [boolean(BOOLEAN, true)], encode: 'bytes' });
    v.valid('boolean-0', 'false is 0', { text: '0', nodes: [boolean(BOOLEAN, false)], encode: 'bytes' });
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['true', 'true'],
      ['false', 'false'],
      ['upper-true', 'TRUE'],
      ['2', '2'],
      ['01', '01'],
      ['00', '00'],
      ['minus-1', '-1'],
      ['plus-1', '+1'],
      ['1-0', '1.0'],
      ['blank-1', ' 1'],
      ['1-newline', '1\n'],
      ['yes', 'yes'],
      ['on', 'on'],
      ['t', 't'],
      ['byte-1', '\u0001'],
      ['byte-0', '\u0000'],
    ]))
      v.invalid(`boolean-bad-${name}`, `${JSON.stringify(text)}`, { text, error: refuse('bad-value', 'bad-type') });
    v.invalid('boolean-bad-empty', 'an empty payload', {
      text: '',
      flags: ['EmptyPayload'],
      error: refuse('bad-value', 'truncated', 'bad-length'),
    });
  });
  group(
    'time',
    'Times: seconds since 1970',
    { context: { ...CONTEXT, path: TIME }, flags: ['TimeSeconds'], spec: SPEC },
    (v) => {
      for (const value of [0, 1, 1476186613, 1367491215, 2147483647, 2147483648, 4294967296, -86400, 253402300799])
        v.valid(`time-${slug(value)}`, `${value}`, {
          text: String(value),
          nodes: [time(TIME, value)],
          encode: 'bytes',
        });
      for (const [name, text] of /** @type {[string, string][]} */ ([
        ['fraction', '1.5'],
        ['rfc3339', '2023-11-14T22:13:20Z'],
        ['date', '2023-11-14'],
        ['exponent', '1.7e9'],
        ['letters', 'now'],
        ['blank', ' 5'],
        ['newline', '5\n'],
        ['unit', '5s'],
        ['hex', '0x65'],
      ]))
        v.invalid(`time-bad-${name}`, `${JSON.stringify(text)}`, { text, error: refuse('bad-value', 'bad-type') });
      v.invalid('time-bad-empty', 'an empty payload', {
        text: '',
        flags: ['EmptyPayload'],
        error: refuse('bad-value', 'truncated', 'bad-length'),
      });
      v.invalid('time-beyond-int64', '2^63 seconds', {
        text: '9223372036854775808',
        flags: ['OutOfRange'],
        error: refuse('out-of-range', 'bad-value'),
      });
      v.acceptable('time-plus', '+5', {
        text: '+5',
        flags: ['NumberForm'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [accept([time(TIME, 5)], 'the same number'), reject(refuse('bad-value'), 'not the form of the text')],
      });
      v.acceptable('time-leading-zero', '05', {
        text: '05',
        flags: ['NumberForm'],
        spec: ['core-1.2.2 C inferred'],
        outcomes: [accept([time(TIME, 5)], 'the same number'), reject(refuse('bad-value'), 'not the form of the text')],
      });
    },
  );
}

/** @param {Group} group */
export function numbers(group) {
  integers(group);
  floats(group);
  others(group);
}
