/** What the bodies of FETCH and iPATCH have alike in JSON and CBOR: the same records, written by either emitter. */
import { accept, reject } from '../../lib/family.mjs';
import { boolean, integer, none, objlnk, opaque, orderedNodes, paths, string } from '../../lib/values.mjs';
import { SEVERAL } from '../../lib/shared.mjs';
import { refuse } from '../text/common.mjs';

/**
 * @typedef {import('../text/common.mjs').Group} Group
 * @typedef {import('../../lib/values.mjs').Node} Node
 * @typedef {Record<string, any>} Fields
 *
 * @typedef {object} Form  one of the two formats
 * @property {string} section  of Core 1.2.2
 * @property {(...records: Fields[]) => { text: string } | { payload: string }} body
 * @property {{ inName: Function, inBase: Function, split: Function, underBase: Function, valueField: Function }} emit
 * @property {any} nil  null, as a field
 * @property {string[]} wrongLabel  classes that a reader of this format may also reach first, of a label that has no place
 * @property {string[]} mustUnderstand  the same of a label that must be understood
 * @property {any} unknown  what stands under a label that nobody knows
 * @property {[suffix: string, node: Node][]} values  one of each type
 * @property {(v: any) => void} moreFetch  what only this format has
 * @property {(v: any) => void} morePatch
 */

const FETCH = { model: 'core', path: '/', operation: 'read-composite', role: 'client', enabler: ['1.2'] };
export const PATCH = { model: 'core', path: '/', operation: 'write-composite', role: 'client', enabler: ['1.2'] };

/** @param {Group} group @param {Form} form */
export function fetch(group, form) {
  group(
    'fetch',
    'FETCH: names without values',
    { context: FETCH, flags: ['Fetch'], spec: ['rfc8790 3.1 MUST', 'core-1.2.2 6.3.8 MUST'] },
    (v) => {
      fetchValid(v, form);
      fetchWithLabels(v, form);
      fetchRefused(v, form);
      form.moreFetch(v);
    },
  );
}

