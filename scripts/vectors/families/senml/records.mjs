/** Values, versions, base values and times of records: of SenML in either format. */
import { accept, reject } from '../../lib/family.mjs';
import { at, float, integer } from '../../lib/values.mjs';
import { refuse } from '../text/common.mjs';
import { DEVICE, ONE } from './form.mjs';

/**
 * @typedef {import('../text/common.mjs').Group} Group
 * @typedef {import('./form.mjs').Form} Form
 * @typedef {import('./form.mjs').More} More
 */

export const BATTERY = [integer('/3/0/9', 5)];
export const N = { n: '/3/0/9' };
export const TEMPERATURE = '/3303/0/5700';
export const B = { bn: TEMPERATURE };
/** @param {number} value @param {string} seconds */
export const sample = (value, seconds) => at(float(TEMPERATURE, value), seconds);

/** @param {Group} group @param {Form} form @param {More} more */
export function valueCount(group, { section, body, text, data, yes }, more) {
  group(
    'value-count',
    'Two values, or none',
    { context: DEVICE, flags: ['ValueCount'], spec: ['rfc8428 4.3 MUST', `core-1.2.2 ${section} MUST`] },
    (v) => {
      for (const [name, fields] of /** @type {[string, Record<string, any>][]} */ ([
        ['v-vs', { ...ONE, vs: text('a') }],
        ['v-vb', { ...ONE, vb: yes }],
        ['vs-vd', { vs: text('a'), vd: data('01') }],
        ['v-vlo', { ...ONE, vlo: text('3:0') }],
      ]))
        v.invalid(`two-values-${name}`, name.replace('-', ' and '), {
          ...body({ ...N, ...fields }),
          error: refuse('bad-structure', 'bad-type', 'duplicate'),
        });
      v.invalid('no-value', 'a name alone', { ...body(N), error: refuse('bad-structure') });
      v.invalid('no-value-second', 'a name alone beside a value', {
        ...body({ ...N, ...ONE }, { n: '/3/0/10' }),
        error: refuse('bad-structure'),
      });
      v.invalid('empty-record', 'an empty record', { ...body({}), error: refuse('bad-structure', 'bad-path') });
      const twice = { flags: ['DuplicateName'], spec: [`core-1.2.2 ${section} inferred`] };
      v.acceptable('same-name-twice', 'one name with two values', {
        ...body({ ...N, ...ONE }, { ...N, v: 6 }),
        ...twice,
        outcomes: [
          reject(refuse('duplicate'), 'one resource has one value'),
          accept([integer('/3/0/9', 5), integer('/3/0/9', 6)], 'as written'),
          accept([integer('/3/0/9', 6)], 'the last one counts'),
        ],
      });
      v.acceptable('same-name-twice-equal', 'one name with one value, twice', {
        ...body({ ...N, ...ONE }, { ...N, ...ONE }),
        ...twice,
        outcomes: [
          reject(refuse('duplicate'), 'one resource has one value'),
          accept([integer('/3/0/9', 5), integer('/3/0/9', 5)], 'as written'),
          accept(BATTERY, 'once'),
        ],
      });
      more(v);
    },
  );
}

/** @param {Group} group @param {Form} form @param {More} more */
export function versions(group, { body, text }, more) {
  group('version', 'Base version', { context: DEVICE, flags: ['Version'], spec: ['rfc8428 4.1 MUST'] }, (v) => {
    v.valid('bver-10', 'version 10, the one there is', { ...body({ bver: 10, ...N, ...ONE }), nodes: BATTERY });
    v.valid('bver-10-both', 'version 10 in both records', {
      ...body({ bver: 10, ...N, ...ONE }, { bver: 10, n: '/3/0/10', v: 15 }),
      nodes: [...BATTERY, integer('/3/0/10', 15)],
    });
    v.invalid('bver-11', 'version 11', {
      ...body({ bver: 11, ...N, ...ONE }),
      error: refuse('unsupported', 'bad-value'),
    });
    v.invalid('bver-11-later', 'version 11 in the second record', {
      ...body({ ...N, ...ONE }, { bver: 11, n: '/3/0/10', v: 15 }),
      error: refuse('unsupported', 'bad-value', 'bad-structure'),
    });
    v.invalid('bver-text', 'a version as text', {
      ...body({ bver: text('10'), ...N, ...ONE }),
      error: refuse('bad-type', 'unsupported'),
    });
    v.acceptable('bver-5', 'a lower version', {
      ...body({ bver: 5, ...N, ...ONE }),
      spec: ['rfc8428 4.4 inferred'],
      outcomes: [
        accept(BATTERY, 'lower versions may be read'),
        reject(refuse('unsupported', 'bad-value'), 'there is none'),
      ],
    });
    for (const [name, bver] of /** @type {[string, number][]} */ ([
      ['0', 0],
      ['minus-1', -1],
    ]))
      v.acceptable(`bver-${name}`, `version ${bver}`, {
        ...body({ bver, ...N, ...ONE }),
        spec: ['rfc8428 4.1 inferred'],
        outcomes: [
          reject(refuse('bad-value', 'unsupported', 'bad-type'), 'a version is a positive integer'),
          accept(BATTERY, 'what must be refused are versions above 10'),
        ],
      });
    const both = [...BATTERY, integer('/3/0/10', 15)];
    for (const [name, comment, first] of /** @type {[string, string, import('./form.mjs').Fields][]} */ ([
      ['mixed', 'version 10, then 9', { bver: 10 }],
      ['mixed-default', 'no version, which is 10, then 9', {}],
    ]))
      v.acceptable(`bver-${name}`, comment, {
        ...body({ ...first, ...N, ...ONE }, { bver: 9, n: '/3/0/10', v: 15 }),
        spec: ['rfc8428 4.4 MUST'],
        outcomes: [
          reject(refuse('bad-value', 'unsupported', 'bad-structure'), 'all records of a pack have one version'),
          accept(both, 'no reader is told to compare them'),
        ],
      });
    more(v);
  });
}

