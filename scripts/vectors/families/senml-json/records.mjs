/** Labels, versions, base values, times, and texts that are no pack. */
import { accept, reject } from '../../lib/family.mjs';
import { at, float, integer, nodes, objlnk } from '../../lib/values.mjs';
import { pack } from '../../emit/senml-json.mjs';
import { utf8 } from '../../lib/bytes.mjs';
import { refuse } from '../text/common.mjs';
import { BAD_TEXTS, BLANKS, utf16 } from '../json-items.mjs';
import { SPEC } from './values.mjs';

const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
const BATTERY = [integer('/3/0/9', 5)];
const N = { n: '/3/0/9' };
const ONE = { v: 5 };
const GOOD = pack({ ...N, ...ONE });
const TEMPERATURE = '/3303/0/5700';

/** @typedef {import('../text/common.mjs').Group} Group */

/** @param {Group} group */
function labels(group) {
  group('labels', 'Labels', { context: DEVICE, flags: ['UnknownLabel'], spec: ['rfc8428 4.4 MUST'] }, (v) => {
    for (const [name, raw] of [
      ['number', '1'],
      ['object', '{"a":[1,{"b":null}]}'],
      ['array', '[[[]]]'],
      ['null', 'null'],
      ['string', '"\\u0041"'],
    ])
      v.valid(`unknown-label-${name}`, `label x with ${raw}`, {
        text: pack({ ...N, ...ONE, x: { raw: raw ?? '' } }),
        nodes: BATTERY,
      });
    v.valid('unknown-label-empty', 'an empty label', { text: '[{"n":"/3/0/9","":1,"v":5}]', nodes: BATTERY });
    v.valid('unknown-label-cbor-number', 'the number that CBOR has for a label', {
      text: '[{"n":"/3/0/9","2":6,"v":5}]',
      nodes: BATTERY,
    });
    v.valid('unknown-label-upper', 'labels count their case', { text: '[{"n":"/3/0/9","V":6,"v":5}]', nodes: BATTERY });
    v.valid('unknown-label-underscore-first', 'an underscore in front is no matter', {
      text: '[{"n":"/3/0/9","_x":6,"v":5}]',
      nodes: BATTERY,
    });
    v.invalid('must-understand', 'label x_', {
      text: pack({ ...N, ...ONE, x_: '2' }),
      flags: ['MustUnderstand'],
      error: refuse('unknown-label', 'bad-structure'),
    });
    v.invalid('must-understand-first', 'label foo_ before the others', {
      text: pack({ foo_: '2', ...N, ...ONE }),
      flags: ['MustUnderstand'],
      error: refuse('unknown-label', 'bad-structure'),
    });
    v.invalid('must-understand-second-record', 'label x_ in the second record', {
      text: pack({ ...N, ...ONE }, { n: '/3/0/10', ...ONE, x_: { raw: 'null' } }),
      flags: ['MustUnderstand'],
      error: refuse('unknown-label', 'bad-structure'),
    });
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['value', '[{"n":"/3/0/9","v":1,"v":2}]'],
      ['name', '[{"n":"/3/0/9","n":"/3/0/10","v":1}]'],
      ['equal', '[{"n":"/3/0/9","v":1,"v":1}]'],
      ['escaped', '[{"n":"/3/0/9","v":1,"\\u0076":2}]'],
    ]))
      v.acceptable(`duplicate-label-${name}`, text, {
        text,
        flags: ['DuplicateLabel'],
        spec: ['rfc8259 4 inferred'],
        outcomes: [
          reject(refuse('duplicate', 'not-well-formed', 'bad-structure'), 'names within an object should be unique'),
          ...duplicateReadings(name),
        ],
      });
  });
  group(
    'value-count',
    'Two values, or none',
    { context: DEVICE, flags: ['ValueCount'], spec: ['rfc8428 4.3 MUST', 'core-1.2.2 7.5.6 MUST'] },
    (v) => {
      for (const [name, fields] of /** @type {[string, Record<string, any>][]} */ ([
        ['v-vs', { ...ONE, vs: 'a' }],
        ['v-vb', { ...ONE, vb: { raw: 'true' } }],
        ['vs-vd', { vs: 'a', vd: 'AQ' }],
        ['v-vlo', { ...ONE, vlo: '3:0' }],
      ]))
        v.invalid(`two-values-${name}`, name.replace('-', ' and '), {
          text: pack({ ...N, ...fields }),
          error: refuse('bad-structure', 'bad-type', 'duplicate'),
        });
      v.invalid('no-value', 'a name alone', { text: pack(N), error: refuse('bad-structure') });
      v.invalid('no-value-second', 'a name alone beside a value', {
        text: pack({ ...N, ...ONE }, { n: '/3/0/10' }),
        error: refuse('bad-structure'),
      });
      v.invalid('empty-record', 'an empty record', { text: '[{}]', error: refuse('bad-structure', 'bad-path') });
      for (const [name, label, path] of [
        ['value', 'v', '/3/0/9'],
        ['string', 'vs', '/3/0/0'],
        ['boolean', 'vb', '/3/0/9'],
      ])
        v.invalid(`null-${name}`, `null under ${label}`, {
          text: pack({ n: path ?? '', [label ?? '']: { raw: 'null' } }),
          flags: ['Null'],
          spec: ['core-1.2.2 7.5.6 MUST'],
          error: refuse('bad-type', 'bad-structure'),
        });
      v.acceptable('same-name-twice', 'one name with two values', {
        text: pack({ ...N, ...ONE }, { ...N, v: 6 }),
        flags: ['DuplicateName'],
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [
          reject(refuse('duplicate'), 'one resource has one value'),
          accept([integer('/3/0/9', 5), integer('/3/0/9', 6)], 'as written'),
          accept([integer('/3/0/9', 6)], 'the last one counts'),
        ],
      });
      v.acceptable('same-name-twice-equal', 'one name with one value, twice', {
        text: pack({ ...N, ...ONE }, { ...N, ...ONE }),
        flags: ['DuplicateName'],
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [
          reject(refuse('duplicate'), 'one resource has one value'),
          accept([integer('/3/0/9', 5), integer('/3/0/9', 5)], 'as written'),
          accept(BATTERY, 'once'),
        ],
      });
    },
  );
}

