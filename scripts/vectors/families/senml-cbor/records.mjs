/** Labels, values, versions, base values and times of SenML CBOR. */
import { accept, reject } from '../../lib/family.mjs';
import { integer } from '../../lib/values.mjs';
import * as c from '../../emit/cbor.mjs';
import { pack, pairs } from '../../emit/senml-cbor.mjs';
import { DEVICE, ONE } from '../senml/form.mjs';
import { B, BATTERY, N, sample } from '../senml/records.mjs';
import { baseValues, times, timeSeries, valueCount, versions } from '../senml/records.mjs';
import { FORM } from './form.mjs';
import { refuse, SPEC } from './values.mjs';

/** @typedef {import('../senml/form.mjs').More} More */

/** @param {import('../cbor.mjs').Group} group */
function labels(group) {
  group(
    'labels',
    'Labels',
    { context: DEVICE, flags: ['UnknownLabel'], spec: ['rfc8428 4.4 MUST', 'rfc8428 6 MUST'] },
    (v) => {
      v.valid('unknown-text-label', 'label x', { payload: pack({ ...N, ...ONE, x: '01' }), nodes: BATTERY });
      v.valid('unknown-text-label-map', 'label x with a map', {
        payload: pack({ ...N, ...ONE, x: 'a10102' }),
        nodes: BATTERY,
      });
      v.valid('unknown-text-label-chunks', 'label x with a text in chunks', {
        payload: pack({ ...N, ...ONE, x: c.textIndefinite('a') }),
        nodes: BATTERY,
      });
      v.valid('unknown-integer-label-9', 'label 9', {
        payload: c.array(c.map(...pairs({ ...N, ...ONE }), ['09', '01'])),
        nodes: BATTERY,
      });
      v.valid('unknown-integer-label-minus-7', 'label -7', {
        payload: c.array(c.map(...pairs({ ...N, ...ONE }), ['26', '01'])),
        nodes: BATTERY,
      });
      v.valid('unknown-integer-label-1000', 'label 1000', {
        payload: c.array(c.map(['1903e8', '6161'], ...pairs({ ...N, ...ONE }))),
        nodes: BATTERY,
      });
      v.invalid('must-understand', 'label x_', {
        payload: pack({ ...N, ...ONE, x_: '01' }),
        flags: ['MustUnderstand'],
        error: refuse('unknown-label'),
      });
      v.invalid('must-understand-first', 'label foo_ before the others', {
        payload: pack({ foo_: '01', ...N, ...ONE }),
        flags: ['MustUnderstand'],
        error: refuse('unknown-label'),
      });
      v.invalid('must-understand-second-record', 'label x_ in the second record', {
        payload: pack({ ...N, ...ONE }, { n: '/3/0/10', ...ONE, x_: 'f6' }),
        flags: ['MustUnderstand'],
        error: refuse('unknown-label'),
      });
      for (const [name, label] of [
        ['v', 'v'],
        ['minus-2', '-2'],
        ['2', '2'],
        ['n', 'n'],
        ['bn', 'bn'],
      ]) {
        const value = label === 'n' || label === 'bn' ? c.text('/3/0/9') : label === '-2' ? c.text('/3/0/9') : c.int(5);
        const fields = label === 'n' || label === 'bn' || label === '-2' ? pairs({ ...ONE }) : pairs({ ...N });
        v.invalid(`text-label-${name}`, `label ${label} as text instead of its integer`, {
          payload: c.array(c.map(...fields, [c.text(label ?? ''), value])),
          flags: ['TextLabel'],
          spec: ['rfc8428 6 MUST'],
          error: refuse('unknown-label', 'bad-structure', 'bad-path', 'bad-type', 'outside-base'),
        });
      }
      for (const [name, key] of [
        ['bytes', c.bytes('02')],
        ['boolean', 'f5'],
        ['null', 'f6'],
        ['array', '8102'],
        ['float', 'f94000'],
      ])
        v.invalid(`label-of-${name}`, `a label that is a ${name}`, {
          payload: c.array(c.map(...pairs({ ...N }), [key ?? '', '05'])),
          flags: ['TextLabel'],
          spec: ['rfc8428 6 MUST'],
          error: refuse('bad-type', 'bad-structure', 'unknown-label'),
        });
      v.acceptable('long-head-label', 'label 0 in two bytes', {
        payload: c.array(c.map(['1800', c.text('/3/0/9')], ...pairs({ ...ONE }))),
        flags: ['LongHead'],
        spec: ['rfc8949 4.1 inferred'],
        outcomes: [
          accept(BATTERY, 'well-formed'),
          reject(refuse('not-well-formed', 'bad-path'), 'a reader of deterministic CBOR'),
        ],
      });
      for (const [name, list] of /** @type {[string, [string, string][]][]} */ ([
        ['value', [...pairs({ ...N }), ['02', '05'], ['02', '06']]],
        ['value-equal', [...pairs({ ...N }), ['02', '05'], ['02', '05']]],
        ['name', [...pairs({ ...N }), ...pairs({ n: '/3/0/10' }), ...pairs({ ...ONE })]],
        ['base-name', [...pairs({ bn: '/3/0/' }), ...pairs({ bn: '/3/0/' }), ...pairs({ n: '9', ...ONE })]],
      ]))
        v.invalid(`duplicate-label-${name}`, `${name} twice in one record`, {
          payload: c.array(c.map(...list)),
          flags: ['DuplicateLabel'],
          spec: ['rfc8949 5.6 MUST'],
          error: refuse('duplicate', 'bad-structure', 'not-well-formed'),
        });
      v.acceptable('duplicate-unknown-label', 'an unknown label twice', {
        payload: c.array(c.map(...pairs({ ...N, ...ONE }), ['6178', '01'], ['6178', '02'])),
        flags: ['DuplicateName'],
        spec: ['rfc8949 5.6 inferred'],
        outcomes: [
          reject(refuse('duplicate', 'not-well-formed'), 'no valid map'),
          accept(BATTERY, 'passed over twice'),
        ],
      });
    },
  );
}