/** @param {Group} group @param {Form} form @param {More} more */
export function baseValues(group, { section, body }, more) {
  group(
    'base-values',
    'Legal SenML that LwM2M does not use',
    { context: DEVICE, flags: ['BaseValue'], spec: ['rfc8428 4.1 inferred', `core-1.2.2 ${section} inferred`] },
    (v) => {
      const out = reject(refuse('unsupported', 'unknown-label', 'bad-structure', 'bad-type'), 'LwM2M does not use it');
      v.acceptable('bv-and-v', 'base value 5 and value 1 are 6', {
        ...body({ bv: 5, ...N, v: 1 }),
        outcomes: [accept([integer('/3/0/9', 6)], 'the sum, RFC 8428 §4.1'), out],
      });
      v.acceptable('bv-second-record', 'base value 10 for the second record too', {
        ...body({ bv: 10, n: '/3/0/9', v: 1 }, { n: '/3/0/10', v: 2 }),
        outcomes: [accept([integer('/3/0/9', 11), integer('/3/0/10', 12)], 'the sums'), out],
      });
      v.acceptable('bv-alone', 'base value without value', {
        ...body({ bv: 5, ...N }),
        outcomes: [accept(BATTERY, 'a base value alone is the value'), out],
      });
      v.acceptable('bv-minus', 'base value -5', {
        ...body({ bv: -5, ...N, v: 1 }),
        outcomes: [accept([integer('/3/0/9', -4)], 'the sum'), out],
      });
      v.acceptable('bv-0', 'base value 0', {
        ...body({ bv: 0, ...N, ...ONE }),
        outcomes: [accept(BATTERY, 'changes nothing'), out],
      });
      v.acceptable('sum', 'a sum beside the value', {
        ...body({ ...N, ...ONE, s: 7 }),
        outcomes: [accept(BATTERY, 'the sum is another matter'), out],
      });
      v.acceptable('unit', 'a unit', {
        ...body({ ...N, ...ONE, u: '%EL' }),
        outcomes: [accept(BATTERY, 'units change no value'), out],
      });
      v.acceptable('base-unit', 'a base unit', {
        ...body({ bu: '%EL', ...N, ...ONE }),
        outcomes: [accept(BATTERY, 'units change no value'), out],
      });
      v.acceptable('update-time', 'an update time', {
        ...body({ ...N, ...ONE, ut: 60 }),
        outcomes: [accept(BATTERY, 'says nothing about the value'), out],
      });
      v.acceptable('sum-alone', 'a sum without value', {
        ...body({ ...N, s: 7 }),
        outcomes: [out, accept([], 'no value')],
      });
      more(v, out);
    },
  );
}

const NOTIFIED = { model: 'temp', path: TEMPERATURE, operation: 'notify', role: 'server', enabler: ['1.1', '1.2'] };