/** @param {string} name */
function duplicateReadings(name) {
  if (name === 'name')
    return [
      accept([integer('/3/0/10', 1)], 'the last one counts'),
      accept([integer('/3/0/9', 1)], 'the first one counts'),
    ];
  const first = accept([integer('/3/0/9', 1)], 'the first one counts');
  return name === 'equal' ? [first] : [accept([integer('/3/0/9', 2)], 'the last one counts'), first];
}

/** @param {Group} group */
function bases(group) {
  group('version', 'Base version', { context: DEVICE, flags: ['Version'], spec: ['rfc8428 4.1 MUST'] }, (v) => {
    v.valid('bver-10', 'version 10, the one there is', { text: pack({ bver: 10, ...N, ...ONE }), nodes: BATTERY });
    v.valid('bver-10-both', 'version 10 in both records', {
      text: pack({ bver: 10, ...N, ...ONE }, { bver: 10, n: '/3/0/10', v: 15 }),
      nodes: [...BATTERY, integer('/3/0/10', 15)],
    });
    v.invalid('bver-11', 'version 11', {
      text: pack({ bver: 11, ...N, ...ONE }),
      error: refuse('unsupported', 'bad-value'),
    });
    v.invalid('bver-11-later', 'version 11 in the second record', {
      text: pack({ ...N, ...ONE }, { bver: 11, n: '/3/0/10', v: 15 }),
      error: refuse('unsupported', 'bad-value', 'bad-structure'),
    });
    v.invalid('bver-text', 'a version as text', {
      text: pack({ bver: '"10"', ...N, ...ONE }),
      error: refuse('bad-type', 'unsupported'),
    });
    v.acceptable('bver-10-0', 'version 10.0', {
      text: pack({ bver: '10.0', ...N, ...ONE }),
      spec: ['rfc8428 4.1 inferred'],
      outcomes: [reject(refuse('bad-type', 'unsupported'), 'a positive integer'), accept(BATTERY, 'the same number')],
    });
    v.acceptable('bver-5', 'a lower version', {
      text: pack({ bver: 5, ...N, ...ONE }),
      spec: ['rfc8428 4.4 inferred'],
      outcomes: [
        accept(BATTERY, 'lower versions may be read'),
        reject(refuse('unsupported', 'bad-value'), 'there is none'),
      ],
    });
  });
  group(
    'base-values',
    'Legal SenML that LwM2M does not use',
    { context: DEVICE, flags: ['BaseValue'], spec: ['rfc8428 4.1 inferred', 'core-1.2.2 7.5.6 inferred'] },
    (v) => {
      const out = reject(refuse('unsupported', 'unknown-label', 'bad-structure', 'bad-type'), 'LwM2M does not use it');
      v.acceptable('bv-and-v', 'base value 5 and value 1 are 6', {
        text: pack({ bv: 5, ...N, v: 1 }),
        outcomes: [accept([integer('/3/0/9', 6)], 'the sum, RFC 8428 §4.1'), out],
      });
      v.acceptable('bv-second-record', 'base value 10 for the second record too', {
        text: pack({ bv: 10, n: '/3/0/9', v: 1 }, { n: '/3/0/10', v: 2 }),
        outcomes: [accept([integer('/3/0/9', 11), integer('/3/0/10', 12)], 'the sums'), out],
      });
      v.acceptable('bv-alone', 'base value without value', {
        text: pack({ bv: 5, ...N }),
        outcomes: [accept(BATTERY, 'a base value alone is the value'), out],
      });
      v.acceptable('bv-minus', 'base value -5', {
        text: pack({ bv: -5, ...N, v: 1 }),
        outcomes: [accept([integer('/3/0/9', -4)], 'the sum'), out],
      });
      v.acceptable('bv-0', 'base value 0', {
        text: pack({ bv: 0, ...N, ...ONE }),
        outcomes: [accept(BATTERY, 'changes nothing'), out],
      });
      v.acceptable('sum', 'a sum beside the value', {
        text: pack({ ...N, ...ONE, s: 7 }),
        outcomes: [accept(BATTERY, 'the sum is another matter'), out],
      });
      v.acceptable('unit', 'a unit', {
        text: pack({ ...N, ...ONE, u: '%EL' }),
        outcomes: [accept(BATTERY, 'units change no value'), out],
      });
      v.acceptable('base-unit', 'a base unit', {
        text: pack({ bu: '%EL', ...N, ...ONE }),
        outcomes: [accept(BATTERY, 'units change no value'), out],
      });
      v.acceptable('base-sum', 'a base sum', {
        text: pack({ bs: 7, ...N, ...ONE }),
        outcomes: [accept(BATTERY, 'the sum is another matter'), out],
      });
      v.acceptable('update-time', 'an update time', {
        text: pack({ ...N, ...ONE, ut: 60 }),
        outcomes: [accept(BATTERY, 'says nothing about the value'), out],
      });
      v.acceptable('sum-alone', 'a sum without value', {
        text: pack({ ...N, s: 7 }),
        outcomes: [out, accept([], 'no value')],
      });
    },
  );
}

