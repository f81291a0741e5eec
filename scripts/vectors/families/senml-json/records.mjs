/** Labels, values, versions, base values and times of SenML JSON, and texts that are no pack. */
import { accept, reject } from '../../lib/family.mjs';
import { integer, nodes, objlnk } from '../../lib/values.mjs';
import { pack } from '../../emit/senml-json.mjs';
import { utf8 } from '../../lib/bytes.mjs';
import { refuse } from '../text/common.mjs';
import { BAD_TEXTS, BLANKS, utf16 } from '../json-items.mjs';
import { DEVICE, ONE } from '../senml/form.mjs';
import { B, BATTERY, N, sample, TEMPERATURE } from '../senml/records.mjs';
import { baseValues, times, timeSeries, valueCount, versions } from '../senml/records.mjs';
import { FORM } from './form.mjs';
import { SPEC } from './values.mjs';

const GOOD = pack({ ...N, ...ONE });

/**
 * @typedef {import('../text/common.mjs').Group} Group
 * @typedef {import('../senml/form.mjs').More} More
 */

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

/** @type {More} */
function moreValueCount(v) {
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
}

/** @type {More} */
function moreVersions(v) {
  v.acceptable('bver-10-0', 'version 10.0', {
    text: pack({ bver: '10.0', ...N, ...ONE }),
    spec: ['rfc8428 4.1 inferred'],
    outcomes: [reject(refuse('bad-type', 'unsupported'), 'a positive integer'), accept(BATTERY, 'the same number')],
  });
}

/** @type {More} */
function moreBaseValues(v, out) {
  v.acceptable('base-sum', 'a base sum', {
    text: pack({ bs: 7, ...N, ...ONE }),
    outcomes: [accept(BATTERY, 'the sum is another matter'), out],
  });
}

/** @type {More} */
function moreTimes(v) {
  v.valid('bt-alone', 'base time 1700000000', {
    text: pack({ ...B, bt: 1700000000, v: 21.5 }),
    nodes: [sample(21.5, '1700000000')],
    encode: 'semantic',
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
  v.invalid('t-date', 'time as a date', {
    text: pack({ n: TEMPERATURE, t: '"2023-11-14T22:13:20Z"', v: 21.5 }),
    error: refuse('bad-type'),
  });
}

/** @type {More} */
function moreTimeSeries(v) {
  v.valid('series-fractions', 'half seconds', {
    text: pack({ ...B, bt: 1700000000, v: 21.5 }, { t: -0.5, v: 21.75 }, { t: -1, v: 22 }),
    nodes: [sample(21.5, '1700000000'), sample(21.75, '1699999999.5'), sample(22, '1699999999')],
    encode: 'semantic',
  });
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
  valueCount(group, FORM, moreValueCount);
  versions(group, FORM, moreVersions);
  baseValues(group, FORM, moreBaseValues);
  times(group, FORM, moreTimes);
  timeSeries(group, FORM, moreTimeSeries);
  roots(group);
}
