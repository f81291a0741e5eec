import { accept, family, reject } from '../lib/family.mjs';
import {
  boolean,
  float,
  integer,
  none,
  objlnk,
  opaque,
  orderedNodes,
  paths,
  string,
  time,
  unsigned,
} from '../lib/values.mjs';
import * as c from '../emit/cbor.mjs';
import { inBase, inName, pack, pairs, record, split, underBase } from '../emit/senml-cbor.mjs';
import { SEVERAL } from '../lib/shared.mjs';
import { ILL_FORMED } from './cbor/items.mjs';
import { refuse } from './senml-cbor/values.mjs';

/** @typedef {(id: string, description: string, defaults: import('../lib/family.mjs').GroupDefaults, write: (v: any) => void) => void} Group */

const FETCH = { model: 'core', path: '/', operation: 'read-composite', role: 'client', enabler: ['1.2'] };
const PATCH = { model: 'core', path: '/', operation: 'write-composite', role: 'client', enabler: ['1.2'] };
const VALUE = { v: c.int(5) };

/** @param {Group} group */
function fetch(group) {
  group(
    'fetch',
    'FETCH: names without values',
    { context: FETCH, flags: ['Fetch'], spec: ['rfc8790 3.1 MUST', 'core-1.2.2 6.3.8 MUST'] },
    (v) => {
      for (const path of ['/', '/3', '/3/0', '/3/0/9', '/3/0/6/1'])
        v.valid(`fetch-one-${path.split('/').filter(Boolean).join('-') || 'root'}`, path, {
          payload: pack({ n: path }),
          decoded: paths(path),
          encode: 'semantic',
        });
      v.valid('fetch-three', 'three resources', {
        payload: pack({ n: '/3/0/0' }, { n: '/3/0/9' }, { n: '/1/0/1' }),
        decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
        encode: 'semantic',
      });
      v.valid('fetch-base-name', 'with a base name', {
        payload: pack({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' }),
        decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
      });
      v.valid('fetch-base-only', 'a base name alone', { payload: pack({ bn: '/3/0' }), decoded: paths('/3/0') });
      v.valid('fetch-observe', 'Observe-Composite', {
        context: { operation: 'observe-composite' },
        payload: pack({ n: '/3/0/9' }, { n: '/3/0/13' }),
        decoded: paths('/3/0/9', '/3/0/13'),
        encode: 'semantic',
      });
      v.valid('fetch-unknown-label', 'an unknown label', {
        payload: pack({ n: '/3/0/9', x: '01' }),
        decoded: paths('/3/0/9'),
      });
      v.valid('fetch-key-order', 'name before base name', {
        payload: c.array(c.map(...pairs({ n: '9', bn: '/3/0/' }))),
        decoded: paths('/3/0/9'),
      });
      v.valid('fetch-unknown-object', 'an object that the client lacks: the answer leaves it out', {
        payload: pack({ n: '/3/0/9' }, { n: '/9999/0' }),
        decoded: paths('/3/0/9', '/9999/0'),
      });
      for (const [name, field] of /** @type {[string, Record<string, string>][]} */ ([
        ['v', VALUE],
        ['vs', { vs: c.text('a') }],
        ['vb', { vb: c.TRUE }],
        ['vd', { vd: '4101' }],
        ['vlo', { vlo: c.text('3:0') }],
        ['null', { v: c.NULL }],
      ]))
        v.invalid(`fetch-with-${name}`, `a record with ${name}`, {
          payload: pack({ n: '/3/0/9', ...field }),
          error: refuse('bad-structure', 'unknown-label'),
        });
      v.invalid('fetch-with-value-second', 'a value in the second record', {
        payload: pack({ n: '/3/0/0' }, { n: '/3/0/9', ...VALUE }),
        error: refuse('bad-structure'),
      });
      for (const [name, field] of /** @type {[string, Record<string, any>][]} */ ([
        ['s', { s: { raw: '05' } }],
        ['ut', { ut: { raw: '05' } }],
        ['bv', { bv: 5 }],
        ['bs', { bs: 5 }],
      ]))
        v.acceptable(`fetch-with-${name}`, `a record with ${name}`, {
          payload: pack({ n: '/3/0/9', ...field }),
          flags: ['UselessLabel'],
          spec: ['rfc8790 3.1 inferred'],
          outcomes: [
            reject(refuse('bad-structure', 'unknown-label', 'unsupported'), 'not among the fields of a Fetch record'),
            accept(paths('/3/0/9'), 'passed over'),
          ],
        });
      for (const [name, field] of /** @type {[string, Record<string, any>][]} */ ([
        ['t', { t: 5 }],
        ['bt', { bt: 5 }],
        ['u', { u: 'Cel' }],
        ['bu', { bu: 'Cel' }],
      ]))
        v.acceptable(`fetch-with-${name}`, `a record with ${name}: allowed in SenML, without use here`, {
          payload: pack({ n: '/3/0/9', ...field }),
          flags: ['UselessLabel'],
          spec: ['rfc8790 3.1 MAY'],
          outcomes: [
            accept(paths('/3/0/9'), 'passed over'),
            reject(refuse('bad-structure', 'unsupported', 'unknown-label'), 'no record has such a time or unit'),
          ],
        });
      v.invalid('fetch-no-name', 'neither name nor base name', {
        payload: '81a0',
        error: refuse('bad-structure', 'bad-path'),
      });
      v.invalid('fetch-must-understand', 'label x_', {
        payload: pack({ n: '/3/0/9', x_: '01' }),
        flags: ['MustUnderstand'],
        spec: ['rfc8428 4.4 MUST'],
        error: refuse('unknown-label'),
      });
      v.invalid('fetch-bver-11', 'version 11', {
        payload: pack({ bver: 11, n: '/3/0/9' }),
        flags: ['Version'],
        spec: ['rfc8428 4.1 MUST'],
        error: refuse('unsupported', 'bad-value'),
      });
      v.acceptable('fetch-empty', 'no record', {
        payload: '80',
        spec: ['rfc8790 3.1 inferred'],
        outcomes: [reject(refuse('bad-structure'), 'a request for nothing'), accept(paths(), 'nothing is asked for')],
      });
      v.acceptable('fetch-twice', 'one path twice', {
        payload: pack({ n: '/3/0/9' }, { n: '/3/0/9' }),
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0/9', '/3/0/9'), 'as written'),
          accept(paths('/3/0/9'), 'once'),
          reject(refuse('duplicate'), 'a path twice'),
        ],
      });
      v.acceptable('fetch-overlap', 'a path and one below it', {
        payload: pack({ n: '/3/0' }, { n: '/3/0/9' }),
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0', '/3/0/9'), 'each target is answered once'),
          reject(refuse('duplicate', 'bad-structure'), 'a path twice'),
        ],
      });
      for (const [name, path] of [
        ['five-ids', '/3/0/6/0/0'],
        ['no-slash', '3/0'],
        ['letters', '/device'],
        ['65536', '/3/65536'],
        ['double-slash', '/3//0'],
        ['trailing-slash', '/3/0/'],
      ])
        v.invalid(`fetch-bad-${name}`, `path ${JSON.stringify(path)}`, {
          payload: pack({ n: path ?? '' }),
          flags: ['BadPath'],
          spec: ['core-1.2.2 7.5.7 MUST'],
          error: refuse('bad-path', 'out-of-range', 'too-deep'),
        });
    },
  );
}