/** @param {Group} group */
function times(group) {
  const context = { model: 'temp', path: TEMPERATURE, operation: 'notify', role: 'server', enabler: ['1.1', '1.2'] };
  const sample = (/** @type {number} */ value, /** @type {string} */ seconds) => at(float(TEMPERATURE, value), seconds);
  const B = { bn: TEMPERATURE };
  group(
    'time',
    'Base time and time',
    { context, flags: ['Time'], spec: ['rfc8428 4.5.3 MUST', 'core-1.2.2 7.5.6 MUST'] },
    (v) => {
      v.valid('bt-alone', 'base time 1700000000', {
        text: pack({ ...B, bt: 1700000000, v: 21.5 }),
        nodes: [sample(21.5, '1700000000')],
        encode: 'semantic',
      });
      v.valid('t-alone', 'time 1700000000', {
        text: pack({ n: TEMPERATURE, v: 21.5, t: 1700000000 }),
        nodes: [sample(21.5, '1700000000')],
      });
      v.valid('t-relative', 'time -5: five seconds ago', {
        text: pack({ n: TEMPERATURE, v: 21.5, t: -5 }),
        nodes: [sample(21.5, '-5')],
      });
      v.valid('bt-and-t', 'base time and time', {
        text: pack({ ...B, bt: 1700000000, t: 60, v: 21.5 }),
        nodes: [sample(21.5, '1700000060')],
      });
      v.valid('bt-crosses-2p28', 'base time 268435455 and time 1 are absolute together', {
        text: pack({ ...B, bt: 268435455, t: 1, v: 21.5 }),
        nodes: [sample(21.5, '268435456')],
      });
      v.valid('bt-fraction', 'base time 1700000000.25', {
        text: pack({ ...B, bt: '1700000000.25', v: 21.5 }),
        nodes: [sample(21.5, '1700000000.25')],
      });
      v.valid('bt-fraction-and-t', 'half a second earlier', {
        text: pack({ ...B, bt: '1700000000.25', v: 21.5, t: -0.5 }),
        nodes: [sample(21.5, '1699999999.75')],
      });
      v.valid('bt-tenths', 'tenths, exact in decimal and in no double', {
        text: pack({ ...B, bt: '1700000000.1', v: 21.5, t: 0.2 }),
        nodes: [sample(21.5, '1700000000.3')],
      });
      v.valid('bt-exponent', 'base time 1.276020076001e9', {
        text: pack({ ...B, bt: '1.276020076001e9', v: 21.5 }),
        nodes: [sample(21.5, '1276020076.001')],
      });
      v.valid('bt-replaced', 'a second base time', {
        text: pack({ ...B, bt: 1700000000, v: 21.5 }, { bt: 1700000100, t: 1, v: 22 }),
        nodes: [sample(21.5, '1700000000'), sample(22, '1700000101')],
        flags: ['Time', 'TimeSeries'],
      });
      v.valid('t-not-inherited', 'a time counts for its record alone', {
        text: pack({ ...B, bt: 1700000000, t: 10, v: 21.5 }, { v: 22 }),
        nodes: [sample(21.5, '1700000010'), sample(22, '1700000000')],
        flags: ['Time', 'TimeSeries'],
      });
      v.invalid('bt-text', 'base time as text', {
        text: pack({ ...B, bt: '"1700000000"', v: 21.5 }),
        error: refuse('bad-type'),
      });
      v.invalid('t-text', 'time as text', {
        text: pack({ n: TEMPERATURE, t: '"5"', v: 21.5 }),
        error: refuse('bad-type'),
      });
      v.invalid('t-boolean', 'time as boolean', {
        text: pack({ n: TEMPERATURE, t: 'true', v: 21.5 }),
        error: refuse('bad-type'),
      });
      v.invalid('t-date', 'time as a date', {
        text: pack({ n: TEMPERATURE, t: '"2023-11-14T22:13:20Z"', v: 21.5 }),
        error: refuse('bad-type'),
      });
    },
  );
  group(
    'time-series',
    'Several values of one resource',
    { context, flags: ['TimeSeries'], spec: ['rfc8428 4.5.3 MUST', 'core-1.2.2 7.5.6 MUST'] },
    (v) => {
      v.valid('series-three', 'newest first, a minute apart', {
        text: pack({ ...B, bt: 1700000000, v: 22.5 }, { t: -60, v: 22.25 }, { t: -120, v: 21.9 }),
        nodes: [sample(22.5, '1700000000'), sample(22.25, '1699999940'), sample(21.9, '1699999880')],
        encode: 'semantic',
      });
      v.valid('series-oldest-first', 'oldest first', {
        text: pack({ ...B, bt: 1700000000, v: 21.5 }, { t: 10, v: 21.75 }),
        nodes: [sample(21.5, '1700000000'), sample(21.75, '1700000010')],
      });
      v.valid('series-fractions', 'half seconds', {
        text: pack({ ...B, bt: 1700000000, v: 21.5 }, { t: -0.5, v: 21.75 }, { t: -1, v: 22 }),
        nodes: [sample(21.5, '1700000000'), sample(21.75, '1699999999.5'), sample(22, '1699999999')],
        encode: 'semantic',
      });
      v.valid('series-two-resources', 'two resources at two times', {
        context: { path: '/3303/0' },
        text: pack(
          { bn: '/3303/0/', bt: 1700000000, n: '5700', v: 22.5 },
          { n: '5601', v: 20 },
          { n: '5700', t: -60, v: 22.25 },
          { n: '5601', t: -60, v: 20 },
        ),
        nodes: [
          sample(22.5, '1700000000'),
          at(float('/3303/0/5601', 20), '1700000000'),
          sample(22.25, '1699999940'),
          at(float('/3303/0/5601', 20), '1699999940'),
        ],
      });
      v.valid('series-same-value', 'one value at two times', {
        text: pack({ ...B, bt: 1700000000, v: 21.5 }, { t: 60, v: 21.5 }),
        nodes: [sample(21.5, '1700000000'), sample(21.5, '1700000060')],
      });
      v.valid('series-integer', 'battery levels', {
        context: { model: 'device', path: '/3/0/9' },
        text: pack({ bn: '/3/0/9', bt: 1700000000, t: 0, v: 85 }, { t: 60, v: 84 }),
        nodes: [at(integer('/3/0/9', 85), '1700000000'), at(integer('/3/0/9', 84), '1700000060')],
      });
      const twenty = Array.from({ length: 20 }, (_, i) => i);
      v.valid('series-twenty', 'twenty samples', {
        text: pack(...twenty.map((i) => (i ? { t: -i, v: 20 + i / 4 } : { ...B, bt: 1700000000, v: 20 }))),
        nodes: twenty.map((i) => sample(20 + i / 4, String(1700000000 - i))),
      });
      v.acceptable('series-same-time', 'two values at one time', {
        text: pack({ ...B, bt: 1700000000, v: 21.5 }, { v: 22 }),
        flags: ['DuplicateName', 'TimeSeries'],
        spec: ['rfc8428 4.5.3 inferred'],
        outcomes: [
          reject(refuse('duplicate'), 'one moment has one value'),
          accept([sample(21.5, '1700000000'), sample(22, '1700000000')], 'as written'),
          accept([sample(22, '1700000000')], 'the last one counts'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function roots(group) {
  group(
    'roots',
    'What stands at the top',
    { context: DEVICE, flags: ['Root'], spec: ['rfc8428 5 MUST', 'rfc8428 4 MUST'] },
    (v) => {
      const structure = refuse('bad-structure', 'bad-type', 'not-well-formed');
      for (const [name, text] of [
        ['object', '{"n":"/3/0/9","v":5}'],
        ['number', '5'],
        ['string', '"/3/0/9"'],
        ['null', 'null'],
        ['true', 'true'],
        ['array-in-array', `[${GOOD}]`],
        ['record-number', '[5]'],
        ['record-string', '["a"]'],
        ['record-null', '[null]'],
        ['record-array', '[[]]'],
        ['good-then-number', `[${GOOD.slice(1, -1)},5]`],
        ['oma-json', '{"bn":"/3/0/","e":[{"n":"9","v":5}]}'],
      ])
        v.invalid(`root-${name}`, (name ?? '').replaceAll('-', ' '), { text: text ?? '', error: structure });
      v.valid('blanks', 'blanks where JSON allows them', {
        text: BLANKS(GOOD),
        nodes: BATTERY,
        flags: ['Blanks'],
        spec: ['rfc8259 2 MUST'],
      });
      v.valid('blanks-before', 'blanks before and after', {
        text: `\r\n ${GOOD}\n`,
        nodes: BATTERY,
        flags: ['Blanks'],
        spec: ['rfc8259 2 MUST'],
      });
    },
  );
  group(
    'empty',
    'No record',
    { context: { ...DEVICE, model: 'access', path: '/2' }, flags: ['Empty'], spec: ['core-1.2.2 7.5.6 MUST'] },
    (v) => {
      v.valid('empty-object', 'an object without instances', { text: '[]', nodes: [], encode: 'bytes' });
      v.valid('empty-with-blank', 'an object without instances, with a blank', { text: '[ ]', nodes: [] });
      v.acceptable('empty-single', 'a single resource without a value', {
        context: { model: 'device', path: '/3/0/9' },
        text: '[]',
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [reject(refuse('bad-structure'), 'a resource has a value'), accept(nodes(), 'no values')],
      });
      v.acceptable('empty-multiple', 'a multiple resource without instances', {
        context: { model: 'device', path: '/3/0/6' },
        text: '[]',
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [
          accept(nodes(), 'no instances'),
          accept([{ path: '/3/0/6', type: 'multiple' }], 'no instances'),
          reject(refuse('bad-structure'), 'no value'),
        ],
      });
      v.invalid('empty-payload', 'not even an array', {
        text: '',
        flags: ['Truncated'],
        spec: ['rfc8259 2 MUST'],
        error: refuse('truncated', 'not-well-formed', 'bad-structure'),
      });
    },
  );
  group(
    'not-json',
    'Texts that are no JSON',
    { context: DEVICE, flags: ['NotJson'], spec: ['rfc8259 2 MUST'] },
    (v) => {
      for (const { name, comment, text, error } of BAD_TEXTS(GOOD))
        v.invalid(`text-${name}`, comment, {
          text,
          flags: [error === 'trailing-data' ? 'TrailingData' : 'NotJson'],
          error: refuse(
            error,
            ...['not-well-formed', 'trailing-data', 'truncated', 'bad-structure'].filter((other) => other !== error),
          ),
        });
      for (const [name, text] of [
        ['comma-after-record', `[${GOOD.slice(1, -1)},]`],
        ['comma-after-member', '[{"n":"/3/0/9","v":5,}]'],
        ['comma-first', `[,${GOOD.slice(1)}`],
        ['comma-twice', '[{"n":"/3/0/9",,"v":5}]'],
        ['comma-missing', '[{"n":"/3/0/9" "v":5}]'],
        ['colon-missing', '[{"n" "/3/0/9","v":5}]'],
        ['colon-twice', '[{"n"::"/3/0/9","v":5}]'],
        ['equals', '[{"n"="/3/0/9","v":5}]'],
        ['single-quotes', "[{'n':'/3/0/9','v':5}]"],
        ['label-bare', '[{n:"/3/0/9",v:5}]'],
        ['label-number', '[{"n":"/3/0/9",2:5}]'],
        ['brackets-crossed', '[{"n":"/3/0/9","v":5]}'],
        ['records-unseparated', '[{"n":"/3/0/9","v":5}{"n":"/3/0/10","v":5}]'],
        ['semicolon', '[{"n":"/3/0/9";"v":5}]'],
        ['nul-inside', '[{"n":"/3/0/9",\u0000"v":5}]'],
        ['comment-inside', '[{"n":"/3/0/9",/* % */"v":5}]'],
      ])
        v.invalid(`text-${name}`, (name ?? '').replaceAll('-', ' '), {
          text: text ?? '',
          error: refuse('not-well-formed', 'truncated', 'bad-structure'),
        });
      v.invalid('utf-16', 'UTF-16 without a mark', {
        payload: utf16(GOOD),
        spec: ['rfc8259 8.1 MUST'],
        flags: ['Encoding'],
        error: refuse('not-well-formed', 'invalid-utf8', 'bad-structure'),
      });
      v.invalid('utf-16-bom', 'UTF-16 with a mark', {
        payload: `fffe${utf16(GOOD)}`,
        spec: ['rfc8259 8.1 MUST'],
        flags: ['Encoding'],
        error: refuse('invalid-utf8', 'not-well-formed', 'bad-structure'),
      });
      v.acceptable('bom', 'a byte order mark', {
        payload: `efbbbf${utf8(GOOD)}`,
        spec: ['rfc8259 8.1 inferred'],
        flags: ['Encoding'],
        outcomes: [
          reject(refuse('not-well-formed', 'bad-structure', 'invalid-utf8'), 'a sender must not put it there'),
          accept(BATTERY, 'a receiver may pass over it'),
        ],
      });
      v.invalid('bad-utf8-outside', 'a byte that is no UTF-8 between tokens', {
        payload: `5bff${utf8(GOOD.slice(1))}`,
        spec: ['rfc8259 8.1 MUST'],
        flags: ['Encoding'],
        error: refuse('invalid-utf8', 'not-well-formed'),
      });
    },
  );
  group('truncated', 'Cut packs', { context: DEVICE, flags: ['Truncated'], spec: ['rfc8259 2 MUST'] }, (v) => {
    const whole = pack({ bn: '/3/0/', n: '0', vs: 'EX-1' }, { n: '9', v: 100 }, { n: '16', vs: 'U' });
    for (let length = 1; length < whole.length; length += 3)
      v.invalid(`prefix-${length}`, `the first ${length} of ${whole.length} characters of a pack of three records`, {
        text: whole.slice(0, length),
        error: refuse('truncated', 'not-well-formed', 'bad-structure'),
      });
  });
  group('deep', 'Depth', { context: DEVICE, flags: ['Depth'], spec: ['rfc8259 9 inferred'] }, (v) => {
    v.valid('depth-20', 'twenty arrays under a label that is passed over', {
      text: pack({ ...N, ...ONE, x: { raw: '['.repeat(20) + ']'.repeat(20) } }),
      nodes: BATTERY,
    });
    v.acceptable('depth-5000', 'five thousand arrays under a label that is passed over', {
      text: pack({ ...N, ...ONE, x: { raw: '['.repeat(5000) + ']'.repeat(5000) } }),
      outcomes: [
        accept(BATTERY, 'well-formed'),
        reject(refuse('too-deep', 'not-well-formed', 'unsupported', 'bad-structure'), 'a reader may limit the depth'),
      ],
    });
    v.invalid('depth-5000-open', 'five thousand arrays that do not end', {
      text: `${GOOD.slice(0, -2)},"x":${'['.repeat(5000)}`,
      flags: ['Depth', 'Truncated'],
      spec: ['rfc8259 2 MUST'],
      error: refuse('truncated', 'too-deep', 'not-well-formed', 'bad-structure'),
    });
  });
  group(
    'printed',
    'Examples of the TS',
    {
      context: { model: 'links', path: '/66/0', operation: 'read', role: 'any', enabler: ['1.1', '1.2'] },
      flags: ['ObjectLink'],
      spec: SPEC,
    },
    (v) => {
      v.valid('null-link', 'the null link in decimal, as corrected', {
        text: pack({ bn: '/66/0/', n: '2', vlo: '65535:65535' }),
        nodes: [objlnk('/66/0/2', '65535:65535')],
        encode: 'semantic',
        erratum: { ref: 'Core 1.1.1 §7.4.5 example', form: 'corrected', pair: 'objlnk-printed-hex' },
      });
    },
  );
}

/** @param {Group} group */
export function records(group) {
  labels(group);
  bases(group);
  times(group);
  roots(group);
}
