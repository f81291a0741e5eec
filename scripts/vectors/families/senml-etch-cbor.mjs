import { accept, family, reject } from '../lib/family.mjs';
import { boolean, float, integer, objlnk, opaque, paths, string, time, unsigned } from '../lib/values.mjs';
import * as c from '../emit/cbor.mjs';
import * as emit from '../emit/senml-cbor.mjs';
import { ILL_FORMED } from './cbor/items.mjs';
import { fetch, patch, PATCH } from './senml-etch/bodies.mjs';
import { refuse } from './text/common.mjs';

/** @typedef {(id: string, description: string, defaults: import('../lib/family.mjs').GroupDefaults, write: (v: any) => void) => void} Group */

const { pack, pairs, record } = emit;
const VALUE = { v: c.int(5) };

/** @type {import('./senml-etch/bodies.mjs').Form} */
const FORM = {
  section: '7.5.7',
  body: (...records) => ({ payload: pack(...records) }),
  emit,
  nil: c.NULL,
  wrongLabel: [],
  mustUnderstand: [],
  unknown: 1,
  values: [
    ['', integer('/3442/0/120', -300)],
    ['', unsigned('/3442/0/125', '18446744073709551615')],
    ['', float('/3442/0/130', 21.5)],
    ['-64', float('/3442/0/130', 21.3)],
    ['', boolean('/3442/0/140', false)],
    ['', string('/3442/0/110', 'é')],
    ['', opaque('/3442/0/150', 'deadbeef')],
    ['', time('/3442/0/160', 1700000000)],
    ['', objlnk('/3442/0/170', '3:0')],
  ],
  moreFetch(v) {
    v.valid('fetch-base-only', 'a base name alone', { payload: pack({ bn: '/3/0' }), decoded: paths('/3/0') });
    v.valid('fetch-key-order', 'name before base name', {
      payload: c.array(c.map(...pairs({ n: '9', bn: '/3/0/' }))),
      decoded: paths('/3/0/9'),
    });
  },
  morePatch(v) {
    v.invalid('patch-undefined', 'undefined instead of null', {
      payload: pack({ n: '/2/0/2/127', v: c.UNDEFINED }),
      flags: ['Delete'],
      spec: ['rfc8790 3.2 MUST'],
      error: refuse('bad-type'),
    });
    v.invalid('patch-null-text-label', 'null under a text label v', {
      payload: c.array(c.map(...pairs({ n: '/2/0/2/127' }), [c.text('v'), c.NULL])),
      flags: ['Delete'],
      spec: ['rfc8428 6 MUST'],
      error: refuse('unknown-label', 'bad-structure'),
    });
  },
};