/** @type {More} */
function moreValueCount(v) {
  const refused = { flags: ['Null'], spec: ['core-1.2.2 7.5.7 MUST'], error: refuse('bad-type') };
  v.invalid('null-value', 'null under label 2', { payload: pack({ ...N, v: c.NULL }), ...refused });
  v.invalid('null-string', 'null under label 3', { payload: pack({ n: '/3/0/0', vs: c.NULL }), ...refused });
}

/** @type {More} */
function moreVersions(v) {
  v.acceptable('bver-float', 'a version as a float', {
    payload: pack({ bver: { raw: c.half(10) }, ...N, ...ONE }),
    spec: ['rfc8428 6 inferred'],
    outcomes: [
      reject(refuse('bad-type', 'unsupported'), 'only an unsigned integer is allowed'),
      accept(BATTERY, 'the same number'),
    ],
  });
}

/** @type {More} */
function moreTimes(v) {
  const warm = { v: FORM.float(21.5) };
  v.valid('bt-alone', 'base time 1700000000', {
    payload: pack({ ...B, bt: 1700000000, ...warm }),
    nodes: [sample(21.5, '1700000000')],
  });
  v.valid('bt-float', 'base time 1700000000.25', {
    payload: pack({ ...B, bt: { raw: c.double(1700000000.25) }, ...warm }),
    nodes: [sample(21.5, '1700000000.25')],
  });
  v.valid('bt-float-and-t', 'half a second earlier', {
    payload: pack({ ...B, bt: { raw: c.double(1700000000.25) }, t: { raw: c.half(-0.5) }, ...warm }),
    nodes: [sample(21.5, '1699999999.75')],
  });
  v.valid('bt-decimal', 'base time as decimal fraction 17000000005e-1', {
    payload: pack({ ...B, bt: { raw: c.decimalFraction(-1, '17000000005') }, ...warm }),
    nodes: [sample(21.5, '1700000000.5')],
    flags: ['Time', 'DecimalFraction'],
  });
}

/** @param {import('../cbor.mjs').Group} group */
export function records(group) {
  group(
    'spec-examples',
    'Packs worked out in the notes',
    {
      context: { model: 'core', path: '/', operation: 'write-composite', role: 'client', enabler: ['1.1', '1.2'] },
      flags: ['Basic'],
      spec: SPEC,
    },
    (v) => {
      v.valid('write-two-objects', 'lifetime and UTC offset', {
        payload: '82a200662f312f302f3102190258a200672f332f302f313403662b30323a3030',
        nodes: [integer('/1/0/1', 600), { path: '/3/0/14', type: 'string', value: '+02:00' }],
      });
    },
  );
  labels(group);
  valueCount(group, FORM, moreValueCount);
  versions(group, FORM, moreVersions);
  baseValues(group, FORM, () => undefined);
  times(group, FORM, moreTimes);
  timeSeries(group, FORM, () => undefined);
}
