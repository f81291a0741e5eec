/** Labels, versions, base values, times. */
import { accept, reject } from '../../lib/family.mjs';
import { at, float, integer } from '../../lib/values.mjs';
import * as c from '../../emit/cbor.mjs';
import { pack, pairs, record } from '../../emit/senml-cbor.mjs';
import { refuse, SPEC } from './values.mjs';

const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
const BATTERY = [integer('/3/0/9', 5)];
const N = { n: '/3/0/9' };
const ONE = { v: c.int(5) };
const TEMPERATURE = '/3303/0/5700';

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
  group(
    'value-count',
    'Two values, or none',
    { context: DEVICE, flags: ['ValueCount'], spec: ['rfc8428 4.3 MUST', 'core-1.2.2 7.5.7 MUST'] },
    (v) => {
      for (const [name, fields] of /** @type {[string, Record<string, string>][]} */ ([
        ['v-vs', { ...ONE, vs: c.text('a') }],
        ['v-vb', { ...ONE, vb: c.TRUE }],
        ['vs-vd', { vs: c.text('a'), vd: '4101' }],
        ['v-vlo', { ...ONE, vlo: c.text('3:0') }],
      ]))
        v.invalid(`two-values-${name}`, name.replace('-', ' and '), {
          payload: pack({ ...N, ...fields }),
          error: refuse('bad-structure', 'bad-type', 'duplicate'),
        });
      v.invalid('no-value', 'a name alone', { payload: pack({ ...N }), error: refuse('bad-structure') });
      v.invalid('no-value-second', 'a name alone beside a value', {
        payload: pack({ ...N, ...ONE }, { n: '/3/0/10' }),
        error: refuse('bad-structure'),
      });
      v.invalid('empty-record', 'an empty record', { payload: '81a0', error: refuse('bad-structure', 'bad-path') });
      v.invalid('null-value', 'null under label 2', {
        payload: pack({ ...N, v: c.NULL }),
        flags: ['Null'],
        spec: ['core-1.2.2 7.5.7 MUST'],
        error: refuse('bad-type'),
      });
      v.invalid('null-string', 'null under label 3', {
        payload: pack({ n: '/3/0/0', vs: c.NULL }),
        flags: ['Null'],
        spec: ['core-1.2.2 7.5.7 MUST'],
        error: refuse('bad-type'),
      });
      v.acceptable('same-name-twice', 'one name with two values', {
        payload: pack({ ...N, ...ONE }, { ...N, v: c.int(6) }),
        flags: ['DuplicateName'],
        spec: ['core-1.2.2 7.5.7 inferred'],
        outcomes: [
          reject(refuse('duplicate'), 'one resource has one value'),
          accept([integer('/3/0/9', 5), integer('/3/0/9', 6)], 'as written'),
          accept([integer('/3/0/9', 6)], 'the last one counts'),
        ],
      });
      v.acceptable('same-name-twice-equal', 'one name with one value, twice', {
        payload: pack({ ...N, ...ONE }, { ...N, ...ONE }),
        flags: ['DuplicateName'],
        spec: ['core-1.2.2 7.5.7 inferred'],
        outcomes: [
          reject(refuse('duplicate'), 'one resource has one value'),
          accept([integer('/3/0/9', 5), integer('/3/0/9', 5)], 'as written'),
          accept(BATTERY, 'once'),
        ],
      });
    },
  );
}