/** @param {any} v @param {Form} form */
function fetchValid(v, { body }) {
  for (const path of ['/', '/3', '/3/0', '/3/0/9', '/3/0/6/1'])
    v.valid(`fetch-one-${path.split('/').filter(Boolean).join('-') || 'root'}`, path, {
      ...body({ n: path }),
      decoded: paths(path),
      encode: 'semantic',
    });
  const three = paths('/3/0/0', '/3/0/9', '/1/0/1');
  const withBase = body({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' });
  v.valid('fetch-three', 'three resources', {
    ...body({ n: '/3/0/0' }, { n: '/3/0/9' }, { n: '/1/0/1' }),
    decoded: three,
    encode: 'semantic',
    encodings: [{ ...withBase, why: 'with base names' }],
  });
  v.valid('fetch-base-name', 'with a base name', { ...withBase, decoded: three });
  v.valid('fetch-observe', 'the body of an Observe-Composite', {
    context: { operation: 'observe-composite' },
    ...body({ n: '/3/0/9' }, { n: '/3/0/13' }),
    decoded: paths('/3/0/9', '/3/0/13'),
    encode: 'semantic',
  });
  v.valid('fetch-unknown-label', 'an unknown label', { ...body({ n: '/3/0/9', x: 1 }), decoded: paths('/3/0/9') });
  v.valid('fetch-unknown-object', 'an object that the client lacks: the answer leaves it out', {
    ...body({ n: '/3/0/9' }, { n: '/9999/0' }),
    decoded: paths('/3/0/9', '/9999/0'),
  });
  v.acceptable('fetch-empty', 'no record', {
    ...body(),
    spec: ['rfc8790 3.1 inferred'],
    outcomes: [reject(refuse('bad-structure'), 'a request for nothing'), accept(paths(), 'nothing is asked for')],
  });
  v.acceptable('fetch-twice', 'one path twice', {
    ...body({ n: '/3/0/9' }, { n: '/3/0/9' }),
    spec: ['core-1.2.2 6.3.8 inferred'],
    outcomes: [
      accept(paths('/3/0/9', '/3/0/9'), 'as written'),
      accept(paths('/3/0/9'), 'once'),
      reject(refuse('duplicate'), 'a path twice'),
    ],
  });
  v.acceptable('fetch-overlap', 'a path and one below it', {
    ...body({ n: '/3/0' }, { n: '/3/0/9' }),
    spec: ['core-1.2.2 6.3.8 inferred'],
    outcomes: [
      accept(paths('/3/0', '/3/0/9'), 'each target is answered once'),
      reject(refuse('duplicate', 'bad-structure'), 'a path twice'),
    ],
  });
}

/** @param {any} v @param {Form} form */
function fetchWithLabels(v, { body, emit, wrongLabel }) {
  for (const [name, node] of /** @type {[string, Node][]} */ ([
    ['v', integer('/3/0/9', 5)],
    ['vs', string('/3/0/9', 'a')],
    ['vb', boolean('/3/0/9', true)],
    ['vd', opaque('/3/0/9', '01')],
    ['vlo', objlnk('/3/0/9', '3:0')],
    ['null', none('/3/0/9')],
  ]))
    v.invalid(`fetch-with-${name}`, `a record with ${name}`, {
      ...body(emit.inName(node)),
      error: refuse('bad-structure', 'unknown-label', ...wrongLabel),
    });
  v.invalid('fetch-with-value-second', 'a value in the second record', {
    ...body({ n: '/3/0/0' }, emit.inName(integer('/3/0/9', 5))),
    error: refuse('bad-structure'),
  });
  for (const label of ['s', 'ut', 'bv', 'bs'])
    v.acceptable(`fetch-with-${label}`, `a record with ${label}`, {
      ...body({ n: '/3/0/9', [label]: 5 }),
      flags: ['UselessLabel'],
      spec: ['rfc8790 3.1 inferred'],
      outcomes: [
        reject(refuse('bad-structure', 'unknown-label', 'unsupported'), 'not among the fields of a Fetch record'),
        accept(paths('/3/0/9'), 'passed over'),
      ],
    });
  for (const [label, field] of /** @type {[string, any][]} */ ([
    ['t', 5],
    ['bt', 5],
    ['u', 'Cel'],
    ['bu', 'Cel'],
  ]))
    v.acceptable(`fetch-with-${label}`, `a record with ${label}: allowed in SenML, without use here`, {
      ...body({ n: '/3/0/9', [label]: field }),
      flags: ['UselessLabel'],
      spec: ['rfc8790 3.1 MAY'],
      outcomes: [
        accept(paths('/3/0/9'), 'passed over'),
        reject(refuse('bad-structure', 'unsupported', 'unknown-label'), 'no record has such a time or unit'),
      ],
    });
}

/** @param {any} v @param {Form} form */
function fetchRefused(v, { body, section, mustUnderstand }) {
  v.invalid('fetch-no-name', 'neither name nor base name', {
    ...body({}),
    error: refuse('bad-structure', 'bad-path'),
  });
  v.invalid('fetch-must-understand', 'label x_', {
    ...body({ n: '/3/0/9', x_: 1 }),
    flags: ['MustUnderstand'],
    spec: ['rfc8428 4.4 MUST'],
    error: refuse('unknown-label', ...mustUnderstand),
  });
  v.invalid('fetch-bver-11', 'version 11', {
    ...body({ bver: 11, n: '/3/0/9' }),
    flags: ['Version'],
    spec: ['rfc8428 4.1 MUST'],
    error: refuse('unsupported', 'bad-value'),
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
      ...body({ n: path }),
      flags: ['BadPath'],
      spec: [`core-1.2.2 ${section} MUST`],
      error: refuse('bad-path', 'out-of-range', 'too-deep'),
    });
}

/** @param {Group} group @param {Form} form */
export function patch(group, form) {
  group(
    'patch',
    'iPATCH: values and deletions',
    { context: PATCH, flags: ['Patch'], spec: ['rfc8790 3.2 MUST', 'core-1.2.2 6.3.9 MUST'] },
    (v) => {
      patchValues(v, form);
      patchDeletions(v, form);
      patchRefused(v, form);
      form.morePatch(v);
    },
  );
}

/** @param {any} v @param {Form} form */
function patchValues(v, { body, emit, unknown, values }) {
  for (const [suffix, node] of values)
    v.valid(`patch-value-${node.type}${suffix}`, `a value of type ${node.type}`, {
      context: { model: 'test' },
      ...body(emit.inName(node)),
      nodes: [node],
      encode: 'semantic',
      encodings: [
        { ...body(emit.inBase(node)), why: 'full path in the base name' },
        { ...body(emit.split(node)), why: 'base name then name' },
      ],
    });
  const several = SEVERAL['server-1-0']?.nodes ?? [];
  v.valid('patch-server', 'a whole Server instance', {
    ...body(...emit.underBase('/1/0/', several)),
    nodes: several,
    encode: 'semantic',
    equivalent: 'server-1-0',
  });
  const two = [integer('/1/0/1', 600), string('/3/0/14', '+02:00')];
  v.valid('patch-two-objects', 'two objects', {
    ...body(...two.map((node) => emit.inName(node))),
    nodes: two,
    encode: 'semantic',
  });
  const one = integer('/1/0/1', 1);
  v.valid('patch-unknown-label', 'an unknown label', { ...body({ ...emit.inName(one), x: unknown }), nodes: [one] });
  v.acceptable('patch-empty', 'no record', {
    ...body(),
    spec: ['rfc8790 3.2 inferred'],
    outcomes: [reject(refuse('bad-structure'), 'a change of nothing'), accept([], 'nothing is changed')],
  });
  v.acceptable('patch-time', 'a record with a time', {
    ...body({ ...emit.inName(one), t: 5 }),
    flags: ['UselessLabel'],
    spec: ['core-1.2.2 7.5.6 inferred'],
    outcomes: [
      reject(refuse('unsupported', 'bad-structure', 'unknown-label'), 'nothing is written into the past'),
      accept([{ ...one, time: '5' }], 'as written'),
      accept([one], 'passed over'),
    ],
  });
}

/** @param {any} v @param {Form} form */
function patchDeletions(v, { body, emit, nil }) {
  const gone = none('/2/0/2/127');
  const set = integer('/2/0/2/127', 1);
  v.valid('patch-delete', 'null deletes a resource instance', {
    ...body(emit.inName(gone)),
    nodes: [gone],
    encode: 'semantic',
    flags: ['Delete'],
  });
  v.valid('patch-delete-missing', 'null for an instance that is not there changes nothing', {
    ...body(emit.inName(none('/2/0/2/999'))),
    nodes: [none('/2/0/2/999')],
    flags: ['Delete'],
  });
  for (const [name, comment, other, encode] of /** @type {[string, string, Node, string | undefined][]} */ ([
    ['patch-delete-and-set', 'one deleted, another set', integer('/2/0/2/310', 7), 'semantic'],
    ['patch-two-deletions', 'two deleted', none('/2/0/2/310'), undefined],
  ]))
    v.valid(name, comment, {
      ...body(...emit.underBase('/2/0/2/', [gone, other])),
      decoded: encode ? orderedNodes(gone, other) : undefined,
      ...(encode ? { encode } : { nodes: [gone, other] }),
      flags: ['Delete'],
    });
  for (const [name, comment, records] of /** @type {[string, string, Node[]][]} */ ([
    ['patch-set-then-delete', 'one instance set, then deleted: it is gone', [set, gone]],
    ['patch-delete-then-set', 'one instance deleted, then set: it is there', [gone, set]],
  ]))
    v.acceptable(name, comment, {
      ...body(...records.map((node) => emit.inName(node))),
      flags: ['Delete', 'PatchOrder'],
      spec: ['rfc8790 3.2 inferred'],
      outcomes: [
        accept(orderedNodes(...records), 'records count in their order'),
        reject(refuse('duplicate'), 'one name twice'),
      ],
    });
  for (const path of ['/3/0/14', '/1/1', '/5'])
    v.acceptable(`patch-delete-level-${path.split('/').length - 1}`, `null for ${path}, which is no resource instance`, {
      ...body(emit.inName(none(path))),
      flags: ['Delete', 'DeleteLevel'],
      spec: ['core-1.2.2 6.3.9 inferred'],
      outcomes: [
        reject(
          { class: 'bad-path', alsoAccept: ['bad-type', 'bad-structure'], coapCode: ['4.00', '4.05'] },
          'only resource instances are deleted so',
        ),
        accept([none(path)], 'left to the layer above, which answers 4.00 or 4.05'),
      ],
    });
  for (const label of ['vs', 'vb', 'vd', 'vlo'])
    v.invalid(`patch-null-under-${label}`, `null under ${label}`, {
      ...body({ n: '/2/0/2/127', [label]: nil }),
      flags: ['Delete'],
      spec: ['rfc8790 3.2 MUST', 'core-1.2.2 7.5.6 MUST'],
      error: refuse('bad-type', 'bad-structure'),
    });
}

/** @param {any} v @param {Form} form */
function patchRefused(v, { body, emit, section, mustUnderstand }) {
  const one = emit.inName(integer('/1/0/1', 1));
  v.invalid('patch-no-value', 'a record without value', {
    ...body({ n: '/3/0/14' }),
    error: refuse('bad-structure'),
  });
  v.invalid('patch-no-value-second', 'a second record without value', {
    ...body(one, { n: '/3/0/14' }),
    error: refuse('bad-structure'),
  });
  v.invalid('patch-two-values', 'two values in one record', {
    ...body({ ...emit.inName(string('/3/0/14', 'a')), ...emit.valueField(integer('/3/0/14', 1)) }),
    error: refuse('bad-structure', 'bad-type'),
  });
  v.invalid('patch-must-understand', 'label x_', {
    ...body({ ...one, x_: 1 }),
    flags: ['MustUnderstand'],
    spec: ['rfc8428 4.4 MUST'],
    error: refuse('unknown-label', ...mustUnderstand),
  });
  v.invalid('patch-bver-11', 'version 11', {
    ...body({ bver: 11, ...one }),
    flags: ['Version'],
    spec: ['rfc8428 4.1 MUST'],
    error: refuse('unsupported', 'bad-value'),
  });
  for (const [name, path = ''] of [
    ['five-ids', '/2/0/2/0/0'],
    ['no-slash', '3/0/14'],
    ['65536', '/1/0/65536'],
    ['instance', '/3/0'],
    ['root', '/'],
  ])
    v.invalid(`patch-bad-${name}`, `a value at ${JSON.stringify(path)}`, {
      ...body(emit.inName(integer(path, 5))),
      flags: ['BadPath'],
      spec: [`core-1.2.2 ${section} MUST`],
      error: refuse('bad-path', 'out-of-range', 'too-deep', 'bad-structure', 'bad-type'),
    });
  v.invalid('patch-wrong-type', 'a text for an Integer: nothing of the pack is applied', {
    ...body(...[string('/3/0/14', '+02:00'), string('/1/0/1', '600')].map((node) => emit.inName(node))),
    error: refuse('bad-type'),
  });
}