/** @param {Group} group @param {Form} form @param {More} more */
export function times(group, { section, body, text, yes, float: value }, more) {
  group(
    'time',
    'Base time and time',
    { context: NOTIFIED, flags: ['Time'], spec: ['rfc8428 4.5.3 MUST', `core-1.2.2 ${section} MUST`] },
    (v) => {
      const warm = { v: value(21.5) };
      v.valid('t-alone', 'time 1700000000', {
        ...body({ n: TEMPERATURE, ...warm, t: 1700000000 }),
        nodes: [sample(21.5, '1700000000')],
      });
      v.valid('t-relative', 'time -5: five seconds ago', {
        ...body({ n: TEMPERATURE, ...warm, t: -5 }),
        nodes: [sample(21.5, '-5')],
      });
      v.valid('bt-and-t', 'base time and time', {
        ...body({ ...B, bt: 1700000000, t: 60, ...warm }),
        nodes: [sample(21.5, '1700000060')],
      });
      v.valid('bt-crosses-2p28', 'base time 268435455 and time 1 are absolute together', {
        ...body({ ...B, bt: 268435455, t: 1, ...warm }),
        nodes: [sample(21.5, '268435456')],
      });
      const series = { flags: ['Time', 'TimeSeries'] };
      v.valid('bt-replaced', 'a second base time', {
        ...body({ ...B, bt: 1700000000, ...warm }, { bt: 1700000100, t: 1, v: value(22) }),
        nodes: [sample(21.5, '1700000000'), sample(22, '1700000101')],
        ...series,
      });
      v.valid('t-not-inherited', 'a time counts for its record alone', {
        ...body({ ...B, bt: 1700000000, t: 10, ...warm }, { v: value(22) }),
        nodes: [sample(21.5, '1700000010'), sample(22, '1700000000')],
        ...series,
      });
      v.invalid('bt-text', 'base time as text', {
        ...body({ ...B, bt: text('1700000000'), ...warm }),
        error: refuse('bad-type'),
      });
      v.invalid('t-text', 'time as text', {
        ...body({ n: TEMPERATURE, t: text('5'), ...warm }),
        error: refuse('bad-type'),
      });
      v.invalid('t-boolean', 'time as boolean', {
        ...body({ n: TEMPERATURE, t: yes, ...warm }),
        error: refuse('bad-type'),
      });
      more(v);
    },
  );
}

/** @param {Group} group @param {Form} form @param {More} more */
export function timeSeries(group, { section, body, float: value, double }, more) {
  group(
    'time-series',
    'Several values of one resource',
    { context: NOTIFIED, flags: ['TimeSeries'], spec: ['rfc8428 4.5.3 MUST', `core-1.2.2 ${section} MUST`] },
    (v) => {
      v.valid('series-three', 'newest first, a minute apart', {
        ...body(
          { ...B, bt: 1700000000, v: value(22.5) },
          { t: -60, v: value(22.25) },
          { t: -120, v: value(21.9) },
        ),
        nodes: [sample(22.5, '1700000000'), sample(22.25, '1699999940'), sample(21.9, '1699999880')],
        encode: 'semantic',
      });
      v.valid('series-oldest-first', 'oldest first', {
        ...body({ ...B, bt: 1700000000, v: double(21.5) }, { t: 10, v: double(21.75) }),
        nodes: [sample(21.5, '1700000000'), sample(21.75, '1700000010')],
      });
      v.valid('series-two-resources', 'two resources at two times', {
        context: { path: '/3303/0' },
        ...body(
          { bn: '/3303/0/', bt: 1700000000, n: '5700', v: value(22.5) },
          { n: '5601', v: value(20) },
          { n: '5700', t: -60, v: value(22.25) },
          { n: '5601', t: -60, v: value(20) },
        ),
        nodes: [
          sample(22.5, '1700000000'),
          at(float('/3303/0/5601', 20), '1700000000'),
          sample(22.25, '1699999940'),
          at(float('/3303/0/5601', 20), '1699999940'),
        ],
      });
      v.valid('series-same-value', 'one value at two times', {
        ...body({ ...B, bt: 1700000000, v: value(21.5) }, { t: 60, v: value(21.5) }),
        nodes: [sample(21.5, '1700000000'), sample(21.5, '1700000060')],
      });
      v.valid('series-integer', 'battery levels', {
        context: { model: 'device', path: '/3/0/9' },
        ...body({ bn: '/3/0/9', bt: 1700000000, t: 0, v: 85 }, { t: 60, v: 84 }),
        nodes: [at(integer('/3/0/9', 85), '1700000000'), at(integer('/3/0/9', 84), '1700000060')],
      });
      const twenty = Array.from({ length: 20 }, (_, i) => i);
      v.valid('series-twenty', 'twenty samples', {
        ...body(
          ...twenty.map((i) => ({ ...(i ? { t: -i } : { ...B, bt: 1700000000 }), v: value(20 + i / 4) })),
        ),
        nodes: twenty.map((i) => sample(20 + i / 4, String(1700000000 - i))),
      });
      v.acceptable('series-same-time', 'two values at one time', {
        ...body({ ...B, bt: 1700000000, v: value(21.5) }, { v: value(22) }),
        flags: ['DuplicateName', 'TimeSeries'],
        spec: ['rfc8428 4.5.3 inferred'],
        outcomes: [
          reject(refuse('duplicate'), 'one moment has one value'),
          accept([sample(21.5, '1700000000'), sample(22, '1700000000')], 'as written'),
          accept([sample(22, '1700000000')], 'the last one counts'),
        ],
      });
      more(v);
    },
  );
}