/** @param {Group} group */
function malformed(group) {
  group(
    'plain',
    'Null outside ETCH',
    { context: { ...PATCH, contentFormat: 112 }, flags: ['PlainNull'], spec: ['core-1.2.2 7.5.7 MUST'] },
    (v) => {
      v.invalid('null-in-112', 'the deletion in plain SenML CBOR', {
        payload: pack({ n: '/2/0/2/127', v: c.NULL }),
        error: refuse('bad-type'),
      });
    },
  );
  group('forms', 'Indefinite lengths', { context: PATCH, flags: ['Indefinite'], spec: ['rfc8428 6 inferred'] }, (v) => {
    const fields = { n: '/1/0/1', v: c.int(600) };
    const outcomes = [
      accept([integer('/1/0/1', 600)], 'well-formed'),
      reject(
        refuse('unsupported', 'not-well-formed', 'bad-structure'),
        'a definite length is asked for outside of streams',
      ),
    ];
    v.acceptable('indefinite-array', 'array of indefinite length', {
      payload: c.arrayIndefinite(record(fields)),
      outcomes,
    });
    v.acceptable('indefinite-record', 'record of indefinite length', {
      payload: c.array(c.mapIndefinite(...pairs(fields))),
      outcomes,
    });
    v.acceptable('indefinite-both', 'both', {
      payload: c.arrayIndefinite(c.mapIndefinite(...pairs(fields))),
      outcomes,
    });
  });
  group(
    'malformed',
    'No pack',
    { context: PATCH, flags: ['Malformed'], spec: ['rfc8428 6 MUST', 'rfc8949 3 MUST'] },
    (v) => {
      const good = record({ n: '/1/0/1', v: c.int(600) });
      for (const [name, payload] of [
        ['map', good],
        ['null', 'f6'],
        ['integer', '05'],
        ['text', c.text('a')],
        ['record-integer', '8105'],
        ['record-null', '81f6'],
      ])
        v.invalid(`root-${name}`, (name ?? '').replace('-', ' '), {
          payload: payload ?? '',
          error: refuse('bad-structure', 'bad-type', 'not-well-formed'),
        });
      v.invalid('empty-payload', 'no byte', { payload: '', error: refuse('truncated', 'bad-structure') });
      v.invalid('trailing', 'a byte after the array', {
        payload: `${c.array(good)}00`,
        error: refuse('trailing-data', 'not-well-formed'),
      });
      v.invalid('trailing-second', 'a second array', {
        payload: `${c.array(good)}${c.array(good)}`,
        error: refuse('trailing-data', 'not-well-formed'),
      });
      const whole = c.array(good);
      for (const length of [1, 2, 4, 8, whole.length / 2 - 1])
        v.invalid(`prefix-${length}`, `the first ${length} of ${whole.length / 2} bytes`, {
          payload: whole.slice(0, 2 * length),
          error: refuse('truncated', 'not-well-formed', 'bad-structure'),
        });
      v.invalid('huge-count', 'an array of 2^64-1 records', {
        payload: '9bffffffffffffffff',
        error: refuse('truncated', 'not-well-formed', 'bad-structure'),
      });
      for (const { name, comment, item, error } of ILL_FORMED.filter(({ name }) =>
        ['info-28', 'indefinite-integer', 'break-alone', 'mixed-chunks-text', 'simple-short'].includes(name),
      ))
        v.invalid(`value-${name}`, comment, {
          payload: pack({ n: '/1/0/1', v: item }),
          error: {
            ...error,
            alsoAccept: [...new Set([...(error.alsoAccept ?? []), 'bad-type', 'truncated', 'bad-structure'])],
            coapCode: ['4.00'],
          },
        });
      v.invalid('duplicate-label', 'label 2 twice', {
        payload: c.array(c.map(...pairs({ n: '/1/0/1' }), ['02', '05'], ['02', '06'])),
        error: refuse('duplicate', 'bad-structure', 'not-well-formed'),
      });
      v.invalid('bad-utf8-name', 'a name that is no UTF-8', {
        payload: pack({ n: { raw: '62c328' }, ...VALUE }),
        error: refuse('invalid-utf8', 'bad-path'),
      });
    },
  );
}

export default family(
  {
    format: 'senml-etch-cbor',
    contentFormat: 322,
    header: [
      'SenML-ETCH CBOR, the bodies of FETCH and iPATCH: RFC 8790, Core 1.2.2 §7.5.6, §6.3.8, §6.3.9.',
      'In a decoded iPATCH a node of type none stands for null, the deletion of a resource instance; RFC 8790 answers a bad pack with 4.22, LwM2M with 4.00.',
    ],
    flags: {
      Fetch: { kind: 'version', description: 'names without values' },
      Patch: { kind: 'version', description: 'values and deletions' },
      Delete: { kind: 'edge', description: 'null under label 2 deletes' },
      DeleteLevel: { kind: 'ambiguous-spec', description: 'null for what is no resource instance' },
      PatchOrder: { kind: 'ambiguous-spec', description: 'one name in two records: their order decides' },
      PlainNull: { kind: 'version', description: 'null in plain SenML' },
      UselessLabel: { kind: 'ambiguous-spec', description: 'labels without use in these bodies' },
      MustUnderstand: { kind: 'malformed', description: 'a label that ends in an underscore must be understood' },
      Version: { kind: 'version', description: 'base version' },
      BadPath: { kind: 'path', description: 'a resolved name that is no path' },
      Indefinite: { kind: 'ambiguous-spec', description: 'items of indefinite length' },
      Malformed: { kind: 'malformed', description: 'no CBOR, or no array of maps' },
    },
    models: ['core', 'test'],
  },
  ({ group }) => {
    fetch(group, FORM);
    patch(group, FORM);
    malformed(group);
  },
);