/** @param {import('../cbor.mjs').Group} group */
function bases(group) {
  group('version', 'Base version', { context: DEVICE, flags: ['Version'], spec: ['rfc8428 4.1 MUST'] }, (v) => {
    v.valid('bver-10', 'version 10, the one there is', { payload: pack({ bver: 10, ...N, ...ONE }), nodes: BATTERY });
    v.valid('bver-10-both', 'version 10 in both records', {
      payload: pack({ bver: 10, ...N, ...ONE }, { bver: 10, n: '/3/0/10', v: c.int(15) }),
      nodes: [...BATTERY, integer('/3/0/10', 15)],
    });
    v.invalid('bver-11', 'version 11', {
      payload: pack({ bver: 11, ...N, ...ONE }),
      error: refuse('unsupported', 'bad-value'),
    });
    v.invalid('bver-11-later', 'version 11 in the second record', {
      payload: pack({ ...N, ...ONE }, { bver: 11, n: '/3/0/10', v: c.int(15) }),
      error: refuse('unsupported', 'bad-value', 'bad-structure'),
    });
    v.invalid('bver-text', 'a version as text', {
      payload: pack({ bver: { raw: c.text('10') }, ...N, ...ONE }),
      error: refuse('bad-type', 'unsupported'),
    });
    v.acceptable('bver-float', 'a version as a float', {
      payload: pack({ bver: { raw: c.half(10) }, ...N, ...ONE }),
      spec: ['rfc8428 6 inferred'],
      outcomes: [
        reject(refuse('bad-type', 'unsupported'), 'only an unsigned integer is allowed'),
        accept(BATTERY, 'the same number'),
      ],
    });
    v.acceptable('bver-5', 'a lower version', {
      payload: pack({ bver: 5, ...N, ...ONE }),
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
    { context: DEVICE, flags: ['BaseValue'], spec: ['rfc8428 4.1 inferred', 'core-1.2.2 7.5.7 inferred'] },
    (v) => {
      const out = reject(refuse('unsupported', 'unknown-label', 'bad-structure', 'bad-type'), 'LwM2M does not use it');
      v.acceptable('bv-and-v', 'base value 5 and value 1 are 6', {
        payload: pack({ bv: 5, ...N, v: c.int(1) }),
        outcomes: [accept([integer('/3/0/9', 6)], 'the sum, RFC 8428 §4.1'), out],
      });
      v.acceptable('bv-second-record', 'base value 10 for the second record too', {
        payload: pack({ bv: 10, n: '/3/0/9', v: c.int(1) }, { n: '/3/0/10', v: c.int(2) }),
        outcomes: [accept([integer('/3/0/9', 11), integer('/3/0/10', 12)], 'the sums'), out],
      });
      v.acceptable('bv-alone', 'base value without value', {
        payload: pack({ bv: 5, ...N }),
        outcomes: [accept(BATTERY, 'a base value alone is the value'), out],
      });
      v.acceptable('bv-minus', 'base value -5', {
        payload: pack({ bv: -5, ...N, v: c.int(1) }),
        outcomes: [accept([integer('/3/0/9', -4)], 'the sum'), out],
      });
      v.acceptable('bv-0', 'base value 0', {
        payload: pack({ bv: 0, ...N, ...ONE }),
        outcomes: [accept(BATTERY, 'changes nothing'), out],
      });
      v.acceptable('sum', 'a sum beside the value', {
        payload: pack({ ...N, ...ONE, s: { raw: c.int(7) } }),
        outcomes: [accept(BATTERY, 'the sum is another matter'), out],
      });
      v.acceptable('unit', 'a unit', {
        payload: pack({ ...N, ...ONE, u: '%EL' }),
        outcomes: [accept(BATTERY, 'units change no value'), out],
      });
      v.acceptable('base-unit', 'a base unit', {
        payload: pack({ bu: '%EL', ...N, ...ONE }),
        outcomes: [accept(BATTERY, 'units change no value'), out],
      });
      v.acceptable('update-time', 'an update time', {
        payload: pack({ ...N, ...ONE, ut: { raw: c.int(60) } }),
        outcomes: [accept(BATTERY, 'says nothing about the value'), out],
      });
      v.acceptable('sum-alone', 'a sum without value', {
        payload: pack({ ...N, s: { raw: c.int(7) } }),
        outcomes: [out, accept([], 'no value')],
      });
    },
  );
}

/** @param {import('../cbor.mjs').Group} group */
function times(group) {
  const context = { model: 'temp', path: TEMPERATURE, operation: 'notify', role: 'server', enabler: ['1.1', '1.2'] };
  const sample = (/** @type {number} */ value, /** @type {string} */ seconds) => at(float(TEMPERATURE, value), seconds);
  const value = (/** @type {number} */ number) => ({ v: c.floatForms(number)[0] ?? '' });
  group(
    'time',
    'Base time and time',
    { context, flags: ['Time'], spec: ['rfc8428 4.5.3 MUST', 'core-1.2.2 7.5.7 MUST'] },
    (v) => {
      v.valid('bt-alone', 'base time 1700000000', {
        payload: pack({ bn: TEMPERATURE, bt: 1700000000, ...value(21.5) }),
        nodes: [sample(21.5, '1700000000')],
      });
      v.valid('t-alone', 'time 1700000000', {
        payload: pack({ n: TEMPERATURE, ...value(21.5), t: 1700000000 }),
        nodes: [sample(21.5, '1700000000')],
      });
      v.valid('t-relative', 'time -5: five seconds ago', {
        payload: pack({ n: TEMPERATURE, ...value(21.5), t: -5 }),
        nodes: [sample(21.5, '-5')],
      });
      v.valid('bt-and-t', 'base time and time', {
        payload: pack({ bn: TEMPERATURE, bt: 1700000000, t: 60, ...value(21.5) }),
        nodes: [sample(21.5, '1700000060')],
      });
      v.valid('bt-crosses-2p28', 'base time 268435455 and time 1 are absolute together', {
        payload: pack({ bn: TEMPERATURE, bt: 268435455, t: 1, ...value(21.5) }),
        nodes: [sample(21.5, '268435456')],
      });
      v.valid('bt-float', 'base time 1700000000.25', {
        payload: pack({ bn: TEMPERATURE, bt: { raw: c.double(1700000000.25) }, ...value(21.5) }),
        nodes: [sample(21.5, '1700000000.25')],
      });
      v.valid('bt-float-and-t', 'half a second earlier', {
        payload: pack({
          bn: TEMPERATURE,
          bt: { raw: c.double(1700000000.25) },
          t: { raw: c.half(-0.5) },
          ...value(21.5),
        }),
        nodes: [sample(21.5, '1699999999.75')],
      });
      v.valid('bt-decimal', 'base time as decimal fraction 17000000005e-1', {
        payload: pack({ bn: TEMPERATURE, bt: { raw: c.decimalFraction(-1, '17000000005') }, ...value(21.5) }),
        nodes: [sample(21.5, '1700000000.5')],
        flags: ['Time', 'DecimalFraction'],
      });
      v.valid('bt-replaced', 'a second base time', {
        payload: pack({ bn: TEMPERATURE, bt: 1700000000, ...value(21.5) }, { bt: 1700000100, t: 1, ...value(22) }),
        nodes: [sample(21.5, '1700000000'), sample(22, '1700000101')],
        flags: ['Time', 'TimeSeries'],
      });
      v.valid('t-not-inherited', 'a time counts for its record alone', {
        payload: pack({ bn: TEMPERATURE, bt: 1700000000, t: 10, ...value(21.5) }, { ...value(22) }),
        nodes: [sample(21.5, '1700000010'), sample(22, '1700000000')],
        flags: ['Time', 'TimeSeries'],
      });
      v.invalid('bt-text', 'base time as text', {
        payload: pack({ bn: TEMPERATURE, bt: { raw: c.text('1700000000') }, ...value(21.5) }),
        error: refuse('bad-type'),
      });
      v.invalid('t-text', 'time as text', {
        payload: pack({ n: TEMPERATURE, t: { raw: c.text('5') }, ...value(21.5) }),
        error: refuse('bad-type'),
      });
      v.invalid('t-boolean', 'time as boolean', {
        payload: pack({ n: TEMPERATURE, t: { raw: c.TRUE }, ...value(21.5) }),
        error: refuse('bad-type'),
      });
    },
  );
  group(
    'time-series',
    'Several values of one resource',
    { context, flags: ['TimeSeries'], spec: ['rfc8428 4.5.3 MUST', 'core-1.2.2 7.5.7 MUST'] },
    (v) => {
      v.valid('series-three', 'newest first, a minute apart', {
        payload: pack(
          { bn: TEMPERATURE, bt: 1700000000, ...value(22.5) },
          { t: -60, ...value(22.25) },
          { t: -120, ...value(21.9) },
        ),
        nodes: [sample(22.5, '1700000000'), sample(22.25, '1699999940'), sample(21.9, '1699999880')],
        encode: 'semantic',
      });
      v.valid('series-oldest-first', 'oldest first', {
        payload: pack({ bn: TEMPERATURE, bt: 1700000000, v: c.double(21.5) }, { t: 10, v: c.double(21.75) }),
        nodes: [sample(21.5, '1700000000'), sample(21.75, '1700000010')],
      });
      v.valid('series-two-resources', 'two resources at two times', {
        context: { path: '/3303/0' },
        payload: pack(
          { bn: '/3303/0/', bt: 1700000000, n: '5700', ...value(22.5) },
          { n: '5601', ...value(20) },
          { n: '5700', t: -60, ...value(22.25) },
          { n: '5601', t: -60, ...value(20) },
        ),
        nodes: [
          sample(22.5, '1700000000'),
          at(float('/3303/0/5601', 20), '1700000000'),
          sample(22.25, '1699999940'),
          at(float('/3303/0/5601', 20), '1699999940'),
        ],
      });
      v.valid('series-same-value', 'one value at two times', {
        payload: pack({ bn: TEMPERATURE, bt: 1700000000, ...value(21.5) }, { t: 60, ...value(21.5) }),
        nodes: [sample(21.5, '1700000000'), sample(21.5, '1700000060')],
      });
      v.valid('series-integer', 'battery levels', {
        context: { model: 'device', path: '/3/0/9' },
        payload: pack({ bn: '/3/0/9', bt: 1700000000, t: 0, v: c.int(85) }, { t: 60, v: c.int(84) }),
        nodes: [at(integer('/3/0/9', 85), '1700000000'), at(integer('/3/0/9', 84), '1700000060')],
      });
      const twenty = Array.from({ length: 20 }, (_, i) => i);
      v.valid('series-twenty', 'twenty samples', {
        payload: c.array(
          ...twenty.map((i) =>
            record(i ? { t: -i, ...value(20 + i / 4) } : { bn: TEMPERATURE, bt: 1700000000, ...value(20) }),
          ),
        ),
        nodes: twenty.map((i) => sample(20 + i / 4, String(1700000000 - i))),
      });
      v.acceptable('series-same-time', 'two values at one time', {
        payload: pack({ bn: TEMPERATURE, bt: 1700000000, ...value(21.5) }, { ...value(22) }),
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
  bases(group);
  times(group);
}