/** @param {Group} group */
function patch(group) {
  group(
    'patch',
    'iPATCH: values and deletions',
    { context: PATCH, flags: ['Patch'], spec: ['rfc8790 3.2 MUST', 'core-1.2.2 6.3.9 MUST'] },
    (v) => {
      const test = { model: 'test' };
      for (const node of [
        integer('/3442/0/120', -300),
        unsigned('/3442/0/125', '18446744073709551615'),
        float('/3442/0/130', 21.5),
        float('/3442/0/130', 21.3),
        boolean('/3442/0/140', false),
        string('/3442/0/110', 'é'),
        opaque('/3442/0/150', 'deadbeef'),
        time('/3442/0/160', 1700000000),
        objlnk('/3442/0/170', '3:0'),
      ]) {
        const name = `${node.type}${node.value === '21.3' ? '-64' : ''}`;
        v.valid(`patch-value-${name}`, `a value of type ${node.type}`, {
          context: test,
          payload: pack(inName(node)),
          nodes: [node],
          encode: 'semantic',
          encodings: [
            { payload: pack(inBase(node)), why: 'full path in the base name' },
            { payload: pack(split(node)), why: 'base name then name' },
          ],
        });
      }
      const several = SEVERAL['server-1-0']?.nodes ?? [];
      v.valid('patch-server', 'a whole Server instance', {
        payload: pack(...underBase('/1/0/', several)),
        nodes: several,
        encode: 'semantic',
        equivalent: 'server-1-0',
      });
      v.valid('patch-two-objects', 'two objects', {
        payload: pack({ n: '/1/0/1', v: c.int(600) }, { n: '/3/0/14', vs: c.text('+02:00') }),
        nodes: [integer('/1/0/1', 600), string('/3/0/14', '+02:00')],
        encode: 'semantic',
      });
      v.valid('patch-delete', 'null deletes a resource instance', {
        payload: pack({ n: '/2/0/2/127', v: c.NULL }),
        nodes: [none('/2/0/2/127')],
        encode: 'semantic',
        flags: ['Delete'],
      });
      v.valid('patch-delete-missing', 'null for an instance that is not there changes nothing', {
        payload: pack({ n: '/2/0/2/999', v: c.NULL }),
        nodes: [none('/2/0/2/999')],
        flags: ['Delete'],
      });
      v.valid('patch-delete-and-set', 'one deleted, another set', {
        payload: pack({ bn: '/2/0/2/', n: '127', v: c.NULL }, { n: '310', v: c.int(7) }),
        decoded: orderedNodes(none('/2/0/2/127'), integer('/2/0/2/310', 7)),
        encode: 'semantic',
        flags: ['Delete'],
      });
      v.valid('patch-two-deletions', 'two deleted', {
        payload: pack({ bn: '/2/0/2/', n: '127', v: c.NULL }, { n: '310', v: c.NULL }),
        nodes: [none('/2/0/2/127'), none('/2/0/2/310')],
        flags: ['Delete'],
      });
      v.acceptable('patch-set-then-delete', 'one instance set, then deleted: it is gone', {
        payload: pack({ n: '/2/0/2/127', v: c.int(1) }, { n: '/2/0/2/127', v: c.NULL }),
        flags: ['Delete', 'PatchOrder'],
        spec: ['rfc8790 3.2 inferred'],
        outcomes: [
          accept(orderedNodes(integer('/2/0/2/127', 1), none('/2/0/2/127')), 'records count in their order'),
          reject(refuse('duplicate'), 'one name twice'),
        ],
      });
      v.acceptable('patch-delete-then-set', 'one instance deleted, then set: it is there', {
        payload: pack({ n: '/2/0/2/127', v: c.NULL }, { n: '/2/0/2/127', v: c.int(1) }),
        flags: ['Delete', 'PatchOrder'],
        spec: ['rfc8790 3.2 inferred'],
        outcomes: [
          accept(orderedNodes(none('/2/0/2/127'), integer('/2/0/2/127', 1)), 'records count in their order'),
          reject(refuse('duplicate'), 'one name twice'),
        ],
      });
      for (const path of ['/3/0/14', '/1/1', '/5'])
        v.acceptable(
          `patch-delete-level-${path.split('/').length - 1}`,
          `null for ${path}, which is no resource instance`,
          {
            payload: pack({ n: path, v: c.NULL }),
            flags: ['Delete', 'DeleteLevel'],
            spec: ['core-1.2.2 6.3.9 inferred'],
            outcomes: [
              reject(
                { class: 'bad-path', alsoAccept: ['bad-type', 'bad-structure'], coapCode: ['4.00', '4.05'] },
                'only resource instances are deleted so',
              ),
              accept([none(path)], 'left to the layer above, which answers 4.00 or 4.05'),
            ],
          },
        );
      for (const label of ['vs', 'vb', 'vd', 'vlo'])
        v.invalid(`patch-null-under-${label}`, `null under ${label}`, {
          payload: pack({ n: '/2/0/2/127', [label]: c.NULL }),
          flags: ['Delete'],
          spec: ['rfc8790 3.2 MUST', 'core-1.2.2 7.5.6 MUST'],
          error: refuse('bad-type', 'bad-structure'),
        });
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
      v.invalid('patch-no-value', 'a record without value', {
        payload: pack({ n: '/3/0/14' }),
        error: refuse('bad-structure'),
      });
      v.invalid('patch-no-value-second', 'a second record without value', {
        payload: pack({ n: '/1/0/1', v: c.int(1) }, { n: '/3/0/14' }),
        error: refuse('bad-structure'),
      });
      v.invalid('patch-two-values', 'two values in one record', {
        payload: pack({ n: '/3/0/14', vs: c.text('a'), v: c.int(1) }),
        error: refuse('bad-structure', 'bad-type'),
      });
      v.invalid('patch-must-understand', 'label x_', {
        payload: pack({ n: '/1/0/1', v: c.int(1), x_: '01' }),
        flags: ['MustUnderstand'],
        spec: ['rfc8428 4.4 MUST'],
        error: refuse('unknown-label'),
      });
      v.valid('patch-unknown-label', 'an unknown label', {
        payload: pack({ n: '/1/0/1', v: c.int(1), x: '01' }),
        nodes: [integer('/1/0/1', 1)],
      });
      v.invalid('patch-bver-11', 'version 11', {
        payload: pack({ bver: 11, n: '/1/0/1', v: c.int(1) }),
        flags: ['Version'],
        spec: ['rfc8428 4.1 MUST'],
        error: refuse('unsupported', 'bad-value'),
      });
      for (const [name, path] of [
        ['five-ids', '/2/0/2/0/0'],
        ['no-slash', '3/0/14'],
        ['65536', '/1/0/65536'],
        ['instance', '/3/0'],
        ['root', '/'],
      ])
        v.invalid(`patch-bad-${name}`, `a value at ${JSON.stringify(path)}`, {
          payload: pack({ n: path ?? '', ...VALUE }),
          flags: ['BadPath'],
          spec: ['core-1.2.2 7.5.7 MUST'],
          error: refuse('bad-path', 'out-of-range', 'too-deep', 'bad-structure', 'bad-type'),
        });
      v.invalid('patch-wrong-type', 'a text for an Integer: nothing of the pack is applied', {
        payload: pack({ n: '/3/0/14', vs: c.text('+02:00') }, { n: '/1/0/1', vs: c.text('600') }),
        error: refuse('bad-type'),
      });
      v.acceptable('patch-empty', 'no record', {
        payload: '80',
        spec: ['rfc8790 3.2 inferred'],
        outcomes: [reject(refuse('bad-structure'), 'a change of nothing'), accept([], 'nothing is changed')],
      });
      v.acceptable('patch-time', 'a record with a time', {
        payload: pack({ n: '/1/0/1', v: c.int(1), t: 5 }),
        flags: ['UselessLabel'],
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [
          reject(refuse('unsupported', 'bad-structure', 'unknown-label'), 'nothing is written into the past'),
          accept([{ ...integer('/1/0/1', 1), time: '5' }], 'as written'),
          accept([integer('/1/0/1', 1)], 'passed over'),
        ],
      });
    },
  );
}

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
    fetch(group);
    patch(group);
    malformed(group);
  },
);
